"""When a list is checked next, and when it is stale. Pure: values and ``now`` in, a time or a verdict out."""

from __future__ import annotations

from datetime import datetime, timedelta

from watchlist.model import WatchedList, stable_id

#: A list whose check failed for the first time is tried again after this time at the latest.
RETRY_AFTER = timedelta(minutes=10)


def next_check(watched: WatchedList, interval: timedelta) -> datetime | None:
    """When a scheduled sync of a list is due; None for one that is never synced, or was not yet and is due now.

    After 90 to 100 % of the list's own interval, else of the given one, always the same for one list: so lists don't
    fall due at once. After a failure it is tried again sooner, the wait growing with the time since the last good
    check.
    """
    if not (watched.enabled and watched.refresh) or watched.last_checked_at is None:
        return None
    wait = timedelta(seconds=watched.every) if watched.every is not None else interval
    # Where the last check was good the error is kept for telling alone.
    if watched.last_error and watched.last_good_at != watched.last_checked_at:
        failing = watched.last_checked_at - watched.last_good_at if watched.last_good_at else timedelta(0)
        wait = min(wait, max(RETRY_AFTER, (failing - wait) / 2))
    return watched.last_checked_at + wait * (0.9 + 0.1 * int(stable_id(watched.id)[:4], 16) / 0xFFFF)


def is_due(watched: WatchedList, interval: timedelta, now: datetime) -> bool:
    """Whether a scheduled sync of a list is due, see `next_check`."""
    if not (watched.enabled and watched.refresh):
        return False
    if watched.last_checked_at is None or watched.last_checked_at > now:
        return True
    due = next_check(watched, interval)
    return due is not None and now >= due


def is_stale(watched: WatchedList, limit: timedelta, now: datetime) -> bool:
    """Whether a list that should be kept in sync was not, for longer than the limit."""
    if not (watched.enabled and watched.refresh) or watched.last_good_at is None:
        return False
    return now - watched.last_good_at > limit
