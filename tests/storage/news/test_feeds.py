"""Feeds as declared by the configuration and by the user, and the state of their polls."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta

import pytest

from watchlist.errors import NotFoundError, UsageError
from watchlist.model import Article, Declared, FeedDeclaration, FeedFetchIntent
from watchlist.storage.store import Store, open_store

A = FeedDeclaration("https://a.example/rss", "A")
B = FeedDeclaration("https://b.example/rss", None)
MINUTE = timedelta(minutes=1)


def urls(store: Store) -> list[str]:
    return [each.url for each in store.watched_feeds()]


def test_declared_feeds_are_there_as_declared(store: Store) -> None:
    store.declare_feeds([A, B])
    assert urls(store) == [A.url, B.url]
    found = store.feed(A.url)
    assert (found.title, found.declared, found.enabled, found.failures) == ("A", Declared.CONFIG, True, 0)


def test_declaring_the_same_again_keeps_their_numbers(store: Store) -> None:
    store.declare_feeds([A, B])
    before = store.watched_feeds()
    store.declare_feeds([B, A])
    assert store.watched_feeds() == before


def test_a_feed_that_is_declared_no_longer_goes_and_its_articles_stay(
    store: Store, now: datetime, article: Callable[..., Article]
) -> None:
    store.declare_feeds([A, B])
    feed = store.feed(A.url)
    store.record_fetch(FeedFetchIntent(feed.id, now, now, status=200, articles=(article(feed_id=feed.id),)))
    store.declare_feeds([B])
    assert urls(store) == [B.url]
    assert store.article_counts() == (1, 1)
    (kept,) = store.unscanned_articles(5)
    assert kept.feed_id is None
    store.declare_feeds([A, B])
    assert set(urls(store)) == {A.url, B.url}


def test_disabling_goes_before_the_declaration_and_survives_restarts(database: str) -> None:
    with closing(open_store(database)) as store:
        store.declare_feeds([A])
        assert not store.switch_feed(A.url, on=False).enabled
    with closing(open_store(database)) as store:
        store.declare_feeds([A, B])
        store.declare_feeds([FeedDeclaration(A.url, "New title")])
        assert not store.feed(A.url).enabled
        assert store.switch_feed(A.url, on=True).enabled


def test_a_feed_switched_off_in_the_file_is_not_switched_on_by_command(store: Store) -> None:
    store.declare_feeds([FeedDeclaration(A.url, "A", enabled=False)])
    assert not store.feed(A.url).enabled
    with pytest.raises(UsageError, match="set 'enabled: true' there"):
        store.switch_feed(A.url, on=True)


def test_removing_a_declared_feed_is_refused_with_a_word_on_where_to_do_it(store: Store) -> None:
    store.declare_feeds([A])
    number = store.feed(A.url).id
    with pytest.raises(UsageError, match=rf"configuration file.*'feeds:'.*feeds disable {number}"):
        store.remove_feed(A.url)
    assert urls(store) == [A.url]


def test_a_feed_of_the_users_is_added_once_and_removed(store: Store) -> None:
    added = store.add_feed("https://c.example/rss", "C")
    assert added.declared is Declared.USER
    with pytest.raises(UsageError, match=f"as feed {added.id}"):
        store.add_feed("https://c.example/rss", None)
    assert store.remove_feed("C").url == "https://c.example/rss"
    assert urls(store) == []


def test_a_feed_of_the_users_that_the_file_declares_belongs_to_the_file_from_then_on(store: Store) -> None:
    added = store.add_feed(A.url, "Mine")
    store.declare_feeds([A])
    found = store.feed(A.url)
    assert (found.id, found.title, found.declared) == (added.id, "A", Declared.CONFIG)


def test_a_feed_goes_by_its_number_its_address_or_its_title(store: Store) -> None:
    first = store.add_feed("https://c.example/rss/", "World News")
    assert {store.feed(key).id for key in (str(first.id), "https://c.example/rss", "world news")} == {first.id}
    store.add_feed("https://d.example/rss", "WORLD NEWS")
    with pytest.raises(UsageError, match="name one by its number"):
        store.feed("world news")
    with pytest.raises(NotFoundError, match="no feed 'nosuch'"):
        store.feed("nosuch")


def test_a_good_poll_is_stored_with_its_articles(
    store: Store, now: datetime, feed_id: int, article: Callable[..., Article]
) -> None:
    intent = FeedFetchIntent(
        feed_id, now, now + MINUTE, 200, "Title", "etag", "Mon", (article(1, feed_id=feed_id), article(2)), None
    )
    assert store.record_fetch(intent) == 2
    found = store.feed("News")
    assert (found.last_checked_at, found.last_success_at, found.next_check_at) == (now, now, now + MINUTE)
    assert (found.etag, found.last_modified, found.last_status, found.article_count) == ("etag", "Mon", 200, 1)
    assert found.title == "News"


def test_a_feed_without_title_takes_the_one_it_gives_itself(store: Store, now: datetime) -> None:
    feed = store.add_feed("https://c.example/rss", None)
    store.record_fetch(FeedFetchIntent(feed.id, now, now, 200, "Its own"))
    assert store.feed(str(feed.id)).title == "Its own"


def test_failures_are_counted_until_a_good_poll_and_keep_the_validators(
    store: Store, now: datetime, feed_id: int
) -> None:
    store.record_fetch(FeedFetchIntent(feed_id, now, now, 200, None, "etag", "Mon"))
    for n in (1, 2):
        store.record_fetch(FeedFetchIntent(feed_id, now + n * MINUTE, now, 503, error="down"))
    found = store.feed("News")
    assert (found.failures, found.last_error, found.last_error_at) == (2, "down", now + 2 * MINUTE)
    assert (found.last_status, found.last_success_at, found.etag, found.last_modified) == (503, now, "etag", "Mon")
    store.record_fetch(FeedFetchIntent(feed_id, now + 3 * MINUTE, now, 304, None, "etag", "Mon"))
    found = store.feed("News")
    assert (found.failures, found.last_error, found.last_error_at, found.etag) == (0, None, None, "etag")


def test_what_a_poll_found_of_a_feed_that_was_removed_meanwhile_is_passed_over(
    store: Store, now: datetime, feed_id: int, article: Callable[..., Article]
) -> None:
    store.remove_feed(str(feed_id))
    assert store.record_fetch(FeedFetchIntent(feed_id, now, now, 200, articles=(article(feed_id=feed_id),))) == 0
    assert store.article_counts() == (0, 0)
