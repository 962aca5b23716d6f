"""When a feed is asked next. Pure: values and ``now`` in, a time out."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from watchlist.model import Feed

#: However often a feed failed, it is asked again after this (or after its interval, if that is longer).
LONGEST_BACKOFF = timedelta(hours=6)
#: The longest wait a server is granted.
LONGEST_RETRY_AFTER = timedelta(hours=24)
#: From this many failures in a row on, a feed is asked only when its time has come.
PATIENT_FAILURES = 3


def next_check(now: datetime, interval: float, failures: int, retry_after: float | None, key: str) -> datetime:
    """When to ask a feed again, ``interval`` being the seconds between two polls when all is well.

    After a good poll (``failures`` 0) that is 85 to 95 % of the interval, so that a cron line of the same interval
    finds the feed due each time, and feeds don't fall due all at once. The wait doubles with each failure in a row
    after the first, up to LONGEST_BACKOFF: a feed is never given up. ``retry_after`` seconds are waited in full, up to
    LONGEST_RETRY_AFTER. ``key`` spreads feeds in a way that is the same every time.
    """
    usual = timedelta(seconds=interval)
    # Twenty doublings are past any bound; more would overflow.
    wait = min(usual * (1 << min(max(failures - 1, 0), 20)), max(usual, LONGEST_BACKOFF))
    spread = _fraction(key)
    wait *= 0.85 + 0.1 * spread
    if retry_after is not None:
        asked = min(timedelta(seconds=min(retry_after, 1e9)), LONGEST_RETRY_AFTER)
        wait = max(wait, asked * (1 + 0.1 * spread))
    return now + wait


def is_due(feed: Feed, now: datetime) -> bool:
    """Whether to ask this feed now.

    A feed last checked in the future was checked under a wrong clock; waiting for its next time could take years.
    """
    if not feed.enabled:
        return False
    clock_went_back = feed.last_checked_at is not None and feed.last_checked_at > now
    return feed.next_check_at is None or feed.next_check_at <= now or clock_went_back


def may_ask(feed: Feed, now: datetime) -> bool:
    """Whether a pass that somebody started, by hand or from cron, asks this feed, due or not.

    It does, save where a server asked for patience (429, 503) or the feed has failed again and again: then its time
    holds, as in the daemon.
    """
    waits = feed.last_status in (429, 503) or feed.failures >= PATIENT_FAILURES
    return is_due(feed, now) or (feed.enabled and not waits)


def _fraction(key: str) -> float:
    """A number from 0 up to 1, fixed for each key."""
    return int.from_bytes(hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()[:6], "big") / 2**48
