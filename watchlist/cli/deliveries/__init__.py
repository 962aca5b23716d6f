"""``watchlist deliveries``: messages about alerts, what became of them, and what to do about it.

``commands`` is the noun; each verb has its module. When a message is tried again is decided in `delivery`: here it is
only asked for and shown.
"""
