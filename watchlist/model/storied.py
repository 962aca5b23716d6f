"""Stories: what several articles tell of one event, and how each of them came to stand with the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Relation(StrEnum):
    """What an article is to the story of an alert."""

    #: The article that opened the alert.
    FIRST = "first"
    #: The same text, edited, cut, or under another headline or address.
    COPY = "copy"
    #: The same event in other words.
    REPORT = "report"
    #: Of the same matter, and further on: an update that brings something new.
    DEVELOPMENT = "development"


@dataclass(frozen=True, slots=True)
class StoryArticle:
    """An article of a story, as it is listed with an alert."""

    id: str
    title: str
    url: str | None
    #: The feed it came from, by its title or else its address; the site it stood on where that feed is watched no more.
    source: str | None
    published_at: datetime | None
    relation: Relation
    #: Why it stands here, in words; empty for the first.
    reason: str
    joined_at: datetime

    @property
    def told_at(self) -> datetime:
        """When it was published, or where nobody says, when it came."""
        return self.published_at or self.joined_at


@dataclass(frozen=True, slots=True)
class Story:
    """What an alert is reported once for: its articles, the one that opened the alert first, then as they came."""

    id: str = ""
    articles: tuple[StoryArticle, ...] = ()

    @property
    def in_time(self) -> tuple[StoryArticle, ...]:
        """The articles in the order in which they were told, whichever came here first."""
        return tuple(sorted(self.articles, key=lambda article: article.told_at))

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources of the articles, each once, in the order they came."""
        return tuple(dict.fromkeys(article.source for article in self.articles if article.source))


@dataclass(frozen=True, slots=True)
class Frequent:
    """How many new stories of a subject are told one by one on a day; those after them are told in short."""

    per_day: int = 5
    #: Other numbers for some subjects, by the id of one of their entries.
    subjects: Mapping[str, int] = field(default_factory=dict)
