"""``watchlist lists``: watch lists and their changes."""
