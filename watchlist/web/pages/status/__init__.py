"""How everything stands, and what is reached from there: faults, deliveries, channels, what is held back.

`overview` is ``watchlist status`` with the faults, `deliveries` and `channels` what those commands show and do,
`suppressions` and `silences` what holds alerts back.
"""
