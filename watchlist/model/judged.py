"""What people make of alerts: where one stands in triage, how it stands out, each judgement, and which are wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from watchlist.model.listed import Schema


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


class Reach(StrEnum):
    """How far a dismissal reaches: what it holds back from then on."""

    #: The same subject by the same words in the same kind of context, in all feeds.
    SURFACE = "surface"
    #: The subject altogether.
    SUBJECT = "subject"
    #: The subject in this feed.
    FEED = "feed"
    #: The subject in this story.
    STORY = "story"


class ContextKind(StrEnum):
    """What else than the listed one a name stands for in a text, by what speaks against the mention."""

    PERSON = "another person"
    NAMESAKE = "a common name"
    BODY = "another body"
    WORD = "an ordinary word"
    PLACE = "a place"


@dataclass(frozen=True, slots=True)
class Context:
    """The kind of context that a name stands in."""

    kinds: frozenset[ContextKind] = frozenset()
    #: Who else it is, as far as the text says: the given name, role and country that stand at the name.
    details: frozenset[str] = frozenset()

    @property
    def words(self) -> str:
        """The context in words."""
        kinds = ", ".join(sorted(self.kinds)) or "nothing speaks against it"
        return f"{kinds} ({', '.join(sorted(self.details))})" if self.details else kinds


@dataclass(frozen=True, slots=True)
class Suppression:
    """A person's decision that something opens no alerts; it is looked for all the same, and what is found is kept."""

    #: Whose alerts it holds back, on whichever list the subject stands.
    entity_id: str
    at: datetime
    #: When it ends by itself.
    until: datetime | None = None
    reason: str | None = None
    #: Its number; 0 before it is stored.
    id: int = 0
    scope: Reach = Reach.SUBJECT
    by: str | None = None
    #: The alert that was dismissed; None where somebody suppressed an entity by hand.
    alert_id: int | None = None
    surface: str | None = None
    context: Context = Context()
    feed_id: int | None = None
    story_id: str | None = None
    #: Which kinds of evidence there were; what has others comes back. None: it holds whatever the evidence.
    evidence: frozenset[str] | None = None
    #: What the list said of the entity, by field; when it says more, alerts come back. None: it holds all the same.
    facts: Mapping[str, tuple[str, ...]] | None = None
    ended_at: datetime | None = None
    ended_why: str | None = None
    #: How many mentions it has held back.
    held: int = 0


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A mention on which no alert was opened, for a suppression; or an alert that nobody was told of, for a silence."""

    at: datetime
    mention_id: str
    #: 0 where none was opened.
    alert_id: int
    caption: str
    surface: str
    score: float
    article_title: str
    article_url: str | None


@dataclass(frozen=True, slots=True)
class Silence:
    """A person's wish that alerts of an entity, or of a list, are opened and listed but not told for a while."""

    #: Of one of the two.
    entity_id: str | None
    list_id: str | None
    at: datetime
    until: datetime
    reason: str
    by: str
    #: Its number; 0 before it is stored.
    id: int = 0
    ended_at: datetime | None = None
    #: How many alerts were not told for it.
    held: int = 0

    @property
    def subject(self) -> str:
        """Whom it is about."""
        return self.entity_id or self.list_id or ""


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


class AlertOrder(StrEnum):
    """What alerts are sorted by; the newest, the best or the gravest first."""

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
    sort: AlertOrder = AlertOrder.TIME
    limit: int | None = None


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
