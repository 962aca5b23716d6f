"""``python -m watchlist`` is ``watchlist``."""

from watchlist.cli import main

main()
