"""What holds alerts back: dismissals from opening, silences from being told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
    #: Who else it is, as far as the text says: the given name, role and country that stand at the name, and the field
    #: of life that the passage is about.
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
