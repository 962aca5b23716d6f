"""``watchlist screen`` and ``match``: one text or two names, and nothing stored."""
