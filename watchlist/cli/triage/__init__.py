"""``watchlist suppressions``, ``silences`` and ``audit``: what holds alerts back, and what led to what.

Each noun has its module. What a dismissal holds back is decided in `alerts.suppress`; alerts themselves are judged in
the room beside this one.
"""
