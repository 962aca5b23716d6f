"""Which alerts somebody asks for, on the command line or on a page."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

from watchlist.errors import UsageError
from watchlist.model import AlertFilter, AlertOrder, AlertStatus, Band, Schema, Severity
from watchlist.ports import ChoosingStore
from watchlist.steps.asked.times import parse_since


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was asked for: the options of a command, or the parameters of a page, as they were written."""

    status: AlertStatus | None = None
    band: Band | None = None
    severity: Severity | None = None
    list: str | None = None
    program: str | None = None
    schema: Schema | None = None
    feed: str | None = None
    entity: str | None = None
    text: str | None = None
    assigned: str | None = None
    since: str | None = None
    until: str | None = None
    min_score: float | None = None
    sort: AlertOrder = AlertOrder.TIME
    limit: int | None = None

    @property
    def of_review(self) -> bool:
        """Whether it is of what was kept for review."""
        return self.band is Band.REVIEW

    @property
    def is_narrow(self) -> bool:
        """Whether anything at all was asked for but an order."""
        return any(getattr(self, each.name) is not None for each in fields(self) if each.name != "sort")

    def filter(self, store: ChoosingStore, now: datetime, default: tuple[AlertStatus, ...] = ()) -> AlertFilter:
        """The filter; without a status of its own it takes the ``default`` ones.

        Raises NotFoundError for a list, feed or entity that is not there, UsageError for what cannot be asked for.
        """
        if self.of_review and (self.status or self.assigned or self.severity):
            raise UsageError("what was kept for review has no status, severity or assignment: it is no alert yet")
        if self.entity is not None:
            store.entity(self.entity)
        if self.list is not None:
            _require_list(store, self.list)
        return AlertFilter(
            statuses=(self.status,) if self.status else default,
            severity=self.severity,
            list_id=self.list,
            program=self.program,
            schema=self.schema,
            feed_id=store.feed(self.feed).id if self.feed else None,
            entity_id=self.entity,
            text=self.text,
            assigned=self.assigned,
            since=parse_since(self.since, now),
            until=parse_since(self.until, now),
            min_score=self.min_score,
            sort=self.sort,
            limit=self.limit,
        )


def _require_list(store: ChoosingStore, list_id: str) -> None:
    if any(each.id == list_id for each in store.watched_lists()):
        return
    # A list that was taken away has alerts still; of any other it would be a slip of the pen.
    if not store.find_alert_ids(AlertFilter(list_id=list_id, limit=1)):
        store.watched_list(list_id)
