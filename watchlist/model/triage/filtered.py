"""Which alerts are wanted, and in which order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from watchlist.model.listed import Schema
from watchlist.model.triage.judged import AlertStatus, Severity


class AlertOrder(StrEnum):
    """What alerts are sorted by; the newest, the best or the gravest first, and then the newest."""

    TIME = "time"
    SCORE = "score"
    SEVERITY = "severity"


@dataclass(frozen=True, slots=True)
class AlertFilter:
    """Which alerts are wanted: those that fulfil all that is given."""

    statuses: tuple[AlertStatus, ...] = ()
    severity: Severity | None = None
    #: Of a subject that stands on this list, under any of its entries.
    list_id: str | None = None
    program: str | None = None
    schema: Schema | None = None
    feed_id: int | None = None
    #: Of this entity, or of one that is one with it.
    entity_id: str | None = None
    #: What stands in the article, or in the name of the entity; without regard to case.
    text: str | None = None
    assigned: str | None = None
    #: Opened since, and before; of what was kept for review, found.
    since: datetime | None = None
    until: datetime | None = None
    min_score: float | None = None
    #: Only what comes after this one in the order: an alert's number, or of what was kept for review its id.
    after: str | None = None
    sort: AlertOrder = AlertOrder.TIME
    limit: int | None = None
