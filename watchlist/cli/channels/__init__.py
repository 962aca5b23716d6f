"""``watchlist channels``: where alerts go, whether that works, and what they look like there.

``commands`` is the noun; ``trial`` sends and shows samples. What a channel does is `delivery`'s.
"""
