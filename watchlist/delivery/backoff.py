"""When to try a failed delivery again. Pure."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from watchlist.errors import DeliveryError

#: The wait after the first failed try; it doubles with each further one.
FIRST_WAIT = timedelta(minutes=1)
#: The longest wait, also for a peer that asks for more.
LONGEST_WAIT = timedelta(hours=6)


def retry_at(attempts: int, max_attempts: int, now: datetime, error: DeliveryError) -> datetime | None:
    """When to try again after ``attempts`` tries, the last of which failed with ``error``; None means give up.

    Given up are a permanent error and a message whose tries are used up. A peer's wish (``retry_after``, in seconds)
    can make the wait longer, up to `LONGEST_WAIT`, but never shorter: obeying a hasty peer would use up the tries
    within minutes. Twelve tries span about twenty hours.
    """
    if error.permanent or attempts >= max_attempts:
        return None
    return now + max(_own_wait(attempts), _wish(error.retry_after))


def _own_wait(attempts: int) -> timedelta:
    # Past ten doublings the bound holds anyway; without the cap a large count would overflow.
    doublings = min(max(attempts - 1, 0), 10)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def _wish(retry_after: float | None) -> timedelta:
    if retry_after is None or math.isnan(retry_after) or retry_after <= 0:
        return timedelta(0)
    return timedelta(seconds=min(retry_after, LONGEST_WAIT.total_seconds()))
