"""When a list is checked next, and when it is stale."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlist.lists.schedule import RETRY_AFTER, is_due, is_stale, next_check
from watchlist.model import Declared, WatchedList

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
INTERVAL = timedelta(hours=4)
GOOD = WatchedList(
    id="us_ofac_sdn",
    title="SDN",
    declared=Declared.CONFIG,
    enabled=True,
    refresh=True,
    own=False,
    last_checked_at=NOW,
    last_good_at=NOW,
)


def test_a_list_is_due_within_its_interval_and_sooner_after_a_failure() -> None:
    assert not is_due(GOOD, INTERVAL, NOW + timedelta(hours=3))
    assert is_due(GOOD, INTERVAL, NOW + INTERVAL)
    failed = replace(GOOD, last_error="answered 503", last_good_at=NOW - INTERVAL)
    assert is_due(failed, INTERVAL, NOW + RETRY_AFTER)
    assert not is_due(replace(failed, last_good_at=NOW), INTERVAL, NOW + RETRY_AFTER)
    # A clock that was put back must not stop a list for ever.
    assert is_due(replace(GOOD, last_checked_at=NOW + timedelta(days=99)), INTERVAL, NOW)


def test_the_interval_of_its_own_goes_first() -> None:
    daily = replace(GOOD, every=86400.0)
    assert not is_due(daily, INTERVAL, NOW + timedelta(hours=20))
    assert is_due(daily, INTERVAL, NOW + timedelta(hours=24))


@pytest.mark.parametrize("never", [{"enabled": False}, {"refresh": False}])
def test_one_that_is_never_synced_is_neither_due_nor_stale(never: dict[str, bool]) -> None:
    unwatched = replace(GOOD, **never)
    later = NOW + timedelta(days=99)
    assert next_check(unwatched, INTERVAL) is None
    assert not is_due(unwatched, INTERVAL, later)
    assert not is_stale(unwatched, INTERVAL, later)


def test_one_that_was_not_checked_yet_is_due_and_not_stale() -> None:
    unchecked = replace(GOOD, last_checked_at=None, last_good_at=None)
    assert is_due(unchecked, INTERVAL, NOW)
    assert not is_stale(unchecked, INTERVAL, NOW + timedelta(days=99))


def test_a_list_is_stale_once_the_last_good_check_is_too_long_ago() -> None:
    assert not is_stale(GOOD, INTERVAL, NOW + INTERVAL)
    assert is_stale(GOOD, INTERVAL, NOW + INTERVAL + timedelta(seconds=1))


@given(st.text(min_size=1, max_size=20), st.integers(0, 30 * 24), st.booleans())
def test_the_wait_is_never_longer_than_the_interval_and_the_same_every_time(id: str, hours: int, failed: bool) -> None:
    known = replace(
        GOOD, id=id, last_good_at=NOW - timedelta(hours=hours), last_error="answered 503" if failed else None
    )
    due = next_check(known, INTERVAL)
    assert due is not None
    assert 0.9 * min(INTERVAL, RETRY_AFTER) <= due - NOW <= INTERVAL
    assert due == next_check(known, INTERVAL)
    assert is_due(known, INTERVAL, due)
