"""The figures of a report for programs: as rows for a spreadsheet, and as JSON."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any, TextIO

from watchlist.alerts.period import OUTCOMES, Period, Row
from watchlist.report.as_csv import csv_cell

_COLUMNS = (
    *("section", "name", "alerts"),
    *(each.replace(" ", "_") for each in OUTCOMES),
    *("false_positive_rate", "hours", "url", "last_new", "usual_gap_hours", "why"),
)


def write_figures(out: TextIO, period: Period) -> None:
    """Write a row for each line of the report; ``section`` says of which part."""
    rows = csv.DictWriter(out, _COLUMNS, restval="")
    rows.writeheader()
    rows.writerows({name: csv_cell(value) for name, value in row.items()} for row in _rows(period))


def figures_json(period: Period) -> dict[str, Any]:
    """The report as one value."""
    return {
        "since": period.since,
        "until": period.until,
        "total": _figures(period.total),
        "median_hours": period.median_hours,
        "nine_in_ten_hours": period.most_hours,
        **{name: [{"name": row.name, **_figures(row)} for row in rows] for name, rows in _parts(period)},
        "people": [{"name": name, "alerts": count} for name, count in period.people],
        "silent_feeds": [
            {"name": each.name, "url": each.url, "last_new": each.last_new, **_gap(each.usual_gap), "why": each.why}
            for each in period.silent_feeds
        ],
    }


def _parts(period: Period) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    return (
        ("weeks", period.weeks),
        ("severities", period.severities),
        ("lists", period.lists),
        ("programs", period.programs),
        ("sources", period.sources),
    )


def _rows(period: Period) -> Iterator[dict[str, Any]]:
    yield {"section": "total", "name": "all", **_figures(period.total)}
    yield {"section": "time to close", "name": "median", "hours": period.median_hours}
    yield {"section": "time to close", "name": "nine in ten", "hours": period.most_hours}
    for part, rows in _parts(period):
        yield from ({"section": part, "name": row.name, **_figures(row)} for row in rows)
    for name, count in period.people:
        yield {"section": "people", "name": name, "alerts": count}
    for each in period.silent_feeds:
        about = {"url": each.url, "last_new": each.last_new, **_gap(each.usual_gap), "why": each.why}
        yield {"section": "silent feeds", "name": each.name, **about}


def _figures(row: Row) -> dict[str, Any]:
    outcomes = {name.replace(" ", "_"): n for name, n in zip(OUTCOMES, row.outcomes, strict=True)}
    return {"alerts": row.total, **outcomes, "false_positive_rate": row.false_positive_rate}


def _gap(seconds: float | None) -> dict[str, float | None]:
    return {"usual_gap_hours": None if seconds is None else round(seconds / 3600, 1)}
