"""Articles, and what is found in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from watchlist.model.ids import content_hash, stable_id
from watchlist.model.listed import Name, Schema


@dataclass(frozen=True, slots=True)
class Article:
    """One article as screened. ``title`` and ``text`` are the fields that offsets refer to."""

    #: Content hash of the article's identity (canonical address, else guid, else its words).
    id: str
    title: str
    text: str
    url: str | None = None
    feed_id: int | None = None
    guid: str | None = None
    lang: str | None = None
    published_at: datetime | None = None
    fetched_at: datetime | None = None
    #: It came with the first reading of its feed, which brings old articles as well.
    first_reading: bool = False
    #: The article that this one is a copy of, where it is one: they are one story.
    story_id: str | None = None

    @property
    def content_hash(self) -> str:
        """SHA-256 over title and text: a change means the article must be screened again."""
        return content_hash(self.title, self.text)


class Band(StrEnum):
    """What a score means: ``alert`` raises an alert, ``review`` is kept and shown, never mailed by itself."""

    ALERT = "alert"
    REVIEW = "review"


#: The part of an article an offset counts in.
Field = Literal["title", "text"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article: code points ``start`` to ``end`` (exclusive) of the named field."""

    field: Field
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FeatureScore:
    """One part of a score: the feature's name, its finding (0 to 1), its weight, and the finding in words.

    A finding times its weight speaks for the mention when above zero, against it when below. Under ``label`` it is told
    to people: the beginning of a sentence, such as "Country"; what was stored before there were labels has none.
    """

    feature: str
    score: float
    weight: float
    detail: str
    label: str = ""

    @property
    def title(self) -> str:
        """The label, or else the feature's name in words."""
        return self.label or self.feature.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Quote:
    """The sentence a mention stands in, with the mention at ``start`` to ``end`` of ``text``."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """One subject found in one article: the best span, and every other span that was found."""

    article_id: str
    #: The entry whose name matched best; with its caption, schema and snapshot.
    entity_id: str
    #: The ids of all entries of the subject, this one first, the others in the order of the lists.
    listings: tuple[str, ...]
    #: The entity's primary name, for showing.
    caption: str
    schema: Schema
    #: The listed name that matched.
    name: Name
    #: The best span, and the text it covers.
    field: Field
    start: int
    end: int
    surface: str
    #: All spans of the article in order of place, the best one included.
    spans: tuple[Span, ...]
    quote: Quote
    score: float
    band: Band
    features: tuple[FeatureScore, ...]
    engine_version: str
    snapshot_version: str

    @property
    def id(self) -> str:
        """Content hash of article and entity: finding the same thing twice is one mention."""
        return stable_id(self.article_id, self.entity_id)

    @property
    def list_id(self) -> str:
        """The list of the entity."""
        return self.entity_id.split(":", 1)[0]
