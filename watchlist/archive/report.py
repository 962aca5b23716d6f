"""What was found in an archive, in numbers: by subject, by source, by month."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from watchlist.archive.found import ArchiveFound
from watchlist.model import Band

#: What mentions are counted by.
CountedBy = Literal["subject", "source", "month"]
_UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class ReportLine:
    """How often a subject is mentioned, or how many mentions a source or a month has."""

    by: CountedBy
    #: Of a subject the least id of its entries, of a month such as ``2026-11``; empty where it is not known.
    key: str
    #: Of a subject, what it is called.
    name: str
    mentions: int
    #: Those of the alert band among them.
    alerts: int


@dataclass(slots=True)
class _Tally:
    mentions: Counter[str] = field(default_factory=Counter)
    alerts: Counter[str] = field(default_factory=Counter)

    def lines(self, by: CountedBy, names: dict[str, str], *, by_key: bool = False) -> list[ReportLine]:
        order = sorted(self.mentions, key=lambda each: (each if by_key else "", -self.mentions[each], each))
        return [ReportLine(by, key, names.get(key, ""), self.mentions[key], self.alerts[key]) for key in order]


def report_on(found: ArchiveFound) -> tuple[ReportLine, ...]:
    """Subjects and sources, those with the most mentions first, and months in their order.

    Needs memory for each subject, source and month, not for each mention.
    """
    subjects, sources, months = _Tally(), _Tally(), _Tally()
    names: dict[str, str] = {}
    for batch in found.mentions(("entity", "listings", "name", "band", "date")):
        for row in batch.to_pylist():
            subject, month = min(row["listings"] or [row["entity"]]), (row["date"] or _UNKNOWN)[:7]
            if subject == row["entity"] or subject not in names:
                names[subject] = row["name"]
            for tally, key in ((subjects, subject), (months, month)):
                tally.mentions[key] += 1
                tally.alerts[key] += row["band"] == Band.ALERT
    for batch in found.articles(("source", "mentions", "alerting")):
        for row in batch.to_pylist():
            sources.mentions[row["source"] or _UNKNOWN] += row["mentions"]
            sources.alerts[row["source"] or _UNKNOWN] += row["alerting"]
    return (
        *subjects.lines("subject", names),
        *sources.lines("source", {}),
        *months.lines("month", {}, by_key=True),
    )
