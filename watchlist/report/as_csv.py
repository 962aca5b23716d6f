"""Alerts as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import Any, TextIO

from watchlist.alerts.as_json import alert_json
from watchlist.model import AlertDetail
from watchlist.text.cells import quoted
from watchlist.text.masked import without_logins
from watchlist.text.shown import harmless

#: The columns of an alert in CSV, in this order, all of them fields of its JSON.
CSV_COLUMNS = (
    *("id", "status", "outcome", "severity", "opened_at", "assigned", "entity_id", "subject", "list", "programs"),
    *(
        "score",
        "band",
        "surface",
        "title",
        "url",
        "feed",
        "published_at",
        "quote",
        "note",
        "judged_by",
        "judged_at",
        "why",
    ),
)


def write_alerts(out: TextIO, found: Iterable[AlertDetail], *, end: str = "\r\n") -> None:
    """Write the columns' names, and a row for each alert."""
    rows = csv.writer(out, lineterminator=end)
    rows.writerow(CSV_COLUMNS)
    rows.writerows(alert_row(each) for each in found)


def alert_row(detail: AlertDetail) -> list[str]:
    """An alert as a row under `CSV_COLUMNS`."""
    last = next((each for each in reversed(detail.judgements) if not each.undone and each.undoes is None), None)
    fields = {
        **alert_json(detail),
        "programs": "; ".join(detail.entity.programs),
        "quote": detail.mention.quote.text,
        "judged_by": last.by if last else None,
        "judged_at": last.at if last else None,
        "why": last.why if last else None,
    }
    return [csv_cell(fields[column]) for column in CSV_COLUMNS]


def csv_cell(value: Any) -> str:
    """A value as a cell; what a spreadsheet would take for a formula is quoted, since titles come from strangers."""
    if value is None or isinstance(value, int | float):
        return "" if value is None else str(value)
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return quoted(harmless(without_logins(text)))
