"""The options that choose alerts, the same for every command that takes them."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from watchlist.cli.shared.context import parse_since
from watchlist.errors import UsageError
from watchlist.model import AlertFilter, AlertOrder, AlertStatus, Band, Schema, Severity

if TYPE_CHECKING:
    from watchlist.storage.store import Store


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the options of a command choose, as it was typed."""

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
        return any(getattr(self, name) is not None for name in OPTIONS if name != "sort")

    def filter(self, store: Store, now: datetime, default: tuple[AlertStatus, ...] = ()) -> AlertFilter:
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


#: Each option with its type and help, in the order of the help.
OPTIONS: dict[str, Any] = {
    "status": Annotated[AlertStatus | None, typer.Option(help="At this status only.")],
    "band": Annotated[Band | None, typer.Option(help="`review`: what was kept for review, on which no alert is open.")],
    "severity": Annotated[Severity | None, typer.Option(help="Of this severity only.")],
    "list": Annotated[str | None, typer.Option("--list", help="Of subjects on this list only.", metavar="L")],
    "program": Annotated[str | None, typer.Option(help="Listed in this program only.", metavar="P")],
    "schema": Annotated[Schema | None, typer.Option(help="Of this kind of entity only.", case_sensitive=False)],
    "feed": Annotated[str | None, typer.Option(help="From this feed: its number, address or title.", metavar="F")],
    "entity": Annotated[str | None, typer.Option(help="Of this entity only.", metavar="LIST:ID")],
    "text": Annotated[str | None, typer.Option(help="With this in the article or the name.", metavar="T")],
    "assigned": Annotated[str | None, typer.Option(help="Assigned to this person only.", metavar="WHO")],
    "since": Annotated[str | None, typer.Option(help="Opened since: 7d, 24h, 2026-11-23.", metavar="T")],
    "until": Annotated[str | None, typer.Option(help="Opened before, written like --since.", metavar="T")],
    "min_score": Annotated[float | None, typer.Option(min=0.0, max=1.0, help="Of this score at least.", metavar="X")],
    "sort": Annotated[AlertOrder, typer.Option(help="What comes first: the newest, the best, the most severe.")],
    "limit": Annotated[
        int | None,
        typer.Option(min=1, help="At most this many, the first of the order; of a table 200."),
    ],
}


def with_filters(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command all of `OPTIONS`, and hand them to it as one value in its parameter ``chosen``."""

    @functools.wraps(command)
    def run(*args: Any, **given: Any) -> None:
        chosen = Chosen(**{name: given.pop(name) for name in OPTIONS if name in given})
        command(*args, chosen=chosen, **given)

    own = inspect.signature(command, eval_str=True)
    options = [
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=AlertOrder.TIME if name == "sort" else None, annotation=kind
        )
        for name, kind in OPTIONS.items()
    ]
    kept = [each for name, each in own.parameters.items() if name != "chosen"]
    first = [each for each in kept if each.kind is not inspect.Parameter.KEYWORD_ONLY]
    last = [each for each in kept if each.kind is inspect.Parameter.KEYWORD_ONLY]
    taken = [*first, *options, *last]
    signature = own.replace(parameters=taken)
    # typer reads both.
    vars(run)["__signature__"] = signature
    run.__annotations__ = {each.name: each.annotation for each in taken}
    return run


def _require_list(store: Store, list_id: str) -> None:
    if any(each.id == list_id for each in store.watched_lists()):
        return
    # A list that was taken away has alerts still; of any other it would be a slip of the pen.
    if not store.find_alert_ids(AlertFilter(list_id=list_id, limit=1)):
        store.watched_list(list_id)
