"""Feeds as declared by the configuration and by the user, and the state of their polls."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from watchlist.errors import NotFoundError, UsageError
from watchlist.model import Article, Declared, FeedDeclaration, FeedFetchIntent, FeedToAdd
from watchlist.storage.store import Store, open_store

A = FeedDeclaration("https://a.example/rss", "A")
B = FeedDeclaration("https://b.example/rss", None)
MINUTE = timedelta(minutes=1)
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def urls(store: Store) -> list[str]:
    return [each.url for each in store.watched_feeds()]


def test_declared_feeds_are_there_as_declared(store: Store) -> None:
    store.declare_feeds([A, B], NOW)
    assert urls(store) == [A.url, B.url]
    found = store.feed(A.url)
    assert (found.title, found.declared, found.enabled, found.failures) == ("A", Declared.CONFIG, True, 0)


def test_declaring_the_same_again_keeps_their_numbers(store: Store) -> None:
    store.declare_feeds([A, B], NOW)
    before = store.watched_feeds()
    store.declare_feeds([B, A], NOW)
    assert store.watched_feeds() == before


def test_a_feed_that_is_declared_no_longer_is_off_and_goes_on_as_it_was_when_it_is_named_again(
    store: Store, now: datetime, article: Callable[..., Article]
) -> None:
    assert store.declare_feeds([A, B], now) == ()
    feed = store.feed(A.url)
    kept = article(feed_id=feed.id)
    store.record_fetch(FeedFetchIntent(feed.id, now, now + MINUTE, 200, "Its own", "etag", "Mon", (kept,)))
    before = store.feed(A.url)
    assert store.declare_feeds([B], now + MINUTE) == (A.url,)
    # Told once, and the first time is what counts.
    assert store.declare_feeds([B], now + 2 * MINUTE) == ()
    left_out = store.feed(A.url)
    assert left_out == replace(before, enabled=False, undeclared_at=now + MINUTE)
    assert [each.url for each in store.feeds_as_set() if each.enabled] == [B.url]
    (stored,) = store.unscanned_articles(5)
    assert stored.feed_id == feed.id
    store.declare_feeds([A, B], now + 3 * MINUTE)
    assert store.feed(A.url) == before
    assert len(store.feed_polls(feed.id)) == 1


@given(st.lists(st.sets(st.sampled_from("abcd")), min_size=1, max_size=6), st.sets(st.sampled_from("abcd")))
@example([{"a", "b"}, {"b"}, {"a"}], {"a"})
def test_whatever_files_came_before_the_last_decides_and_nothing_is_lost(
    tmp_path_factory: pytest.TempPathFactory, files: list[set[str]], switched_off: set[str]
) -> None:
    with closing(open_store(f"sqlite:///{tmp_path_factory.mktemp('declared')}/w.db")) as store:
        numbers: dict[str, int] = {}
        for n, named in enumerate(files):
            store.declare_feeds([FeedDeclaration(f"https://{each}.example/", each) for each in sorted(named)], NOW)
            for each in store.feeds_as_set():
                # The number is what polls and articles are kept by.
                assert numbers.setdefault(each.url, each.id) == each.id
                if n == 0 and each.title in switched_off:
                    store.switch_feed(str(each.id), on=False)
        found = store.feeds_as_set()
        assert {each.title for each in found} == set().union(*files)
        off = switched_off & files[0]
        assert {each.title for each in found if each.enabled} == files[-1] - off
        assert {each.title for each in found if each.undeclared_at} == set().union(*files) - files[-1]


def test_a_feed_the_file_names_no_longer_is_neither_switched_on_nor_set_but_taken_over(
    store: Store, now: datetime
) -> None:
    store.declare_feeds([A], now)
    store.record_fetch(FeedFetchIntent(store.feed(A.url).id, now, now, 200, None, "etag", "Mon"))
    store.declare_feeds([], now)
    with pytest.raises(UsageError, match=r"no longer in the configuration file.*feeds add https://a\.example/rss"):
        store.switch_feed(A.url, on=True)
    with pytest.raises(UsageError, match="no longer in the configuration file"):
        store.set_feed(A.url, {"title": "Mine"})
    left_out = store.feed(A.url)
    added = store.add_feed(A.url, None)
    assert (added.id, added.title, added.etag) == (left_out.id, "A", "etag")
    assert (added.declared, added.enabled, added.undeclared_at) == (Declared.USER, True, None)
    # It is nothing of the file's any more.
    store.declare_feeds([], now)
    assert store.feed(A.url).enabled


def test_many_feeds_at_once_take_over_those_that_the_file_names_no_longer(store: Store, now: datetime) -> None:
    store.declare_feeds([A, B], now)
    store.declare_feeds([B], now)
    found = [FeedToAdd(each, "Mine", "News") for each in (A.url, B.url, "https://c.example/rss")]
    assert store.add_feeds(found) == 2
    assert store.feed(A.url).enabled
    assert (store.feed(A.url).title, store.feed(B.url).title) == ("Mine", None)
    assert store.feed_folders().keys() == {store.feed(A.url).id, store.feed("https://c.example/rss").id}


def test_a_feed_the_file_names_no_longer_is_removed_for_good_by_command(
    store: Store, now: datetime, article: Callable[..., Article]
) -> None:
    store.declare_feeds([A, B], now)
    feed = store.feed(A.url)
    store.record_fetch(FeedFetchIntent(feed.id, now, now, status=200, articles=(article(feed_id=feed.id),)))
    store.declare_feeds([B], now)
    store.remove_feed(A.url)
    assert urls(store) == [B.url]
    (kept,) = store.unscanned_articles(5)
    assert kept.feed_id is None
    store.declare_feeds([A, B], now)
    assert store.feed(A.url).last_checked_at is None


def test_disabling_goes_before_the_declaration_and_survives_restarts(database: str) -> None:
    with closing(open_store(database)) as store:
        store.declare_feeds([A], NOW)
        assert not store.switch_feed(A.url, on=False).enabled
    with closing(open_store(database)) as store:
        store.declare_feeds([A, B], NOW)
        store.declare_feeds([FeedDeclaration(A.url, "New title")], NOW)
        assert not store.feed(A.url).enabled
        assert store.switch_feed(A.url, on=True).enabled


def test_a_feed_switched_off_in_the_file_is_not_switched_on_by_command(store: Store) -> None:
    store.declare_feeds([FeedDeclaration(A.url, "A", enabled=False)], NOW)
    assert not store.feed(A.url).enabled
    with pytest.raises(UsageError, match="set 'enabled: true' there"):
        store.switch_feed(A.url, on=True)


def test_removing_a_declared_feed_is_refused_with_a_word_on_where_to_do_it(store: Store) -> None:
    store.declare_feeds([A], NOW)
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
    store.declare_feeds([A], NOW)
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
