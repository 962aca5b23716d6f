from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from watchlist.delivery.backoff import LONGEST_WAIT, UNANSWERED_WAITS, is_worn_out, setback
from watchlist.errors import Blame, DeliveryError
from watchlist.model import Delivery, DeliveryStatus, Outage, Setback

NOW = datetime(2026, 1, 9, tzinfo=UTC)
WEEK = timedelta(days=7)
MINUTE = timedelta(minutes=1)


def delivery(**changes: Any) -> Delivery:
    values: dict[str, Any] = {
        "id": 1,
        "channel": "email",
        "alert_ids": (1,),
        "idempotency_key": "<1>",
        "status": DeliveryStatus.SENDING,
        "attempts": 1,
        "created_at": NOW,
        "next_attempt_at": NOW,
        "recipient": "desk@example.org",
    }
    return Delivery(**values | changes)


def error(blame: Blame = "message", **changes: Any) -> DeliveryError:
    return DeliveryError("email", "try later", blame=blame, **changes)


def outage(failures: int = 1, since: datetime = NOW, recipient: str = "") -> Outage:
    return Outage("email", recipient, since, failures, NOW, "no")


def after(failed: DeliveryError, *, now: datetime = NOW, **changes: Any) -> Setback:
    return setback(delivery(**changes), failed, now, WEEK)


def wait(attempts: int, failed: DeliveryError) -> timedelta:
    if failed.blame == "message":
        again = after(failed, attempts=attempts).retry_at
    else:
        recipient = "" if failed.blame == "channel" else "desk@example.org"
        known = (outage(attempts - 1, recipient=recipient),) if attempts > 1 else ()
        noted = after(failed, outages=known).outage
        again = noted and noted.next_try_at
    assert again is not None
    return again - NOW


@pytest.mark.parametrize("blame", ["channel", "recipient", "message"])
def test_waits_double_from_one_minute(blame: Blame) -> None:
    assert [wait(attempts, error(blame)) / MINUTE for attempts in (1, 2, 3, 4)] == [1, 2, 4, 8]


@pytest.mark.parametrize(("blame", "most"), [("channel", 15), ("recipient", 60), ("message", 60)])
@pytest.mark.parametrize("attempts", [10, 11, 60, 100_000])
def test_waits_are_bounded_and_a_silent_channel_is_asked_oftener(blame: Blame, most: int, attempts: int) -> None:
    assert wait(attempts, error(blame)) == most * MINUTE


@pytest.mark.parametrize("blame", ["channel", "recipient"])
def test_what_the_way_is_at_fault_for_leaves_the_delivery_due(blame: Blame) -> None:
    back = after(error(blame))
    assert (back.retry_at, back.suspect, back.first_failed_at) == (NOW, False, None)
    assert back.outage is not None
    assert back.outage.recipient == ("" if blame == "channel" else "desk@example.org")


def test_a_message_that_is_refused_waits_alone() -> None:
    back = after(error())
    assert (back.retry_at, back.suspect, back.outage, back.first_failed_at) == (NOW + MINUTE, True, None, NOW)


def test_an_outage_goes_on_from_the_one_that_is_known_of_the_same_way() -> None:
    known = (outage(3, NOW - 5 * MINUTE), outage(9, NOW - WEEK, "desk@example.org"))
    noted = after(error("channel"), outages=known).outage
    assert noted is not None
    assert (noted.failures, noted.since) == (4, NOW - 5 * MINUTE)


def test_nothing_is_parked_before_it_failed_for_the_set_time() -> None:
    first = NOW - WEEK
    assert after(error(), attempts=500, first_failed_at=first + MINUTE).retry_at is not None
    assert after(error(), attempts=2, first_failed_at=first).retry_at is None
    # However long it waited before: as while the program did not run.
    assert after(error(), created_at=NOW - 5 * WEEK, waiting_since=NOW - 5 * WEEK).retry_at is not None


def test_an_outage_parks_what_it_held_up_for_the_set_time() -> None:
    old = {"created_at": NOW - WEEK, "waiting_since": NOW - WEEK}
    assert after(error("channel"), **old).retry_at is not None
    fresh = after(error("channel"), outages=(outage(9, NOW - WEEK),), created_at=NOW - MINUTE)
    assert (fresh.retry_at, fresh.park_before) == (NOW, NOW - WEEK)
    back = after(error("channel"), outages=(outage(9, NOW - WEEK),), **old)
    assert (back.retry_at, back.park_before) == (None, NOW - WEEK)


def test_what_no_later_try_can_mend_is_parked_at_once() -> None:
    assert after(error(permanent=True)).retry_at is None


def test_a_message_handed_over_without_an_answer_is_not_sent_many_times() -> None:
    """Each further try may be a copy more."""
    failed = error(unanswered=True)
    waits = []
    for before in range(len(UNANSWERED_WAITS)):
        back = after(failed, unanswered=before, attempts=before + 1)
        assert back.retry_at is not None
        waits.append(back.retry_at - NOW)
    assert tuple(waits) == UNANSWERED_WAITS
    assert after(failed, unanswered=len(UNANSWERED_WAITS)).retry_at is None


def test_times_to_come_are_from_a_clock_that_was_wrong() -> None:
    year = timedelta(days=365)
    assert after(error(), first_failed_at=NOW + year).first_failed_at == NOW
    noted = after(error("channel"), outages=(outage(2, NOW + year),)).outage
    assert noted is not None
    assert noted.since == NOW


def test_tries_without_a_record_come_to_an_end_too() -> None:
    assert not is_worn_out(delivery(attempts=100), NOW, WEEK)
    assert not is_worn_out(delivery(attempts=100, first_failed_at=NOW - WEEK), NOW, WEEK)
    assert is_worn_out(delivery(attempts=100, first_failed_at=NOW - 2 * WEEK), NOW, WEEK)
    # Each may have been a copy more.
    assert not is_worn_out(delivery(attempts=9, unanswered=9, first_failed_at=NOW), NOW, WEEK)
    assert is_worn_out(delivery(attempts=11, unanswered=10, first_failed_at=NOW), NOW, WEEK)


@pytest.mark.parametrize(
    ("retry_after", "expected"),
    [
        (300.0, timedelta(minutes=5)),
        (1.0, timedelta(minutes=1)),
        (10.0**12, LONGEST_WAIT),
        (float("inf"), LONGEST_WAIT),
        (float("nan"), timedelta(minutes=1)),
        (-5.0, timedelta(minutes=1)),
    ],
)
@pytest.mark.parametrize("blame", ["channel", "recipient", "message"])
def test_wish_of_the_peer_makes_the_wait_longer_within_bounds(
    retry_after: float, expected: timedelta, blame: Blame
) -> None:
    assert wait(1, error(blame, retry_after=retry_after)) == expected
