"""What people make of alerts: judgements, what holds alerts back, and which are wanted.

Values alone, like all of `model`, which hands them on; what becomes of an alert is decided in `watchlist.alerts`.
"""
