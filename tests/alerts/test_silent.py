"""Which feeds brought nothing in a period, and why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from watchlist.alerts.silent import silent_feeds
from watchlist.model import Declared, Feed, FeedNews, Habit

SINCE = datetime(2026, 3, 2, tzinfo=UTC)
DAY = timedelta(days=1)
UNTIL = SINCE + 7 * DAY


def feed(title: str = "Bay News", changed_at: datetime | None = None, **changes: Any) -> Feed:
    values = {"enabled": True, "last_checked_at": UNTIL, **changes}
    return Feed(1, "https://x.example", title, Declared.CONFIG, habit=Habit(changed_at, 3600.0), **values)


@pytest.mark.parametrize(
    ("of", "news", "silent"),
    [
        (feed(changed_at=SINCE - DAY), FeedNews(SINCE - 9 * DAY, False, SINCE - DAY), True),
        (feed(changed_at=SINCE + DAY), FeedNews(SINCE - 9 * DAY, True, SINCE + DAY), False),
        # It was silent then, and is not any more: only what was stored tells.
        (feed(changed_at=UNTIL + DAY), FeedNews(SINCE - 9 * DAY, False, SINCE - DAY), True),
        (feed(changed_at=UNTIL + DAY), FeedNews(SINCE - 9 * DAY, True, SINCE + DAY), False),
        # Its articles were removed altogether; its habit tells.
        (feed(changed_at=SINCE + DAY), None, False),
        (feed(), None, True),
        (feed(enabled=False), None, False),
        # It was not there yet.
        (feed(changed_at=UNTIL + DAY), FeedNews(UNTIL + DAY, False, None), False),
        (feed(changed_at=UNTIL), FeedNews(UNTIL, False, None), False),
    ],
)
def test_a_feed_that_brought_nothing_is_silent(of: Feed, news: FeedNews | None, silent: bool) -> None:
    found = silent_feeds([of], {} if news is None else {1: news}, SINCE, UNTIL)
    assert [each.name for each in found] == (["Bay News"] if silent else [])


@pytest.mark.parametrize(
    ("of", "why"),
    [
        (feed(last_checked_at=None), "it was never asked"),
        (feed(last_error="answered 503"), "it cannot be read: answered 503"),
        (feed(), "it is read, and never had an article"),
        (feed(changed_at=SINCE - DAY), "it is read, and has nothing new"),
    ],
)
def test_why_is_said_as_far_as_it_is_known(of: Feed, why: str) -> None:
    (found,) = silent_feeds([of], {}, SINCE, UNTIL)
    assert (found.why, found.usual_gap) == (why, 3600.0)


def test_those_that_were_silent_longest_come_first() -> None:
    feeds = [feed("b", SINCE - DAY), feed("a", SINCE - 2 * DAY), feed("never")]
    found = silent_feeds(feeds, {}, SINCE, UNTIL)
    assert [(each.name, each.last_new) for each in found] == [
        ("never", None),
        ("a", SINCE - 2 * DAY),
        ("b", SINCE - DAY),
    ]
