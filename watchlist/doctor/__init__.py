"""What ``watchlist doctor`` looks at: the machine, the wire, the channels and the database, and how to mend each.

Each module has checks of one place; `examine` runs them side by side, each within a bound. Nothing is changed, and
nothing is sent but what a log-in needs. What is stored of faults is not asked here: that is `steps.health`.
"""
