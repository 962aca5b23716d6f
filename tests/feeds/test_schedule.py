from __future__ import annotations

from datetime import timedelta

import pytest

from watchlist.feeds.schedule import LONGEST_BACKOFF, LONGEST_RETRY_AFTER, is_due, next_check
from watchlist.model import Declared, Feed

QUARTER = 900.0


def wait(now, failures=0, retry_after=None, interval=QUARTER, key="feed") -> float:
    return (next_check(now, interval, failures, retry_after, key) - now).total_seconds()


def test_a_cron_line_of_the_same_interval_finds_every_feed_due(now):
    waits = [wait(now, key=str(number)) for number in range(200)]

    assert 0.85 * QUARTER <= min(waits) < 0.87 * QUARTER
    assert 0.93 * QUARTER < max(waits) <= 0.95 * QUARTER


def test_the_same_feed_waits_the_same_time(now):
    assert wait(now) == wait(now)
    assert wait(now, key="a") != wait(now, key="b")


def test_the_wait_doubles_with_each_failure_after_the_first(now):
    assert wait(now, 1) == wait(now, 0)
    assert wait(now, 2) == pytest.approx(2 * wait(now, 0))
    assert wait(now, 4) == pytest.approx(8 * wait(now, 0))


@pytest.mark.parametrize("failures", [6, 30, 10_000])
def test_a_feed_is_never_given_up(now, failures):
    assert wait(now, failures) <= LONGEST_BACKOFF.total_seconds()


def test_back_off_is_never_shorter_than_a_long_interval(now):
    day = 86400.0
    assert wait(now, 5, interval=day) == wait(now, 0, interval=day)


def test_the_servers_wish_is_waited_in_full(now):
    assert wait(now, 1, 7200) >= 7200
    assert wait(now, 1, 7200) <= 7200 * 1.1


def test_a_short_wish_does_not_shorten_the_wait(now):
    assert wait(now, 1, 5) == wait(now, 1)
    assert wait(now, 1, 0) == wait(now, 1)


def test_an_absurd_wish_is_bounded(now):
    assert wait(now, 1, 1e300) <= LONGEST_RETRY_AFTER.total_seconds() * 1.1


def feed(**state) -> Feed:
    return Feed(**{"id": 1, "url": "u", "title": None, "declared": Declared.USER, "enabled": True, **state})


def test_what_is_due(now):
    hour = timedelta(hours=1)

    assert is_due(feed(), now)
    assert is_due(feed(next_check_at=now), now)
    assert is_due(feed(next_check_at=now - hour), now)
    assert not is_due(feed(next_check_at=now + hour), now)
    assert not is_due(feed(next_check_at=now + hour, last_checked_at=now - hour), now)
    assert not is_due(feed(enabled=False), now)


def test_a_feed_checked_under_a_wrong_clock_is_due(now):
    year = timedelta(days=365)
    assert is_due(feed(last_checked_at=now + year, next_check_at=now + year), now)
