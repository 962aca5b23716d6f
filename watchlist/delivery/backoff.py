"""What becomes of a delivery that was not taken: tried again when, or parked. Pure.

What a failure is laid to decides what waits. Where the channel or the recipient takes nothing, it is their outage that
waits: one delivery probes, the others stay due and go as soon as one is taken. Where it is the message, that message
waits alone. Nothing is parked before it failed for a set time, but what no later try can mend.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from watchlist.errors import Blame, DeliveryError
from watchlist.model import Delivery, Outage, Setback

#: The wait after the first failed try; it doubles with each further one.
FIRST_WAIT = timedelta(minutes=1)
#: The longest wait of our own. A channel that does not answer is asked often: an outage may end at any time, and asking
#: costs a connection. What was refused is more likely to be refused again.
MOST_WAITS: Mapping[Blame, timedelta] = MappingProxyType(
    {"channel": timedelta(minutes=15), "recipient": timedelta(hours=1), "message": timedelta(hours=1)}
)
#: The longest wait for a peer that asks for more. No due time lies further ahead than this.
LONGEST_WAIT = timedelta(hours=6)
#: The waits after a message was handed over without an answer, and then it is parked: each try may be a copy more.
UNANSWERED_WAITS = (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))


#: So many tries without an answer, or without an end on record, and a message is parked in any case.
MOST_UNENDED = 10


def setback(delivery: Delivery, error: DeliveryError, now: datetime, retry_for: timedelta) -> Setback:
    """What becomes of a claimed delivery that failed with ``error``; ``retry_for`` is how long it may keep failing.

    A peer's wish (``retry_after``, in seconds) can make a wait longer, up to `LONGEST_WAIT`, but never shorter.
    """
    if error.permanent:
        return Setback(str(error), None, _first(delivery, now), suspect=True, unanswered=delivery.unanswered)
    if error.blame == "message":
        return _own(delivery, error, now, retry_for)
    recipient = "" if error.blame == "channel" else delivery.recipient or ""
    known = next((each for each in delivery.outages if each.recipient == recipient), None)
    failures = known.failures + 1 if known is not None else 1
    # A time to come is from a clock that was wrong.
    since = min(known.since, now) if known is not None else now
    outage = Outage(
        channel=delivery.channel,
        recipient=recipient,
        since=since,
        failures=failures,
        next_try_at=now + _wait(failures, error),
        error=str(error),
    )
    latest = now - retry_for
    waiting_since = max(delivery.waiting_since or delivery.created_at, since)
    return Setback(
        error=str(error),
        retry_at=None if waiting_since <= latest else now,
        first_failed_at=delivery.first_failed_at,
        suspect=delivery.suspect,
        unanswered=delivery.unanswered,
        outage=outage,
        park_before=latest if since <= latest else None,
    )


def _own(delivery: Delivery, error: DeliveryError, now: datetime, retry_for: timedelta) -> Setback:
    first = _first(delivery, now)
    unanswered = delivery.unanswered + error.unanswered
    wait = _wait(delivery.attempts, error)
    over = now - first >= retry_for
    if error.unanswered:
        over = over or unanswered > len(UNANSWERED_WAITS)
        wait = UNANSWERED_WAITS[min(unanswered, len(UNANSWERED_WAITS)) - 1]
    return Setback(
        error=str(error),
        retry_at=None if over else now + wait,
        first_failed_at=first,
        suspect=True,
        unanswered=unanswered,
        split=delivery.folded > 0 and not error.unanswered and not over,
    )


def is_worn_out(delivery: Delivery, now: datetime, retry_for: timedelta) -> bool:
    """Whether tries without a record, as of a sender that is killed each time, must end.

    It is for so long that they fail, or so many of them: each may have been a copy more.
    """
    first = delivery.first_failed_at
    if first is None or delivery.attempts <= 1:
        return False
    return delivery.unanswered >= MOST_UNENDED or now - first > retry_for + LONGEST_WAIT


def _first(delivery: Delivery, now: datetime) -> datetime:
    return min(delivery.first_failed_at or now, now)


def _wait(failures: int, error: DeliveryError) -> timedelta:
    # Past ten doublings the bound holds anyway; without the cap a large count would overflow.
    doublings = min(max(failures - 1, 0), 10)
    return max(min(FIRST_WAIT * (1 << doublings), MOST_WAITS[error.blame]), _wish(error.retry_after))


def _wish(retry_after: float | None) -> timedelta:
    if retry_after is None or math.isnan(retry_after) or retry_after <= 0:
        return timedelta(0)
    return timedelta(seconds=min(retry_after, LONGEST_WAIT.total_seconds()))
