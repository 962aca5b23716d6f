"""What is new about the articles of a poll, given what is stored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from watchlist.model import Article, FeedFetchIntent
from watchlist.storage.database.tables import articles
from watchlist.storage.store import Store

TEXT = "The company Quay Lines 1 said on Monday that its vessel had been held in port after a search of her papers. "
LONG = TEXT * 3

PullInto = Callable[..., int]


@pytest.fixture
def other_id(store: Store) -> int:
    return store.add_feed("https://other.example/feed.xml", "Other").id


@pytest.fixture
def pull(store: Store, now: datetime, feed_id: int) -> PullInto:
    """Stores a good poll of a feed, and screens what waits; gives how many articles waited."""

    def record(feed: int, *found: Article, days: int = 0) -> int:
        at = now + timedelta(days=days)
        made = tuple(Article(**{**_fields(each), "feed_id": feed, "fetched_at": at}) for each in found)
        waiting = store.record_fetch(FeedFetchIntent(feed, at, at, status=200, articles=made))
        with store._writing() as connection:
            connection.execute(update(articles).values(scanned_at=at))
        return waiting

    return record


def _fields(article: Article) -> dict[str, Any]:
    return {name: getattr(article, name) for name in Article.__dataclass_fields__}


def kept(store: Store, now: datetime) -> list[Article]:
    return sorted(store.stored_articles(now, "", 100), key=lambda each: each.url or "")


def test_typography_does_not_make_an_article_wait(store: Store, pull: PullInto, article: Any, feed_id: int) -> None:
    assert pull(feed_id, article(1, "The “Blue Heron” – held\nin port.")) == 1
    assert pull(feed_id, article(1, 'The "Blue  Heron" - held in port.')) == 0
    assert pull(feed_id, article(1, 'The "Blue  Herons" - held in port.')) == 1


def test_the_same_words_at_another_address_of_a_feed_are_no_new_article(
    store: Store, now: datetime, pull: PullInto, article: Any, feed_id: int
) -> None:
    assert pull(feed_id, article(1, TEXT, guid="a")) == 1
    assert pull(feed_id, article(2, TEXT, title="Article 1", guid="b"), days=20) == 0
    assert len(kept(store, now)) == 1
    # A month later it is news again.
    assert pull(feed_id, article(3, TEXT, title="Article 1", guid="c"), days=40) == 1


def test_a_moved_article_keeps_its_guid_and_is_edited(
    store: Store, now: datetime, pull: PullInto, article: Any, feed_id: int
) -> None:
    pull(feed_id, article(1, TEXT, guid="a"))
    assert pull(feed_id, article(2, TEXT + "Ilya Marrow was on board.", title="Held in port", guid="a")) == 1
    (only,) = kept(store, now)
    assert (only.title, only.url) == ("Held in port", "https://news.example/1")
    assert pull(feed_id, article(2, TEXT + "Ilya Marrow was on board.", title="Held in port", guid="a")) == 0


def test_a_guid_that_is_used_again_does_not_hide_an_article(
    store: Store, now: datetime, pull: PullInto, article: Any, feed_id: int
) -> None:
    pull(feed_id, article(1, TEXT, guid="1"))
    assert (
        pull(feed_id, article(2, "Rain is expected on Tuesday, and the ferry will sail all the same.", guid="1")) == 1
    )
    assert len(kept(store, now)) == 2


def test_copies_in_other_feeds_are_articles_of_one_story(
    store: Store, now: datetime, pull: PullInto, article: Any, feed_id: int, other_id: int
) -> None:
    first = article(1, LONG)
    copies = [article(n, LONG.replace("'", "’"), title="Article 1") for n in (2, 3)]
    assert pull(feed_id, first) == 1
    assert pull(other_id, copies[0]) == 1
    third = store.add_feed("https://third.example/feed.xml", None).id
    assert pull(third, copies[1]) == 1
    assert [each.story_id for each in kept(store, now)] == [None, first.id, first.id]
    # Short words are no copy, whoever has them.
    pull(feed_id, article(4, "Quay Lines 1 sailed."))
    pull(other_id, article(5, "Quay Lines 1 sailed.", title="Article 4"))
    assert kept(store, now)[-1].story_id is None


def test_within_one_poll_too(store: Store, now: datetime, pull: PullInto, article: Any, feed_id: int) -> None:
    assert pull(feed_id, article(1, TEXT), article(2, TEXT, title="Article 1"), article(3, TEXT)) == 2
    assert [each.url for each in kept(store, now)] == ["https://news.example/1", "https://news.example/3"]


def test_two_feeds_with_more_and_less_of_an_article_settle_on_the_longer(
    store: Store, now: datetime, pull: PullInto, article: Any, feed_id: int, other_id: int
) -> None:
    assert pull(feed_id, article(1, TEXT)) == 1
    assert pull(other_id, article(1, LONG)) == 1
    for _ in range(3):
        assert pull(feed_id, article(1, TEXT)) == 0
        assert pull(other_id, article(1, LONG)) == 0
    (only,) = kept(store, now)
    assert (only.text, only.feed_id) == (LONG, other_id)
    # An edit of either is screened, and settles too.
    assert pull(feed_id, article(1, TEXT + "Boris Tidewell was on board.")) == 1
    assert pull(other_id, article(1, LONG)) == 0
    assert "Boris Tidewell" in kept(store, now)[0].text


def test_an_article_from_before_wordings_were_remembered(
    store: Store, now: datetime, pull: PullInto, article: Any, feed_id: int
) -> None:
    pull(feed_id, article(1, TEXT))
    with store._writing() as connection:
        connection.execute(update(articles).values(seen=None, words_hash=None))
    assert pull(feed_id, article(1, TEXT)) == 0
    assert pull(feed_id, article(1, TEXT.replace(" ", "  "))) == 0
    assert pull(feed_id, article(1, "Other words.")) == 1
    assert pull(feed_id, article(1, TEXT)) == 0


def test_articles_that_no_poll_brought(store: Store, now: datetime, article: Any) -> None:
    assert store.keep_articles([article(1), article(2)]) == 2
    assert store.keep_articles([article(2), article(1)]) == 0
    assert store.article_counts() == (2, 2)
