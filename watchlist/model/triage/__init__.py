"""What people make of alerts: judgements, what holds alerts back, which are wanted; what is kept for them, and what goes.

Values alone, like all of `model`, which hands them on; what becomes of an alert is decided in `watchlist.alerts`.
"""
