"""``watchlist archive``: its commands, in the order of its help."""

from __future__ import annotations

from watchlist.cli.archive.load import load
from watchlist.cli.archive.report import report
from watchlist.cli.archive.screen import screen
from watchlist.cli.shared.lazy import noun

app = noun("Archives of any size: screen them, report, load alerts.", no_args_is_help=True)
app.command("screen")(screen)
app.command("report")(report)
app.command("load")(load)


@app.callback()
def archive() -> None:
    """Archives of any size: screen them, report, load alerts."""
