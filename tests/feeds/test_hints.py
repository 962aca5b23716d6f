from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from watchlist.feeds.hints import read_hints
from watchlist.feeds.schedule import LONGEST_PAUSE, after_failed_poll, after_good_poll
from watchlist.model import NO_HINTS, FeedForFetch, FeedHints, Habit

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)  # a Monday
FEED = FeedForFetch(1, "https://news.example/rss")


@pytest.mark.parametrize(
    ("head", "hints"),
    [
        ("<ttl>45</ttl>", FeedHints(2700.0)),
        ("<ttl>soon</ttl>", NO_HINTS),
        (
            "<sy:updatePeriod> hourly </sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>",
            FeedHints(1800.0),
        ),
        ("<syn:updatePeriod>daily</syn:updatePeriod>", FeedHints(86400.0)),
        ("<sy:updatePeriod>fortnightly</sy:updatePeriod>", NO_HINTS),
        ("<skipHours><hour>0</hour><hour>24</hour><hour>5</hour></skipHours>", FeedHints(None, (0, 5))),
        ("<skipDays><day>Saturday</day><day>sunday</day><day>Noday</day></skipDays>", FeedHints(None, (), (5, 6))),
        ("<item><ttl>45</ttl></item>", NO_HINTS),
    ],
)
def test_what_a_document_says(head: str, hints: FeedHints) -> None:
    assert read_hints(f"<rss><channel>{head}<item/></channel></rss>") == hints


def wait(hints: FeedHints = NO_HINTS, habit: Habit | None = None, every: float | None = None) -> float:
    feed = FeedForFetch(1, FEED.url, habit=habit or Habit(), every=every)
    return (after_good_poll(feed, 900.0, hints, NOW).at - NOW).total_seconds()


def test_a_feed_without_habit_and_hints_is_asked_as_set() -> None:
    assert 0.85 * 900 <= wait() <= 0.95 * 900
    assert 0.85 * 60 <= wait(every=60.0) <= 0.95 * 60


def test_one_that_changes_seldom_is_asked_seldom_but_not_less_than_every_few_hours() -> None:
    seldom = Habit(NOW - timedelta(hours=1), 4 * 3600.0)
    assert 0.85 * 7200 <= wait(habit=seldom) <= 0.95 * 7200
    silent = Habit(NOW - timedelta(days=90), 60.0)
    assert wait(habit=silent) <= LONGEST_PAUSE.total_seconds()
    busy = Habit(NOW - timedelta(minutes=1), 120.0)
    assert wait(habit=busy) == wait()


def test_hints_are_kept_to_within_bounds() -> None:
    assert 0.85 * 3600 <= wait(FeedHints(3600.0)) <= 0.95 * 3600
    assert wait(FeedHints(5.0)) == wait()
    assert wait(FeedHints(30 * 86400.0)) <= LONGEST_PAUSE.total_seconds()


def test_hours_and_days_without_news_are_left_out_within_bounds() -> None:
    at = after_good_poll(FEED, 900.0, FeedHints(skip_hours=(10, 11)), NOW).at
    assert at == NOW.replace(hour=12)
    whole_day = after_good_poll(FEED, 900.0, FeedHints(skip_days=(0,)), NOW).at
    assert whole_day == NOW + LONGEST_PAUSE


def test_the_reason_is_told() -> None:
    assert after_good_poll(FEED, 900.0, NO_HINTS, NOW).reason == "every 15 min, as set"
    assert "asks to be left alone for 2 h" in after_good_poll(FEED, 900.0, FeedHints(7200.0), NOW).reason
    seldom = FeedForFetch(1, FEED.url, habit=Habit(NOW, 10800.0))
    assert after_good_poll(seldom, 900.0, NO_HINTS, NOW).reason == "it brings something new about every 3 h"
    assert "asks to wait 2 min" in after_failed_poll(FEED, 900.0, 120.0, NOW).reason
    assert "3 times in a row" in after_failed_poll(FeedForFetch(1, FEED.url, failures=2), 900.0, None, NOW).reason


def test_a_habit_is_learnt_from_when_something_new_came() -> None:
    habit = Habit().after(True, NOW)
    assert habit == Habit(NOW, None)
    assert habit.after(False, NOW + timedelta(hours=1)) == habit
    habit = habit.after(True, NOW + timedelta(hours=2))
    assert habit == Habit(NOW + timedelta(hours=2), 7200.0)
    quicker = habit.after(True, NOW + timedelta(hours=2, minutes=10))
    assert quicker.gap is not None
    assert 600 < quicker.gap < 7200
    assert habit.after(True, NOW).gap == 7200.0, "a clock that went back teaches nothing"
