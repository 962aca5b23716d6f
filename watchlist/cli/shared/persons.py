"""Who does something, and why: the options for it, the same in each command."""

from __future__ import annotations

from getpass import getuser
from typing import Annotated

import typer

from watchlist.errors import UsageError

By = Annotated[str | None, typer.Option(help="Who does it; your login name by default.", metavar="WHO")]
Why = Annotated[str | None, typer.Option(help="Why, for those who come after you.", metavar="TEXT")]


def who(by: str | None = None) -> str:
    """Who does it: as given, else the login name."""
    if by is not None:
        if not by.strip():
            raise UsageError("--by needs a name")
        return by.strip()
    try:
        return getuser()
    except (KeyError, OSError):
        # No such user: as in a container that runs under a bare number.
        return "unknown"
