"""``watchlist archive``: its commands, in the order of its help."""

from __future__ import annotations

from watchlist.cli.archive.screen import screen
from watchlist.cli.shared.lazy import noun

app = noun("Archives of any size: screen them, report, load alerts.", no_args_is_help=True)
app.command("screen")(screen)


@app.callback()
def archive() -> None:
    """Archives of any size: screen them, report, load alerts."""
