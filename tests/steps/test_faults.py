from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from watchlist.model import Declared, Feed, Habit, WatchedList
from watchlist.steps.faults import feed_faults, list_faults

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
AGE = timedelta(days=3)
GOOD = WatchedList(
    "us_ofac_sdn",
    "SDN",
    Declared.CONFIG,
    enabled=True,
    refresh=True,
    own=False,
    entity_count=9,
    last_checked_at=NOW,
    last_good_at=NOW,
)
FEED = Feed(7, "https://news.example/feed", None, Declared.USER, enabled=True)


def lasting(faults):
    return [(fault.subject, fault.lasting) for fault in faults]


def test_a_list_in_sync_is_no_fault():
    assert list(list_faults([GOOD], AGE, NOW)) == []


@pytest.mark.parametrize(
    ("state", "fault"),
    [
        ({"last_good_at": NOW - timedelta(days=4)}, True),
        ({"last_error": "us_ofac_sdn: answered 503"}, False),
        ({"last_error": "us_ofac_sdn: answered 503", "last_good_at": NOW - timedelta(days=4)}, True),
        ({"entity_count": 0, "last_good_at": None}, False),
    ],
)
def test_a_list_that_fails_is_a_fault_and_a_stale_one_a_lasting_one(state, fault):
    assert lasting(list_faults([replace(GOOD, **state)], AGE, NOW)) == [("list us_ofac_sdn", fault)]


@pytest.mark.parametrize("state", [{"enabled": False}, {"refresh": False}])
def test_a_list_that_is_not_to_be_kept_in_sync_is_never_stale(state):
    assert list(list_faults([replace(GOOD, last_good_at=NOW - timedelta(days=400), **state)], AGE, NOW)) == []


@pytest.mark.parametrize(("failures", "fault"), [(1, False), (3, True)])
def test_a_feed_that_fails_again_and_again_is_a_lasting_fault(failures, fault):
    feed = replace(FEED, last_error="host name not found", failures=failures)
    assert lasting(feed_faults([feed, FEED, replace(feed, enabled=False)], NOW)) == [("feed 7", fault)]


def test_a_feed_that_is_silent_for_much_longer_than_its_habit_is_a_lasting_fault() -> None:
    usual = Habit(NOW - timedelta(days=8), 3600.0)
    seldom = Habit(NOW - timedelta(days=8), 4 * 86400.0)
    feeds = [replace(FEED, id=1, habit=usual), replace(FEED, id=2, habit=seldom), replace(FEED, id=3)]
    (fault,) = feed_faults(feeds, NOW)
    assert fault.lasting
    assert "silent for 8 days; as a rule it brings something new about every 60 min" in fault.text


def test_a_feed_that_is_gone_for_good_is_a_lasting_fault_although_it_is_off() -> None:
    (fault,) = feed_faults([replace(FEED, enabled=False, gone_at=NOW)], NOW)
    assert fault.lasting
    assert "410" in fault.text
