"""When a feed is asked next. Pure: values and ``now`` in, a time out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from watchlist.model import Feed, FeedForFetch, FeedHints

#: However often a feed failed, it is asked again after this (or after its interval, if that is longer).
LONGEST_BACKOFF = timedelta(hours=6)
#: A feed that is well is asked at least this often, however seldom it changes and whatever it asks for (or after its
#: interval, if that is longer).
LONGEST_PAUSE = timedelta(hours=6)
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


@dataclass(frozen=True, slots=True)
class Plan:
    """When a feed is asked next, and why then, in words for a person."""

    at: datetime
    reason: str


def after_good_poll(feed: FeedForFetch, interval: float, hints: FeedHints, now: datetime) -> Plan:
    """When to ask a feed again after a good poll, ``interval`` being the shortest time between two, in seconds.

    Half of the time in which the feed as a rule brings something new, so that little is late; no sooner than its hints
    ask for, and not in hours or days in which it has nothing; within LONGEST_PAUSE, whatever feed and hints say.
    """
    shortest = float(feed.every or interval)
    longest = max(shortest, LONGEST_PAUSE.total_seconds())
    wait, reason = shortest, f"every {duration_words(shortest)}, as set"
    gap = feed.habit.expected_gap(now)
    if gap is not None and gap / 2 > shortest:
        wait, reason = min(gap / 2, longest), f"it brings something new about every {duration_words(gap)}"
    if hints.fresh is not None and hints.fresh > wait:
        wait, reason = min(hints.fresh, longest), f"it asks to be left alone for {duration_words(hints.fresh)}"
    at = next_check(now, wait, 0, None, feed.url)
    later = _past_pauses(at, hints, now + timedelta(seconds=longest))
    return Plan(later, reason if later == at else "it says that nothing comes before then")


def after_failed_poll(feed: FeedForFetch, interval: float, retry_after: float | None, now: datetime) -> Plan:
    """When to ask a feed again that failed once more."""
    failures = feed.failures + 1
    at = next_check(now, float(feed.every or interval), failures, retry_after, feed.url)
    if retry_after:
        return Plan(at, f"its server asks to wait {duration_words(retry_after)}")
    return Plan(at, f"it failed {failures} times in a row" if failures > 1 else "it failed, and is tried again")


def duration_words(seconds: float) -> str:
    """A time span for people, roughly."""
    for unit, length in (("days", 86400.0), ("h", 3600.0), ("min", 60.0)):
        if seconds >= 1.5 * length or (unit == "min" and seconds >= length):
            return f"{seconds / length:.0f} {unit}"
    return f"{seconds:.0f} s"


def _past_pauses(at: datetime, hints: FeedHints, limit: datetime) -> datetime:
    """The first time from ``at`` on that is in no hour or day which the feed leaves out, at most ``limit``."""
    while at < limit and (at.hour in hints.skip_hours or at.weekday() in hints.skip_days):
        at = (at + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
    return min(at, limit)


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
