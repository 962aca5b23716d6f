"""The cells of a list that could not be read, in words."""

from __future__ import annotations

import typer

from watchlist.cli.shared.terminal import visible
from watchlist.model import CellCount, Snapshot


def not_read(cell: CellCount) -> str:
    """How many cells of a field could not be read: ``3 of 1,204 birth dates``."""
    return f"{cell.unread:,} of {cell.filled:,} {cell.field.replace('_', ' ')}"


def complain_not_read(snapshot: Snapshot) -> None:
    """Say on standard error which cells of a snapshot could not be read."""
    cells = ", ".join(map(not_read, snapshot.cells))
    typer.echo(
        visible(f"  {snapshot.unread:,} cells not read: {cells}; 'watchlist lists show {snapshot.list_id}'"), err=True
    )
