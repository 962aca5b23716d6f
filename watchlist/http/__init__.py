"""The wire, its limits and its manners: what everything that is fetched over HTTP shares.

Which addresses may be connected to, until when, how much may come, how often a host is asked. What a feed, a list
or a page is, this package does not know.
"""
