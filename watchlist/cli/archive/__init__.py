"""``watchlist index`` and ``watchlist archive``: a compiled index as a file, and archives screened with one.

Reads arguments, shows progress and results. How files are read, cut and screened is `watchlist.archive`'s.
"""
