"""Where an alert stands in triage, how severe it is, and every judgement of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from watchlist.model.triage.held import Reach


class AlertStatus(StrEnum):
    """Where an alert stands in triage."""

    OPEN = "open"
    ESCALATED = "escalated"
    CLOSED = "closed"


class Outcome(StrEnum):
    """What a person found an alert to be."""

    TRUE_MATCH = "true_match"
    FALSE_POSITIVE = "false_positive"
    UNSURE = "unsure"


class Action(StrEnum):
    """What a person does with an alert."""

    CONFIRM = "confirm"
    DISMISS = "dismiss"
    UNSURE = "unsure"
    ESCALATE = "escalate"
    REOPEN = "reopen"
    ASSIGN = "assign"
    NOTE = "note"
    #: Opens an alert on a mention that was kept for review.
    OPEN = "open"
    #: Takes an earlier act back.
    UNDO = "undo"


class Severity(StrEnum):
    """How much an alert matters beside others."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class SeverityRules:
    """What the user says of lists and programs: that what is on them matters more, or less, than it would."""

    lists: Mapping[str, Severity] = field(default_factory=dict)
    programs: Mapping[str, Severity] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assessment:
    """How severe an alert is, and why, in words."""

    severity: Severity
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TriageState:
    """Where an alert stands: its status, what it was found to be, and whose it is."""

    status: AlertStatus = AlertStatus.OPEN
    outcome: Outcome | None = None
    assigned: str | None = None

    @property
    def is_withdrawn(self) -> bool:
        """Whether it is no alert: what was opened from review and taken back, which what is found later may open."""
        return self.status is AlertStatus.CLOSED and self.outcome is None


#: Where what is kept for review stands, as long as no alert is made of it.
WITHDRAWN = TriageState(AlertStatus.CLOSED)


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody wants done with some alerts."""

    action: Action
    by: str
    why: str | None = None
    #: Whom they are assigned to.
    to: str | None = None
    #: Of a dismissal, what else it is to hold back, and until when; None holds back nothing.
    scope: Reach | None = None
    until: datetime | None = None
    #: Whether it closes what is open of the same kind.
    close_similar: bool = False
    #: By alert the last judgement of it that the person has seen, 0 for none; what was judged since is not judged over.
    #: None judges in any case.
    seen: Mapping[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a judgement rests on: the state of everything that the person was shown."""

    engine_version: str
    snapshot_version: str
    score: float
    #: SHA-256 over the article's words.
    text_hash: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody did with an alert; judgements are added, never changed."""

    id: int
    alert_id: int
    #: The same for all alerts that were judged at one stroke.
    act: str
    action: Action
    by: str
    at: datetime
    why: str | None
    before: TriageState
    after: TriageState
    #: None in what was stored before this was kept.
    seen: Shown | None = None
    #: Of an undoing, the act that it takes back.
    undoes: str | None = None
    #: Whether a later act took it back.
    undone: bool = False

    @property
    def outcome(self) -> Outcome | None:
        """What the alert was found to be by it."""
        return self.after.outcome


@dataclass(frozen=True, slots=True)
class EarlierAlert:
    """An alert that was closed before, and what it says of another of the same subject or by the same words."""

    alert_id: int
    outcome: Outcome
    caption: str
    surface: str
    by: str
    at: datetime
    why: str | None
    same_subject: bool
    same_surface: bool
