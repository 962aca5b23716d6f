"""How results are shown: rich tables on a terminal, tab-separated lines when piped, JSON on demand.

Monitors and cron read pipes, and what they call often should cost little: rich is imported for a terminal alone.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import typer

from watchlist.cli.shared.terminal import to_json, visible
from watchlist.model import Band, FeatureScore, Quote
from watchlist.text.times import when as when

if TYPE_CHECKING:
    from rich.text import Text

    from watchlist.cli.shared.screen import Screen

#: The colours of the bands.
BAND_STYLE = {Band.ALERT: "bold red", Band.REVIEW: "yellow"}
#: A column of words that is to be read wants this many characters before columns are spared for it.
_READABLE = 20
#: With fewer its words are put below the rest of their row.
_NARROWEST = 10
_GAP = 2
#: Columns for the label of a fact.
_LABEL = 12


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    title: str
    #: Words that may take several lines; ids, numbers and times never do.
    words: bool = False
    #: Left out where the terminal is too narrow, the highest first; 0 stays. A pipe gets every column.
    spare: int = 0


def console() -> Screen:
    """Standard output as it is now."""
    from watchlist.cli.shared.screen import Screen

    return Screen()


def print_json(value: Any) -> None:
    """One JSON value, for programs."""
    typer.echo(to_json(value, indent=2))


def shows_tables() -> bool:
    """Whether standard output is a terminal, which gets tables."""
    return sys.stdout.isatty()


def print_line(text: str, *, style: str = "") -> None:
    """A line, in this style on a terminal."""
    if shows_tables():
        console().print(text, style=style)
    else:
        typer.echo(visible(text))


def print_table(columns: Sequence[Column], rows: Iterable[Sequence[str]], *, none: str) -> None:
    """A table on a terminal, else a header and tab-separated lines; ``none`` is said when there are no rows."""
    lines = [[" ".join(visible(cell).split()) for cell in row] for row in rows]
    if not shows_tables():
        typer.echo("\t".join(column.title for column in columns))
        for line in lines:
            typer.echo("\t".join(line))
        return
    screen = console()
    if not lines:
        screen.print(none)
        return
    shown = _that_fit(columns, lines, screen.width)
    if _leaves_no_room(columns, lines, shown, screen.width):
        _print_one_below_another(screen, columns, lines)
        return
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, _GAP, 0, 0))
    for n in shown:
        table.add_column(columns[n].title, overflow="fold", no_wrap=not columns[n].words)
    for line in lines:
        table.add_row(*(line[n] for n in shown))
    screen.print(table)


def _that_fit(columns: Sequence[Column], rows: list[list[str]], width: int) -> list[int]:
    """The columns to show in this width."""
    from rich.cells import cell_len

    wanted = [max(cell_len(column.title), *(cell_len(row[n]) for row in rows)) for n, column in enumerate(columns)]
    needed = [min(wanted[n], _READABLE) if column.words else wanted[n] for n, column in enumerate(columns)]
    shown = list(range(len(columns)))
    for n in sorted(shown, key=lambda n: -columns[n].spare):
        if sum(needed[each] + _GAP for each in shown) - _GAP <= width or not columns[n].spare:
            break
        shown.remove(n)
    return shown


def _leaves_no_room(columns: Sequence[Column], rows: list[list[str]], shown: list[int], width: int) -> bool:
    """Whether what takes one line is so wide that words beside it would stand letter below letter."""
    from rich.cells import cell_len

    whole = [max(cell_len(row[n]) for row in rows) + _GAP for n in shown if not columns[n].words]
    words = [n for n in shown if columns[n].words]
    return bool(words) and width - sum(whole) < len(words) * (_NARROWEST + _GAP) - _GAP


def _print_one_below_another(screen: Screen, columns: Sequence[Column], rows: list[list[str]]) -> None:
    """Each row as a line of what takes one line, and its words below."""
    for row in rows:
        screen.print((" " * _GAP).join(row[n] for n, column in enumerate(columns) if row[n] and not column.words))
        for n, column in enumerate(columns):
            if row[n] and column.words:
                screen.indented(row[n])


def print_facts(facts: Iterable[tuple[str, str]], *, style: str = "") -> None:
    """Labelled lines, those with nothing to say left out."""
    told = [(label, value) for label, value in facts if value]
    if not shows_tables():
        for label, value in told:
            print_line(f"{label:{_LABEL}}{value}")
        return
    from rich.table import Table

    grid = Table.grid()
    grid.add_column(min_width=_LABEL)
    grid.add_column(overflow="fold")
    for label, value in told:
        grid.add_row(f"{label} ", value, style=style)
    console().print(grid)


def print_parts(features: Iterable[FeatureScore]) -> None:
    """What a score is made of: each rule's label, what it adds (its finding times its weight), and that in words."""
    from rich.table import Table

    screen = console()
    grid = Table.grid(padding=(0, _GAP, 0, 0), pad_edge=True)
    for words in (False, False, True):
        grid.add_column(no_wrap=not words, overflow="fold")
    for each in features:
        adds = each.score * each.weight
        cells = (f"    {each.title}", f"{adds:+.3f} = {each.score:.3f} x {each.weight:+.3f}", each.detail)
        if screen.is_terminal:
            grid.add_row(*cells)
        else:
            screen.print(f"{cells[0]:28}  {cells[1]}  {cells[2]}")
    if screen.is_terminal:
        screen.print(grid)


def marked(quote: Quote, *, style: str = "bold reverse") -> Text:
    """A quoted sentence with the mention marked: in colour on a terminal that shows it, in brackets elsewhere."""
    from rich.text import Text

    text = quote.text
    # Cut first: what is not shown is left out.
    parts = (text[: quote.start], text[quote.start : quote.end], text[quote.end :])
    before, inside, after = map(visible, parts)
    screen = console()
    # A terminal may know no colours, or its reader want none.
    if sys.stdout.isatty() and screen.color_system is not None and not screen.no_color:
        return Text.assemble(before, (inside, style), after)
    return Text(f"{before}[{inside}]{after}")


@contextmanager
def working(text: str) -> Iterator[None]:
    """Show that something is under way, on a terminal."""
    from rich.console import Console

    screen = Console(stderr=True, markup=False)
    if not screen.is_terminal:
        yield
        return
    with screen.status(text):
        yield
