"""``watchlist feeds`` and ``ingest``: where articles come from.

``commands`` is the noun; each verb or two has its module. Fetching and reading are done in `feeds` and by the
pipeline: here they are only asked for and shown.
"""
