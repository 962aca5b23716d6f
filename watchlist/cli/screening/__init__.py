"""``watchlist screen`` and ``match``: one text or two names, and nothing stored.

``texts`` reads what is to be screened. What counts as a mention is `matching`'s.
"""
