"""Articles, and what is found in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from watchlist.model.ids import content_hash, stable_id
from watchlist.model.listed import Name, NameKind, NameOrigin, Schema


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

    def sought(self, lists: frozenset[str] | None, entities: frozenset[str] | None) -> tuple[str, ...]:
        """The entries of the subject that are looked for: on these lists, with these ids, where given."""
        return tuple(
            id
            for id in self.listings
            if (entities is None or id in entities) and (lists is None or id.split(":", 1)[0] in lists)
        )


def mention_to_plain(mention: Mention) -> dict[str, Any]:
    """A mention as plain values, such as JSON and the columns of a table hold; the one list of its fields.

    Every field under its name: texts, numbers, lists, mappings; a span is a list of its field, start and end.
    """
    return {
        "article_id": mention.article_id,
        "entity_id": mention.entity_id,
        "listings": list(mention.listings),
        "caption": mention.caption,
        "schema": mention.schema,
        "name": asdict(mention.name),
        "field": mention.field,
        "start": mention.start,
        "end": mention.end,
        "surface": mention.surface,
        "spans": [[span.field, span.start, span.end] for span in mention.spans],
        "quote": asdict(mention.quote),
        "score": mention.score,
        "band": mention.band,
        "features": [asdict(feature) for feature in mention.features],
        "engine_version": mention.engine_version,
        "snapshot_version": mention.snapshot_version,
    }


_WEAK_ALIAS = "weak_alias"


def mention_from_plain(plain: Mapping[str, Any]) -> Mention:
    """The mention of such values; others among them are passed over."""
    name = plain["name"]
    # Stored or exported before kind and weakness were two things.
    weak_alias = name["kind"] == _WEAK_ALIAS
    return Mention(
        article_id=plain["article_id"],
        entity_id=plain["entity_id"],
        # Of what was stored or exported before subjects had listings, the entry is all that is known.
        listings=tuple(plain.get("listings") or (plain["entity_id"],)),
        caption=plain["caption"],
        schema=Schema(plain["schema"]),
        name=Name(
            text=name["text"],
            kind=NameKind.ALIAS if weak_alias else NameKind(name["kind"]),
            lang=name["lang"],
            given=name["given"],
            family=name["family"],
            origin=NameOrigin(name["origin"]),
            weak=weak_alias or bool(name.get("weak")),
        ),
        field=plain["field"],
        start=plain["start"],
        end=plain["end"],
        surface=plain["surface"],
        spans=tuple(Span(*span) for span in plain["spans"]),
        quote=Quote(**plain["quote"]),
        score=plain["score"],
        band=Band(plain["band"]),
        features=tuple(FeatureScore(**feature) for feature in plain["features"]),
        engine_version=plain["engine_version"],
        snapshot_version=plain["snapshot_version"],
    )
