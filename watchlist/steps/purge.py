"""What is old goes: nightly, a little at a time, and nothing that an alert rests on."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from watchlist.config import RetentionConfig
from watchlist.errors import StorageError
from watchlist.log import Log
from watchlist.model import Cutoffs, Purge, Purgeable
from watchlist.ports import Clock, PurgeStore
from watchlist.steps.parts import Parts, RunReport

_log = Log(__name__)

#: What has the lifetime of another kind: a look-back is a screening, and what a site's robots.txt said is of a poll.
_AS: Final = {Purgeable.LOOK_BACKS: Purgeable.SCREENINGS, Purgeable.SITES: Purgeable.POLLS}
#: The day of purges begins at this time, in UTC: they are done at night where that can be chosen.
_NIGHT: Final = timedelta(hours=2)
#: Seconds of a run that may go into it; what is left is for the next run.
_BUDGET: Final = 20.0
#: A run between so long ago and so long ago tells that the clock is not far out.
_WITNESS: Final = (timedelta(hours=12), timedelta(days=40))


def cutoffs_of(retention: RetentionConfig, now: datetime) -> Cutoffs:
    """Before which time each kind is old."""
    lifetimes = {kind: float(getattr(retention, _AS.get(kind, kind).value)) for kind in Purgeable}
    return {kind: now - timedelta(seconds=life) for kind, life in lifetimes.items() if life != float("inf")}


def is_due(last: Purge | None, now: datetime) -> bool:
    """Whether a purge is to be begun or gone on with: one a day, and whatever was left half done."""
    return last is None or last.finished_at is None or _day(last.started_at) != _day(now)


def purge_old(parts: Parts, report: RunReport) -> None:
    """Take away what is old, if that has not been done today; what there is no time for waits for the next run.

    Nothing is taken away by a clock that was never seen to be right: within half a day of a first run, or of a jump.
    """
    store: PurgeStore = parts.store
    now = parts.clock()
    last = store.last_purge()
    near, far = _WITNESS
    if parts.stop.is_set() or not is_due(last, now) or not store.ran_between(now - far, now - near):
        return
    number = last.id if last is not None and last.finished_at is None else None
    ends_at = time.monotonic() + _BUDGET
    try:
        for removed in purge(store, parts.config.retention, parts.clock, number):
            report.counts.update({f"purged_{kind}": n for kind, n in removed.items()})
            if parts.stop.is_set() or time.monotonic() > ends_at:
                break
    except StorageError as error:
        # What is left stays until the next run; it must not end this one.
        report.errors.append(f"what is old could not all be removed: {error}")
    total = {name: n for name, n in report.counts.items() if name.startswith("purged_")}
    if total:
        _log.info("old things were removed", **total)


def purge(
    store: PurgeStore, retention: RetentionConfig, clock: Clock, number: int | None = None
) -> Iterator[Counter[Purgeable]]:
    """Take away what is old, a small transaction at a time; yields what each took away.

    ``number`` is that of a purge to go on with. One that is left, or killed, is gone on with by the next run.
    """
    now = clock()
    cutoffs = cutoffs_of(retention, now)
    number = store.start_purge(now) if number is None else number
    for kind in Purgeable:
        for removed in store.purge(number, kind, cutoffs, now):
            yield Counter(removed)
    store.finish_purge(number, clock())


def _day(moment: datetime) -> object:
    return (moment - _NIGHT).date()
