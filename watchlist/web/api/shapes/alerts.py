"""Alerts, what is in them, and judgements."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from watchlist.model import (
    Action,
    AlertStatus,
    Band,
    FeatureScore,
    NoticeKind,
    Outcome,
    PageState,
    Quote,
    Relation,
    Schema,
    Severity,
    Shown,
)
from watchlist.model import Field as ArticleField
from watchlist.web.api.shapes.derived import Exactly


class StateShape(Exactly):
    """Where an alert stands."""

    status: AlertStatus
    outcome: Outcome | None
    assigned: str | None


class JudgementShape(Exactly):
    """What somebody did with an alert; judgements are added, never changed."""

    id: int
    act: str = Field(description="The same for all alerts that were judged at one stroke.")
    action: Action
    outcome: Outcome | None
    by: str
    at: datetime
    why: str | None
    before: StateShape
    after: StateShape
    seen: Shown | None = Field(description="What it rests on.")
    undoes: str | None = Field(description="Of an undoing, the act that it takes back.")
    undone: bool


class JudgedAlertShape(JudgementShape):
    """A judgement, and the alert that it is of."""

    alert: int


class MentionShape(Exactly):
    """A subject found in a text."""

    article: str
    entity: str = Field(description="The entry whose name matched best.")
    list_: str = Field(alias="list")
    listings: list[str] = Field(description="All entries of the subject, that one first.")
    name: str
    matched_name: str
    schema_: Schema = Field(alias="schema")
    band: Band
    score: float
    surface: str
    field: ArticleField
    start: int = Field(description="In code points of the field.")
    end: int
    spans: list[tuple[ArticleField, int, int]]
    features: list[FeatureScore]
    quote: Quote
    engine_version: str
    snapshot_version: str


class StoryArticleShape(Exactly):
    """An article of a story."""

    id: str
    url: str | None
    title: str
    source: str | None
    published_at: datetime | None
    relation: Relation
    reason: str


class StoryShape(Exactly):
    """What an alert is reported once for."""

    id: str
    articles: list[StoryArticleShape]
    sources: list[str]


class AlertShape(Exactly):
    """An alert with what it takes to judge it, as ``watchlist alerts --json`` prints it."""

    id: int | str = Field(description="The number; of what is kept for review ``m`` and the mention's id.")
    status: AlertStatus | None
    outcome: Outcome | None
    severity: Severity
    severity_why: list[str]
    opened_at: datetime
    assigned: str | None
    entity_id: str
    subject: str
    entity: str
    list_: str = Field(alias="list")
    listings: list[str]
    list_title: str
    source_id: str
    name: str
    matched_name: str
    schema_: Schema = Field(alias="schema")
    programs: list[str]
    countries: list[str]
    authority_url: str | None
    article: str
    story: StoryShape
    title: str
    url: str | None
    published_at: datetime | None
    feed: str | None
    note: str | None = Field(description="Why it comes now, where that is not the article's being new.")
    rolled_up: bool
    silence: int | None
    page: PageState | None
    also: list[str]
    band: Band
    score: float
    surface: str
    field: ArticleField
    start: int
    end: int
    spans: list[tuple[ArticleField, int, int]]
    quote: Quote
    judgements: list[JudgementShape]
    features: list[FeatureScore]
    engine_version: str
    snapshot_version: str


class NoticeShape(Exactly):
    """Something the operator should know."""

    kind: NoticeKind
    subject: str
    text: str
    opened_at: datetime


class MissedShape(Exactly):
    """What earlier messages were about that could not be handed over."""

    count: int
    deliveries: list[int]


class MessageShape(Exactly):
    """What a webhook is sent. The same ``id`` again is the same message."""

    id: str
    created_at: datetime
    test: bool
    alerts: list[AlertShape]
    notices: list[NoticeShape]
    missed: MissedShape | None


#: What an act may be.
Acting = Literal["confirm", "dismiss", "unsure", "escalate", "reopen", "assign", "note"]
