"""``watchlist archive report``."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from watchlist.cli.archive.extra import require_extra
from watchlist.cli.shared.options import AsJson
from watchlist.cli.shared.output import Column, console, print_json, print_table
from watchlist.text.cells import quoted

if TYPE_CHECKING:
    from watchlist.archive.report import ReportLine

_COLUMNS = ("by", "key", "name", "mentions", "alerts")
_TITLES = {"subject": "Subjects", "source": "Sources", "month": "Months"}


def report(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="The output of 'archive screen'.")],
    limit: Annotated[int, typer.Option(help="Lines of each table; 0 for all.", metavar="N", min=0)] = 20,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV: by,key,name,mentions,alerts.")] = False,
) -> None:
    """Count what was found in an archive by subject, source and month.

    --json and --csv have all lines.
    """
    require_extra()
    from watchlist.archive.found import open_found
    from watchlist.archive.report import report_on

    lines = report_on(open_found(folder))
    if as_json:
        print_json([asdict(each) for each in lines])
        return
    if as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(_COLUMNS)
        for each in lines:
            writer.writerow((each.by, quoted(each.key), quoted(each.name), each.mentions, each.alerts))
        return
    for by, title in _TITLES.items():
        _show(title, [each for each in lines if each.by == by], limit, named=by == "subject")


def _show(title: str, lines: Sequence[ReportLine], limit: int, *, named: bool) -> None:
    screen = console()
    screen.print(title)
    first = (Column("id", spare=1), Column("name", words=True)) if named else (Column("name", words=True),)
    shown = lines[: limit or None]
    print_table(
        (*first, Column("mentions"), Column("alerts")),
        [
            (*((each.key, each.name) if named else (each.key or "unknown",)), str(each.mentions), str(each.alerts))
            for each in shown
        ],
        none="Nothing was found.",
    )
    if len(shown) < len(lines):
        screen.print(f"... and {len(lines) - len(shown):,} more: --limit 0 shows all.")
    screen.print()
