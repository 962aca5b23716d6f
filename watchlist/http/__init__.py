"""The wire, its limits and its manners: what everything that is fetched or sent over HTTP shares.

    get -> exchange -> client -> connections        limits, addresses, inflate, retry, pace

Which addresses may be connected to, until when, how much may come, how often a host is asked. What a feed, a list,
a page or a message is, this package does not know.
"""
