"""``watchlist alerts review``: the walk through alerts, the screen of one, and the keys of the terminal.

What a key does to an alert is `judge`'s; here is only what is shown and typed.
"""
