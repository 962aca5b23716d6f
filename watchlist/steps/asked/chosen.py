"""Which alerts somebody asks for, on the command line or on a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import EnumType
from typing import Any

from watchlist.errors import UsageError
from watchlist.model import AlertFilter, AlertOrder, AlertStatus, Band, Schema, Severity
from watchlist.ports import ChoosingStore
from watchlist.steps.asked.named import is_name
from watchlist.steps.asked.times import parse_since

_NOT_NARROWING = ("sort", "after")


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
    after: str | None = None

    @property
    def of_review(self) -> bool:
        """Whether it is of what was kept for review."""
        return self.band is Band.REVIEW

    @property
    def is_narrow(self) -> bool:
        """Whether anything at all was asked for but an order."""
        return any(getattr(self, each.name) is not None for each in fields(self) if each.name not in _NOT_NARROWING)

    def filter(self, store: ChoosingStore, now: datetime, default: tuple[AlertStatus, ...] = ()) -> AlertFilter:
        """The filter; without a status of its own it takes the ``default`` ones.

        Raises NotFoundError for a list, feed or entity that is not there, UsageError for what cannot be asked for.
        """
        if self.of_review and (self.status or self.assigned or self.severity):
            raise UsageError("what was kept for review has no status, severity or assignment: it is no alert yet")
        if self.after is not None and self.after.startswith("m") != self.of_review:
            raise UsageError(f"{self.after!r} is not among what is asked for: begin at the first page again")
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
            after=self.after.removeprefix("m") if self.after else None,
        )


def _require_list(store: ChoosingStore, list_id: str) -> None:
    if list_id in store.list_titles():
        return
    # A list that was taken away has alerts still; of any other it would be a slip of the pen.
    if not store.find_alert_ids(AlertFilter(list_id=list_id, limit=1)):
        store.watched_list(list_id)


def read_chosen(parameters: Mapping[str, str]) -> Chosen:
    """What is asked for by parameters that are called like the options of the command; others are passed over.

    An empty one is none. Raises UsageError for a value that can't be.
    """
    given = {name: text.strip() for name in _READ if (text := parameters.get(name.replace("_", "-"), "")).strip()}
    return Chosen(**{name: _read(name, text) for name, text in given.items()})


def _read(name: str, text: str) -> Any:
    read = _READ[name]
    try:
        return read(text)
    except ValueError as error:
        known = f": it is one of {', '.join(read)}" if isinstance(read, EnumType) else ""
        raise UsageError(f"{text!r} is no {name.replace('_', ' ')}{known}") from error


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _share(text: str) -> float:
    number = float(text)
    if not 0 <= number <= 1:
        raise ValueError(text)
    return number


def _place(text: str) -> str:
    if not is_name(text):
        raise ValueError(text)
    return text


#: How each is read.
_READ: Mapping[str, Callable[[str], Any]] = {
    "status": AlertStatus,
    "band": Band,
    "severity": Severity,
    "list": str,
    "program": str,
    "schema": Schema,
    "feed": str,
    "entity": str,
    "text": str,
    "assigned": str,
    "since": str,
    "until": str,
    "min_score": _share,
    "sort": AlertOrder,
    "limit": _count,
    "after": _place,
}

#: What they are called in a request.
PARAMETERS = tuple(name.replace("_", "-") for name in _READ)
