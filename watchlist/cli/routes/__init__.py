"""``watchlist routes``: which alerts go where and when, and why one of them did.

``commands`` is the noun. The routes are decided in `alerts`: here they are only asked and shown.
"""
