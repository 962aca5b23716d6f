"""When the same request is made again at once, and what a server wishes that wants patience."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

import tenacity

from watchlist.http.failures import Failure, HttpError
from watchlist.http.limits import Limits

T = TypeVar("T")

_TOO_MANY_REQUESTS = 429


@dataclass(frozen=True, slots=True)
class Tries:
    """How often something is tried in a row; times in seconds."""

    attempts: int
    #: The wait before the second try; it doubles for each further one.
    backoff: float
    #: A server that asks for a longer wait than this is not waited for.
    longest_wait: float


def retry_after(wish: str | None, date: str | None, now: datetime | None) -> float | None:
    """Seconds that a server asks to wait by its Retry-After (RFC 9110, 10.2.3: a number, or a date); never below zero.

    A date is read against the answer's own ``date``, so that no clock need be right; against ``now`` where it has none.
    None where nothing can be made of it.
    """
    text = (wish or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    until = _date(text)
    since = _date(date or "") or now
    return None if until is None or since is None else max(0.0, (until - since).total_seconds())


def may_pass(error: HttpError) -> bool:
    """Whether what failed may be well again in a moment: the network, and answers that say so (429, 5xx)."""
    if error.kind is Failure.STATUS:
        return error.status is not None and (error.status == _TOO_MANY_REQUESTS or error.status >= 500)
    return error.kind is Failure.CONNECTION


def retrying(attempt: Callable[[], T], tries: Tries, limits: Limits) -> T:
    """What ``attempt`` gives, tried again while its HttpError may pass and there is time for the wait before it."""

    def is_worth_it(error: BaseException) -> bool:
        return isinstance(error, HttpError) and may_pass(error) and (error.retry_after or 0.0) <= tries.longest_wait

    def wait(state: tenacity.RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, HttpError) and error.retry_after is not None:
            return error.retry_after
        spread = random.uniform(1.0, 1.25)  # noqa: S311  # spreads load, guards no secret
        return float(tries.backoff * 2 ** (state.attempt_number - 1) * spread)

    def is_enough(state: tenacity.RetryCallState) -> bool:
        return state.attempt_number >= tries.attempts or state.upcoming_sleep >= limits.left

    retries = tenacity.Retrying(
        stop=is_enough,
        retry=tenacity.retry_if_exception(is_worth_it),
        wait=wait,
        sleep=time.sleep,
        reraise=True,
    )
    return retries(attempt)


def _date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError):
        return None
    # HTTP dates are in GMT; a naive one has only left that out.
    return date if date.tzinfo else date.replace(tzinfo=UTC)
