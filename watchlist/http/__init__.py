"""The wire, its limits and its manners: what everything that is fetched or sent over HTTP shares.

    get -> exchange -> client -> connections

Which addresses may be connected to (`addresses`), until when and how much may come (`limits`, `inflate`), how often a
host is asked (`pace`) and asked again (`retry`), for how long an answer holds (`freshness`), and what can go wrong
(`failures`). What a feed, a list, a page or a message is, this package does not know.
"""
