"""What polls teach of a feed: its habit, where it moved, that it is gone, and what was."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from watchlist.errors import UsageError
from watchlist.model import Article, Feed, FeedDeclaration, FeedFetchIntent, FeedForFetch, FeedHints
from watchlist.storage.store import Store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
URL, NEW = "https://news.example/rss", "https://elsewhere.example/rss"


@pytest.fixture
def feed(store: Store) -> Feed:
    return store.add_feed(URL, None)


def poll(store: Store, feed: Feed, at: datetime, **changes: object) -> Feed:
    """Record a poll, good unless told otherwise, and give the feed as it is then."""
    intent = FeedFetchIntent(feed.id, at, at + timedelta(minutes=15), status=200)
    store.record_fetch(replace(intent, **changes))  # type: ignore[arg-type]
    return store.feed(str(feed.id))


def article(number: int, at: datetime) -> Article:
    return Article(f"{number:024d}", f"Title {number}", "", f"https://news.example/{number}", fetched_at=at)


def test_the_last_polls_are_kept_the_latest_first(store: Store, feed: Feed) -> None:
    for number in range(60):
        poll(store, feed, NOW + number * timedelta(hours=1), articles=(article(number, NOW),), seconds=0.25)
    poll(store, feed, NOW + 3 * DAY, status=500, error="answered 500", seconds=1.0)
    kept = store.feed_polls(feed.id)
    assert len(kept) == 50
    assert (kept[0].status, kept[0].new, kept[0].error) == (500, 0, "answered 500")
    assert (kept[1].at, kept[1].new, kept[1].seconds) == (NOW + timedelta(hours=59), 1, 0.25)


def test_its_habit_and_its_hints_are_learnt(store: Store, feed: Feed) -> None:
    hints = FeedHints(600.0, (1, 2), (6,))
    poll(store, feed, NOW, articles=(article(1, NOW),), hints=hints)
    poll(store, feed, NOW + timedelta(hours=1), articles=(article(1, NOW),))
    known = poll(store, feed, NOW + timedelta(hours=2), articles=(article(2, NOW),))
    assert (known.habit.gap, known.habit.changed_at) == (7200.0, NOW + timedelta(hours=2))
    assert known.hints == hints
    assert FeedForFetch.of(known).habit == known.habit


def test_a_move_for_good_is_believed_once_it_has_held_for_a_week(store: Store, feed: Feed) -> None:
    for day in range(7):
        known = poll(store, feed, NOW + day * DAY, moved_to=NEW)
    assert (known.moved_to, known.moved_polls, known.adopted) == (NEW, 7, False)
    known = poll(store, feed, NOW + 7 * DAY, moved_to=NEW)
    assert known.adopted
    assert FeedForFetch.of(known).moved_to == NEW
    assert known.url == URL
    # Fetched from there it meets no redirect.
    assert poll(store, feed, NOW + 8 * DAY).adopted


def test_a_move_that_does_not_hold_is_forgotten(store: Store, feed: Feed) -> None:
    poll(store, feed, NOW, moved_to=NEW)
    assert poll(store, feed, NOW + DAY, status=304).moved_to == NEW
    assert poll(store, feed, NOW + 2 * DAY).moved_to is None
    poll(store, feed, NOW + 3 * DAY, moved_to=NEW)
    other = poll(store, feed, NOW + 12 * DAY, moved_to="https://third.example/rss")
    assert (other.moved_polls, other.moved_since) == (1, NOW + 12 * DAY)


def test_where_it_moved_fails_the_old_address_is_asked_again(store: Store, feed: Feed) -> None:
    for day in range(8):
        poll(store, feed, NOW + day * DAY, moved_to=NEW)
    for hour in range(2):
        known = poll(store, feed, NOW + 9 * DAY + hour * timedelta(hours=1), status=404, error="answered 404")
    assert known.adopted
    known = poll(store, feed, NOW + 10 * DAY, status=404, error="answered 404")
    assert (known.adopted, known.moved_to, known.failures) == (False, None, 3)


def test_a_feed_that_is_gone_is_switched_off_until_it_is_switched_on(store: Store, feed: Feed) -> None:
    known = poll(store, feed, NOW, status=410, error="answered 410 Gone", gone=True)
    assert (known.enabled, known.gone_at) == (False, NOW)
    known = store.switch_feed(str(feed.id), on=True)
    assert (known.enabled, known.gone_at) == (True, None)


def test_what_the_configuration_says_is_not_set_elsewhere(store: Store) -> None:
    store.declare_feeds([FeedDeclaration(URL, "Declared", every=3600.0)], NOW)
    assert store.feed("1").every == 3600.0
    with pytest.raises(UsageError, match="every and title there, under 'feeds:'"):
        store.set_feed("1", {"title": "Other", "every": 60.0})
    assert store.set_feed("1", {"folder": "Ports"}).folder == "Ports"
    store.declare_feeds([FeedDeclaration(URL, "Declared")], NOW)
    assert store.feed("1").every is None
