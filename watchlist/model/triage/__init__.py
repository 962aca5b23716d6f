"""What people make of alerts: judgements, what holds back, which are wanted; and what is kept of it all, and goes.

Values alone, like all of `model`, which hands them on; what becomes of an alert is decided in `watchlist.alerts`.
"""
