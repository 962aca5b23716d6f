"""``watchlist alerts export``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, TextIO

import typer

from watchlist.alerts.as_json import alert_json
from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.terminal import to_json
from watchlist.errors import UsageError
from watchlist.report.as_csv import write_alerts
from watchlist.steps.asked.times import parse_since

_FORMS = (".csv", ".json", ".html")


def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.csv|.json|.html", help="The ending says which form.")],
    since: Annotated[str | None, typer.Option(help="Opened since: 30d, 2026-11-01.", metavar="T")] = None,
    until: Annotated[str | None, typer.Option(help="Opened before, written like --since.", metavar="T")] = None,
) -> None:
    """Write alerts to a file: as CSV, as JSON, or as a report.

    The report is one HTML page with charts, to be read or printed. Beside it stand its alerts as CSV, and its
    figures, silent feeds among them, as CSV and JSON.
    """
    from watchlist.app import now
    from watchlist.report.covered import covered

    if file.suffix.lower() not in _FORMS:
        raise UsageError(f"{file.name}: the name must end in {', '.join(_FORMS)}, which says what to write")
    at = now()
    start, end = parse_since(since, at), parse_since(until, at) or at
    if start is not None and start >= end:
        raise UsageError("--since must lie before --until")
    with invocation(context).store() as store:
        what = covered(store, start, end)
    found = what.alerts
    written = [file]
    match file.suffix.lower():
        case ".csv":
            _write_csv(file, lambda out: write_alerts(out, found))
        case ".json":
            file.write_text(to_json([alert_json(each) for each in found], indent=2) + "\n", encoding="utf-8")
        case _:
            from watchlist.report.figures import figures_json, write_figures
            from watchlist.report.page import page

            period = what.period
            file.write_text(page(period), encoding="utf-8")
            written += [file.with_suffix(ending) for ending in (".csv", ".report.csv", ".report.json")]
            _write_csv(written[1], lambda out: write_alerts(out, found))
            _write_csv(written[2], lambda out: write_figures(out, period))
            written[3].write_text(to_json(figures_json(period), indent=2) + "\n", encoding="utf-8")
    typer.echo(f"Wrote {len(found):,} alerts to {written[0]}{_beside(written[1:])}.")


def _beside(written: Sequence[Path]) -> str:
    return f", with {', '.join(each.name for each in written[:-1])} and {written[-1].name} beside it" if written else ""


def _write_csv(path: Path, write: Callable[[TextIO], None]) -> None:
    # With a mark at its beginning a spreadsheet takes it for what it is, UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        write(out)
