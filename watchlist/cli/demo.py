"""``watchlist demo``."""

from __future__ import annotations

import sys
from shutil import which

from watchlist.cli.shared.lazy import noun
from watchlist.cli.shared.logs import set_up
from watchlist.cli.shared.output import console
from watchlist.config import LoggingConfig

app = noun()


@app.command()
def demo() -> None:
    """Show the whole job on bundled input, in a throw-away database."""
    from watchlist.demo.show import show_demo

    set_up(LoggingConfig())
    show_demo(console(), program="watchlist" if which("watchlist") else sys.argv[0])
