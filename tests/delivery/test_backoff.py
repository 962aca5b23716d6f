from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from watchlist.delivery.backoff import LONGEST_WAIT, retry_at
from watchlist.errors import DeliveryError

NOW = datetime(2026, 1, 2, tzinfo=UTC)
PASSING = DeliveryError("email", "try later")


def wait(attempts: int, error: DeliveryError = PASSING, max_attempts: int = 10**9) -> timedelta:
    again = retry_at(attempts, max_attempts, NOW, error)
    assert again is not None
    return again - NOW


def test_waits_double_from_one_minute() -> None:
    assert [wait(attempts) / timedelta(minutes=1) for attempts in (1, 2, 3, 4)] == [1, 2, 4, 8]


@pytest.mark.parametrize("attempts", [10, 11, 60, 100_000])
def test_waits_are_bounded(attempts: int) -> None:
    assert wait(attempts) == LONGEST_WAIT


def test_waits_never_shrink() -> None:
    waits = [wait(attempts) for attempts in range(1, 40)]
    assert waits == sorted(waits)


def test_permanent_error_is_given_up_at_once() -> None:
    assert retry_at(1, 12, NOW, DeliveryError("email", "no such user", permanent=True)) is None


def test_used_up_tries_are_given_up() -> None:
    assert retry_at(11, 12, NOW, PASSING) is not None
    assert retry_at(12, 12, NOW, PASSING) is None
    assert retry_at(13, 12, NOW, PASSING) is None


def test_default_number_of_tries_rides_out_a_night() -> None:
    total = sum((wait(attempts) for attempts in range(1, 12)), timedelta())
    assert timedelta(hours=18) < total < timedelta(hours=24)


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
def test_wish_of_the_peer_makes_the_wait_longer_within_bounds(retry_after: float, expected: timedelta) -> None:
    assert wait(1, DeliveryError("chat", "slow down", retry_after=retry_after)) == expected
