"""``watchlist alerts export``."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from watchlist.alerts.as_json import alert_json
from watchlist.cli.alerts.as_csv import CSV_COLUMNS, alert_row
from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.terminal import to_json
from watchlist.errors import UsageError
from watchlist.model import AlertDetail, AlertFilter
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
    from watchlist.alerts.silent import silent_feeds
    from watchlist.app import now

    if file.suffix.lower() not in _FORMS:
        raise UsageError(f"{file.name}: the name must end in {', '.join(_FORMS)}, which says what to write")
    at = now()
    start, end = parse_since(since, at), parse_since(until, at) or at
    if start is not None and start >= end:
        raise UsageError("--since must lie before --until")
    with invocation(context).store() as store:
        found = store.find_alerts(AlertFilter(since=start, until=end))
        first = start or min((each.alert.opened_at for each in found), default=end)
        silent = silent_feeds(store.watched_feeds(), store.feed_news(first, end), first, end)
    written = [file]
    match file.suffix.lower():
        case ".csv":
            _write_csv(file, found)
        case ".json":
            file.write_text(to_json([alert_json(each) for each in found], indent=2) + "\n", encoding="utf-8")
        case _:
            from watchlist.alerts.period import period_of
            from watchlist.cli.alerts.exported.figures import figures_json, write_figures
            from watchlist.cli.alerts.exported.page import page

            period = period_of(found, silent, first, end)
            file.write_text(page(period), encoding="utf-8")
            written += [file.with_suffix(ending) for ending in (".csv", ".report.csv", ".report.json")]
            _write_csv(written[1], found)
            write_figures(written[2], period)
            written[3].write_text(to_json(figures_json(period), indent=2) + "\n", encoding="utf-8")
    typer.echo(f"Wrote {len(found):,} alerts to {written[0]}{_beside(written[1:])}.")


def _beside(written: Sequence[Path]) -> str:
    return f", with {', '.join(each.name for each in written[:-1])} and {written[-1].name} beside it" if written else ""


def _write_csv(path: Path, found: Iterable[AlertDetail]) -> None:
    # With a mark at its beginning a spreadsheet takes it for what it is, UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(CSV_COLUMNS)
        rows.writerows(alert_row(each) for each in found)
