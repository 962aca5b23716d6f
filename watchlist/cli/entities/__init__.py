"""``watchlist entities``: listed names, own entries, files of them, groups and suppressions."""
