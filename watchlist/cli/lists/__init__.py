"""``watchlist lists``: watch lists and their changes.

``commands`` is the noun; each verb or two has its module. How a list is synced stands in `steps`: here it is only asked
for and shown.
"""
