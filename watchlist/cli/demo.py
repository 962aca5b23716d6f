"""``watchlist demo``."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from shutil import which

from watchlist.cli.shared.lazy import noun
from watchlist.cli.shared.logs import set_up
from watchlist.cli.shared.output import console
from watchlist.config import LoggingConfig
from watchlist.errors import UsageError

app = noun()


@app.command()
def demo() -> None:
    """Show the whole job on bundled input, in its own database."""
    if find_spec("aiosmtpd") is None:
        raise UsageError("the demo needs a mail server that is not installed: pip install 'watchlist[demo]' brings it")
    from watchlist.demo.show import show_demo

    set_up(LoggingConfig())
    show_demo(console(), program="watchlist" if which("watchlist") else sys.argv[0])
