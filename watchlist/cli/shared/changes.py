"""Which cells of a list could not be read, as a complaint."""

from __future__ import annotations

import typer

from watchlist.cli.shared.terminal import visible
from watchlist.model import Snapshot
from watchlist.subjects.in_words import cells_not_read, not_read


def complain_not_read(snapshot: Snapshot) -> None:
    """Say on standard error which cells of a snapshot could not be read."""
    cells = ", ".join(map(not_read, snapshot.cells))
    said = f"  {cells_not_read(snapshot.unread)}: {cells}; 'watchlist lists show {snapshot.list_id}'"
    typer.echo(visible(said), err=True)
