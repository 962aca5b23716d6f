"""Lists, entities, feeds, and what holds alerts back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from watchlist.model import (
    CellCount,
    Entity,
    EntityChange,
    Feed,
    FeedPoll,
    HeldBack,
    Reach,
    Silence,
    SnapshotHistory,
    SubjectNote,
    WatchedList,
    Worker,
)
from watchlist.model import Delivery as DeliveryValue
from watchlist.web.api.shapes.derived import Exactly, derived, many

EntityShape = derived("EntityShape", Entity, entity=str)
ListShape = derived("ListShape", WatchedList, next_check_at=datetime | None, stale=bool)
HistoryShape = derived("HistoryShape", SnapshotHistory, unread=int)
ChangeShape = derived("ChangeShape", EntityChange)
FeedShape = derived("FeedShape", Feed)
FeedInFull = derived("FeedInFull", Feed, polls=list[FeedPoll])
SilenceShape = derived("SilenceShape", Silence)
SilenceInFull = derived("SilenceInFull", Silence, not_told=list[HeldBack])
WorkerShape = derived("WorkerShape", Worker, doing=str)
DeliveryShape = derived(
    "DeliveryShape", DeliveryValue, without=("outages",), next_try_at=datetime | None, held_up_by=str | None
)
NoteShape = derived("NoteShape", SubjectNote)
GroupShape = derived("GroupShape", Entity, entity=str, reason=str)


class ContentsShape(Exactly):
    """What a list holds."""

    list_: str = Field(alias="list")
    title: str
    form: str | None
    version: str | None
    published_at: datetime | None
    fetched_at: datetime | None
    age_seconds: int | None
    last_good_at: datetime | None
    last_changed_at: datetime | None
    last_error: str | None
    entities: int
    schemas: dict[str, int]
    names: int
    names_by_kind: dict[str, int]
    names_by_script: dict[str, int]
    names_by_kind_and_script: list[dict[str, Any]]
    identifiers: dict[str, int]
    filled: dict[str, int]
    unread: int
    cells: list[CellCount]


class SuppressionShape(Exactly):
    """What opens no alerts, since somebody dismissed its like."""

    id: int
    entity_id: str
    scope: Reach
    surface: str | None
    context: list[str]
    details: list[str]
    feed_id: int | None
    story_id: str | None
    alert_id: int | None
    evidence: list[str] | None
    by: str | None
    at: datetime
    until: datetime | None
    reason: str | None
    ended_at: datetime | None
    ended_why: str | None
    held: int


class SuppressionInFull(SuppressionShape):
    """A suppression, and what it has held back."""

    subject: str
    held_back: list[HeldBack]


EntityInFull = derived(
    "EntityInFull",
    Entity,
    entity=str,
    first_seen_at=datetime,
    changed_at=datetime,
    removed_at=datetime | None,
    succeeded_by=str | None,
    formerly=list[str],
    suppressed=SuppressionShape | None,
    notes=many(NoteShape),
)


class FaultShape(Exactly):
    """Something that does not work."""

    id: int | None
    kind: str
    subject: str
    text: str
    grave: bool = Field(description="Whether alerts are missed, or reach nobody, while it lasts.")
    lasting: bool
    first_at: datetime
    last_at: datetime
    count: int
    told_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    acknowledged_why: str | None
    cleared_at: datetime | None


class AccountsShape(Exactly):
    """How many accounts there are."""

    count: int
    open: int = Field(description="Those that let somebody in.")
    admins: int = Field(description="Of those that are open.")
    lacks_admin: bool = Field(description="Whether people have to log in, and nobody who can is an admin.")


class StatusShape(Exactly):
    """How everything stands."""

    verdict: str = Field(description="``well``, ``degraded`` or ``failing``.")
    exit_code: int
    text: str
    lists: list[dict[str, Any]]
    feeds: list[dict[str, Any]]
    articles: dict[str, int]
    pages: dict[str, Any]
    alerts: dict[str, int]
    unclosed_alerts: dict[str, int | datetime | None]
    deliveries: dict[str, int]
    untold_alerts: int
    last_run: dict[str, Any] | None
    last_purge: dict[str, Any] | None
    accounts: AccountsShape
    database: dict[str, Any]
    index: dict[str, Any]
    versions: dict[str, str]
    faults: list[str]
    known_faults: list[FaultShape]
