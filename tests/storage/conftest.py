"""Values to store: each factory makes a plain one, changed as asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from watchlist.model import (
    Alert,
    Article,
    Band,
    Entity,
    FeatureScore,
    FeedFetchIntent,
    Frequent,
    ListChange,
    ListDeclaration,
    Mention,
    Name,
    Quote,
    Scan,
    Schema,
    Snapshot,
    Span,
    stable_id,
)
from watchlist.storage.store import Store

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

EntityFactory = Callable[..., Entity]
ArticleFactory = Callable[..., Article]
MentionFactory = Callable[..., Mention]


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def entity() -> EntityFactory:
    """An entity of the list ``own`` by its id there, with names as texts or as `Name`."""

    def make(source_id: str = "1", *names: str | Name, **changes: Any) -> Entity:
        given = tuple(Name(each) if isinstance(each, str) else each for each in names or (f"Quay Lines {source_id}",))
        return Entity(**{"list_id": "own", "source_id": source_id, "schema": Schema.COMPANY, "names": given, **changes})

    return make


@pytest.fixture
def fill() -> Callable[..., ListChange]:
    """Makes a list hold exactly these entities, and records a snapshot when it is given a version."""

    def take_in(
        store: Store, *entities: Entity, list_id: str = "own", version: str | None = None, now: datetime = NOW
    ) -> ListChange:
        def accept(change: ListChange) -> Snapshot | None:
            if version is None:
                return None
            return Snapshot(list_id, version, None, now, version * 8, change.entity_count, change.name_count)

        return store.apply_entities(list_id, entities, now, accept)

    return take_in


@pytest.fixture
def own_list(store: Store) -> str:
    """A list of the user's."""
    store.add_list(ListDeclaration("own", "Own list", None, refresh=False, own=True))
    return "own"


@pytest.fixture
def article() -> ArticleFactory:
    """An article by its number in the feed."""

    def make(number: int = 1, text: str = "Quay Lines 1 sailed.", **changes: Any) -> Article:
        values = {"title": f"Article {number}", "url": f"https://news.example/{number}", "fetched_at": NOW}
        return Article(**{"id": stable_id(str(number)), "text": text, **values, **changes})

    return make


@pytest.fixture
def feed_id(store: Store) -> int:
    return store.add_feed("https://news.example/feed.xml", "News").id


@pytest.fixture
def pull(store: Store, feed_id: int) -> Callable[..., int]:
    """Stores a good poll with these articles; gives how many are to be screened."""

    def record(*articles: Article, at: datetime = NOW) -> int:
        return store.record_fetch(FeedFetchIntent(feed_id, at, at, status=200, articles=articles))

    return record


@pytest.fixture
def mention() -> MentionFactory:
    """A mention of an entity in an article."""

    def make(article: Article, entity: Entity, **changes: Any) -> Mention:
        name = entity.names[0]
        values: dict[str, Any] = {
            "article_id": article.id,
            "entity_id": entity.id,
            "listings": (entity.id,),
            "caption": entity.caption,
            "schema": entity.schema,
            "name": name,
            "field": "text",
            "start": 0,
            "end": 12,
            "surface": "Quay Lines 1",
            "spans": (Span("text", 0, 12), Span("title", 3, 9)),
            "quote": Quote("Quay Lines 1 sailed.", 0, 12),
            "score": 0.9,
            "band": Band.ALERT,
            "features": (FeatureScore("name", 1.0, 0.9, "every word stands in the text"),),
            "engine_version": "1",
            "snapshot_version": "2026-03-01",
        }
        return Mention(**{**values, **changes})

    return make


@pytest.fixture
def scan(store: Store) -> Callable[..., Scan]:
    """The outcome of screening one article, to be mailed unless it says otherwise."""

    def make(article: Article, *mentions: Mention, **changes: Any) -> Scan:
        values: dict[str, Any] = {"story_id": article.id, "channels": ("email",)}
        values |= {"max_per_message": 50, "revisions": store.revisions(), "frequent": Frequent(1000)}
        return Scan(article=article, mentions=mentions, **{**values, **changes})

    return make


@pytest.fixture
def open_alerts(
    store: Store,
    own_list: str,
    entity: EntityFactory,
    fill: Callable[..., ListChange],
    pull: Callable[..., int],
    article: ArticleFactory,
    mention: MentionFactory,
    scan: Callable[..., Scan],
) -> Callable[..., tuple[Alert, ...]]:
    """Opens alerts about so many new articles, one each, mailed with at most so many to a message."""
    listed = entity("1")
    fill(store, listed)
    numbers: Iterator[int] = iter(range(1000, 10_000))

    def open_some(count: int = 1, **changes: Any) -> tuple[Alert, ...]:
        opened: list[Alert] = []
        for _ in range(count):
            found = article(next(numbers))
            pull(found)
            opened += store.record_scan(scan(found, mention(found, listed), **changes), NOW) or ()
        return tuple(opened)

    return open_some
