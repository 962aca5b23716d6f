"""``watchlist alerts``, ``replay`` and ``rescreen``: what was found.

``commands`` is the noun; each verb has its module. What opens an alert is decided in `alerts`, when it is sent in
`delivery`: here it is only asked for and shown.
"""
