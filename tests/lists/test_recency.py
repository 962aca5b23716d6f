"""Whether a file may follow the state that is held."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from watchlist.errors import SnapshotRejectedError
from watchlist.lists.recency import FLAPPING, Arrival, check_order, is_flapping, went_back
from watchlist.model import Declared, Snapshot, WatchedList

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
HELD = Snapshot("un_sc_sanctions", "2026-02-20", NOW - 9 * DAY, NOW - 8 * DAY, "b" * 64, 1000, 2000, form="un_xml")
FORMER = replace(HELD, version="x", published_at=None, fetched_at=NOW - 20 * DAY, sha256="a" * 64)


def arrival(days: float | None, form: str = "un_xml", *, by_hand: bool = False) -> Arrival:
    """A file that was published so many days ago."""
    published = None if days is None else NOW - days * DAY
    return Arrival("un_sc_sanctions", form, "a" * 64, published, by_hand=by_hand)


@pytest.mark.parametrize("days", [None, 9, 8.9, 0, -1])
def test_a_newer_file_one_of_the_same_time_and_one_without_a_day_may_follow(days: float | None) -> None:
    check_order(HELD, arrival(days), None, NOW)


def test_an_older_one_may_not_and_is_told_with_both_days() -> None:
    with pytest.raises(SnapshotRejectedError) as caught:
        check_order(HELD, arrival(100), None, NOW)
    assert caught.value.reason == (
        "it is of 2025-11-21, older than the one that is held, of 2026-02-20: the server or mirror lags behind, and the"
        " newer one stays in force; 'watchlist lists sync un_sc_sanctions --accept' takes the older one all the same"
    )
    assert went_back(str(caught.value))


def test_of_one_day_the_times_are_told() -> None:
    with pytest.raises(
        SnapshotRejectedError, match=r"it is of 2026-02-20 11:59:59, older than .*, of 2026-02-20 12:00:00"
    ):
        check_order(HELD, arrival(9 + 1 / 86400), None, NOW)


def test_one_that_was_given_by_hand_is_told_otherwise_and_is_no_flapping() -> None:
    with pytest.raises(SnapshotRejectedError) as caught:
        check_order(HELD, arrival(100, by_hand=True), None, NOW)
    assert caught.value.reason.endswith("of 2026-02-20; --accept takes it all the same")
    assert not went_back(str(caught.value))


def test_of_another_form_it_is_older_only_by_more_than_forms_differ() -> None:
    check_order(HELD, arrival(30, "generic_csv"), None, NOW)
    with pytest.raises(SnapshotRejectedError, match="older than the one that is held"):
        check_order(HELD, arrival(41, "generic_csv"), None, NOW)


@pytest.mark.parametrize("held", [None, replace(HELD, published_at=None), replace(HELD, published_at=NOW + 400 * DAY)])
def test_where_no_day_can_be_believed_none_is_compared(held: Snapshot | None) -> None:
    check_order(held, arrival(100), None, NOW)


@pytest.mark.parametrize("days", [None, 9])
def test_a_former_state_may_not_come_again_where_the_day_does_not_decide(days: float | None) -> None:
    with pytest.raises(SnapshotRejectedError) as caught:
        check_order(HELD, arrival(days), FORMER, NOW)
    assert "it is the state of 2026-02-09 12:00 UTC again" in caught.value.reason
    assert "goes back and forth, and the newer one stays in force" in caught.value.reason


def test_but_where_it_is_newer_by_its_day_it_may() -> None:
    check_order(HELD, arrival(8), FORMER, NOW)


def test_a_list_flaps_for_a_day_after_the_last_file_that_went_back() -> None:
    error = "un_sc_sanctions: snapshot refused: ...: the server or mirror lags behind, and the newer one stays in force"
    watched = WatchedList(
        *("un_sc_sanctions", "UN", Declared.CONFIG),
        enabled=True,
        refresh=True,
        own=False,
        last_error=error,
        last_error_at=NOW,
    )
    assert is_flapping(watched, NOW + FLAPPING - timedelta(seconds=1))
    assert not is_flapping(watched, NOW + FLAPPING)
    assert not is_flapping(replace(watched, last_error="un_sc_sanctions: the server answered 500"), NOW)
    assert not is_flapping(replace(watched, last_error=None), NOW)
