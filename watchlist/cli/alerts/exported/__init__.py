"""``watchlist alerts export``: alerts in a file, and the report of a period as a page with charts.

The numbers are counted in `alerts.period`; here is how they are written and drawn.
"""
