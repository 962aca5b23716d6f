"""``watchlist feeds`` and ``ingest``: where articles come from."""
