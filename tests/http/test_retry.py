"""When a request is made again, and how a server's wish is read."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from watchlist.http.failures import Failure, HttpError
from watchlist.http.limits import Limits
from watchlist.http.retry import Tries, may_pass, retry_after, retrying

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
TRIES = Tries(attempts=3, backoff=0.01, longest_wait=60.0)


@pytest.mark.parametrize(
    ("wish", "date", "now", "seconds"),
    [
        ("120", None, None, 120),
        (" 120 ", None, NOW, 120),
        ("9" * 400, None, NOW, 999_999_999),
        ("-5", None, NOW, None),
        ("soon", None, NOW, None),
        ("", None, NOW, None),
        (None, None, NOW, None),
        ("Sun, 01 Mar 2026 12:10:00 GMT", None, NOW, 600),
        ("Sun, 01 Mar 2026 12:10:00", None, NOW, 600),
        ("Sun, 01 Feb 2026 10:00:00 GMT", None, NOW, 0),
        # The server's own clock goes before ours, and does without it.
        ("Tue, 01 Jan 2030 01:00:00 GMT", "Tue, 01 Jan 2030 00:00:00 GMT", NOW, 3600),
        ("Tue, 01 Jan 2030 01:00:00 GMT", "Tue, 01 Jan 2030 00:00:00 GMT", None, 3600),
        ("Sun, 01 Mar 2026 12:10:00 GMT", "no date", NOW, 600),
        ("Sun, 01 Mar 2026 12:10:00 GMT", None, None, None),
    ],
)
def test_retry_after(wish: str | None, date: str | None, now: datetime | None, seconds: float | None) -> None:
    assert retry_after(wish, date, now) == seconds


def status(code: int, wait: float | None = None) -> HttpError:
    return HttpError(Failure.STATUS, f"answered {code}", status=code, retry_after=wait)


BROKEN = HttpError(Failure.CONNECTION, "the server broke off the connection")


@pytest.mark.parametrize(
    ("error", "passing"),
    [
        (status(429), True),
        (status(500), True),
        (status(503), True),
        (status(404), False),
        (status(403), False),
        (BROKEN, True),
        (HttpError(Failure.LATE, "late"), False),
        (HttpError(Failure.REFUSED, "refused"), False),
        (HttpError(Failure.REDIRECT, "loop", status=302), False),
        (HttpError(Failure.BODY, "damaged", status=200), False),
    ],
)
def test_what_may_be_well_again_in_a_moment(error: HttpError, passing: bool) -> None:
    assert may_pass(error) is passing


def attempts(*errors: HttpError) -> tuple[Callable[[], str], list[HttpError]]:
    """Something that fails so, one after another, and then works; the failures so far."""
    waiting, met = list(errors), []

    def attempt() -> str:
        if waiting:
            met.append(waiting.pop(0))
            raise met[-1]
        return "done"

    return attempt, met


def test_a_passing_failure_is_tried_again() -> None:
    attempt, met = attempts(BROKEN, status(503))
    assert retrying(attempt, TRIES, Limits.starting_now(60.0)) == "done"
    assert len(met) == 2


@pytest.mark.parametrize(
    ("errors", "seconds", "tries"),
    [
        ((status(404),), 60.0, 1),
        ((status(503),) * 5, 60.0, 3),
        # It asks for more than is granted, or than there is time for.
        ((status(429, 61.0),) * 5, 600.0, 1),
        ((status(429, 50.0),) * 5, 40.0, 1),
    ],
)
def test_the_last_failure_is_raised(errors: tuple[HttpError, ...], seconds: float, tries: int) -> None:
    attempt, met = attempts(*errors)
    with pytest.raises(HttpError) as caught:
        retrying(attempt, TRIES, Limits.starting_now(seconds))
    assert caught.value is met[-1]
    assert len(met) == tries


def test_other_errors_are_not_tried_again() -> None:
    def attempt() -> str:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        retrying(attempt, TRIES, Limits.starting_now(60.0))


@pytest.mark.parametrize(("error", "least"), [(status(429, 0.3), 0.3), (BROKEN, 0.2)])
def test_the_wait_is_the_servers_wish_or_our_own(error: HttpError, least: float) -> None:
    attempt, _ = attempts(error)
    started = time.monotonic()
    retrying(attempt, Tries(2, 0.2, 60.0), Limits.starting_now(60.0))
    assert time.monotonic() - started >= least
