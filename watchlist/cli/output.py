"""How results are shown: rich tables on a terminal, tab-separated lines when piped, JSON on demand."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from watchlist.model import Band, Quote

#: The colours of the bands.
BAND_STYLE = {Band.ALERT: "bold red", Band.REVIEW: "yellow"}


def console() -> Console:
    """Standard output; plain text without colours or wrapping when it is no terminal."""
    return Console(soft_wrap=not sys.stdout.isatty(), highlight=False)


def print_json(value: Any) -> None:
    """One JSON value, for programs."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str | Text]], *, none: str) -> None:
    """A table on a terminal, else a header and tab-separated lines; ``none`` is said when there are no rows."""
    rows = list(rows)
    if not sys.stdout.isatty():
        typer.echo("\t".join(columns))
        for row in rows:
            typer.echo("\t".join(" ".join(str(cell).split()) for cell in row))
        return
    if not rows:
        typer.echo(none)
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*row)
    console().print(table)


def when(moment: datetime | None, *, never: str = "never") -> str:
    """A time for people, in UTC to the minute."""
    return moment.strftime("%Y-%m-%d %H:%M") if moment else never


def marked(quote: Quote, *, style: str = "bold reverse") -> Text:
    """A quoted sentence with the mention marked: in colour on a terminal, in brackets elsewhere."""
    before, inside, after = quote.text[: quote.start], quote.text[quote.start : quote.end], quote.text[quote.end :]
    if sys.stdout.isatty():
        return Text.assemble(before, (inside, style), after)
    return Text(f"{before}[{inside}]{after}")


@contextmanager
def working(text: str) -> Iterator[None]:
    """Show that something is under way, on a terminal."""
    screen = Console(stderr=True)
    if not screen.is_terminal:
        yield
        return
    with screen.status(text):
        yield


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be shown as JSON")
