"""Alerts, and notices to the operator."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from watchlist.model.listed import Entity
from watchlist.model.paged import PageState
from watchlist.model.screened import Mention
from watchlist.model.storied import Story
from watchlist.model.triage.judged import AlertStatus, Judgement, Outcome, Severity, TriageState


@dataclass(frozen=True, slots=True)
class Alert:
    """A mention of an entity that is new in a story."""

    #: 0 for a mention that is kept for review: no alert was opened on it.
    id: int
    entity_id: str
    #: What is reported once for an entity: by the article that opened it, or the one that is a copy of.
    story_id: str
    article_id: str
    mention_id: str
    status: AlertStatus
    opened_at: datetime
    #: Why it comes now, where that is not the article's being new: "newly listed on 2026-11-23".
    note: str | None = None
    #: What people found it to be; None until somebody closes it.
    outcome: Outcome | None = None
    severity: Severity = Severity.NORMAL
    #: Why it is as severe as that.
    severity_why: tuple[str, ...] = ()
    #: Whose it is to judge.
    assigned: str | None = None
    #: Whether messages tell it in short: its subject had its share of new stories that day.
    rolled_up: bool = False

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was opened from review and taken back: it stays on record, and is no alert."""
        return TriageState(self.status, self.outcome).is_withdrawn


@dataclass(frozen=True, slots=True)
class AlertDetail:
    """An alert with what a reader needs to judge it."""

    alert: Alert
    mention: Mention
    entity: Entity
    list_title: str
    article_title: str
    article_url: str | None
    article_published_at: datetime | None
    feed_title: str | None
    #: The same entity on other lists.
    also: tuple[Entity, ...] = ()
    #: How the article's page stands, where it was to be fetched.
    page: PageState | None = None
    #: The silence for which nobody was told of it.
    silence_id: int | None = None
    #: What people did with it, in order of time.
    judgements: tuple[Judgement, ...] = ()
    #: The articles of its story, this alert's own first.
    story: Story = field(default_factory=Story)
    article_lang: str | None = None


class NoticeKind(StrEnum):
    """What a notice to the operator is."""

    #: Something has stopped working; stays open until it works again.
    FAULT = "fault"
    #: A fault is over.
    RECOVERY = "recovery"
    #: A list has changed.
    LIST_CHANGE = "list_change"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not work as it should, told by the state that is stored."""

    #: What is at fault, such as ``list us_ofac_sdn`` or ``feed 7``.
    subject: str
    text: str
    #: Whether the operator is told of it: not of every passing failure.
    lasting: bool = True
    #: Whether alerts are missed, or reach nobody, while it lasts.
    grave: bool = False

    @property
    def kind(self) -> str:
        """What kind of thing is at fault, such as ``feed``."""
        return self.subject.partition(" ")[0]


@dataclass(frozen=True, slots=True)
class KnownFault:
    """A fault as it is kept: since when it is seen, how often, and who knows of it."""

    #: 0 for one that was found just now and is not kept yet.
    number: int
    fault: Fault
    first_at: datetime
    last_at: datetime
    #: In how many runs it was seen; in none yet where it came between two.
    count: int = 0
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None
    acknowledged_why: str | None = None
    cleared_at: datetime | None = None
    #: When the operator was told of it.
    told_at: datetime | None = None

    @property
    def is_acknowledged(self) -> bool:
        """Whether somebody said that they know of it."""
        return self.acknowledged_at is not None


@dataclass(frozen=True, slots=True)
class SetAside:
    """The articles whose screening failed; each is tried again by itself."""

    count: int
    #: How many of them failed more than once.
    repeatedly: int = 0
    #: When the next of them is tried.
    next_at: datetime | None = None
    #: What the last of them failed with, and its address or id.
    article: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the operator should know."""

    id: int
    kind: NoticeKind
    subject: str
    text: str
    opened_at: datetime
    resolved_at: datetime | None = None
