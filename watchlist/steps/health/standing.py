"""Asking the store what is wrong, and keeping what was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from watchlist.config import Config
from watchlist.errors import StorageError
from watchlist.log import Log
from watchlist.model import Fault, KnownFault, Run
from watchlist.ports import FaultStore, Transport
from watchlist.steps.health.faults import (
    LASTING_FAILURES,
    clock_faults,
    delivery_faults,
    feed_faults,
    list_faults,
    lost_faults,
    run_faults,
    screening_faults,
    setup_faults,
    standstill_faults,
)
from watchlist.steps.health.one_cause import asked_of, gathered, one_cause
from watchlist.steps.health.roles import role_faults
from watchlist.steps.parts import Parts

_log = Log(__name__)

#: Runs by which the usual time between two is told.
_RUNS = 12


def tell_operator(parts: Parts) -> None:
    """STORED STATE -> FAULT -> NOTICE: keep what is wrong now, and tell of faults that last and of those that are over.

    Called within a run, whose own record is the newest and not over.
    """
    store: FaultStore = parts.store
    now = parts.clock()
    operator = parts.config.delivery.operator
    told_on = (operator,) if operator is not None else tuple(parts.transports)
    found = find_faults(parts, store.last_runs(_RUNS), now, running=True)
    # That a channel is down can't be told on it; what it parked will be told there when it works.
    down = {f"channel {each.channel}" for each in store.outages() if not {*told_on} - {each.channel}}
    told = (replace(each, lasting=False) if _channel_of(each) in down else each for each in found)
    store.record_faults(told, told_on if parts.config.alerts.faults else None, now)


def present_faults(parts: Parts, now: datetime) -> tuple[KnownFault, ...]:
    """What is wrong now, with what is kept of it; writes nothing. The gravest first, then those known the longest."""
    runs = parts.store.last_runs(_RUNS)
    found = find_faults(parts, runs, now, running=False)
    kept = {each.fault.subject: each for each in parts.store.open_faults()}
    known = (
        replace(kept[each.subject], fault=each) if each.subject in kept else KnownFault(0, each, now, now)
        for each in found
    )
    return tuple(sorted(known, key=lambda each: (each.is_acknowledged, not each.fault.grave, each.first_at)))


def numbered_faults(parts: Parts, now: datetime) -> tuple[KnownFault, ...]:
    """The same, with what is new kept, so that each has a number; one who may not write sees them without."""
    store: FaultStore = parts.store
    found = find_faults(parts, store.last_runs(_RUNS), now, running=False)
    try:
        store.note_faults(found, now)
    except StorageError as error:
        _log.warning("new faults have no number: they cannot be kept", error=str(error))
    return present_faults(parts, now)


def find_faults(parts: Parts, runs: Sequence[Run], now: datetime, *, running: bool) -> list[Fault]:
    """All that is wrong by what is stored; ``runs`` are the latest, the newest first.

    ``running`` says that a run asks, which is the newest of these: then somebody is at work.
    """
    config: Config = parts.config
    store: FaultStore = parts.store
    lists, feeds = store.watched_lists(), store.feeds_as_set()
    max_age = timedelta(seconds=config.schedule.list_max_age)
    if running:
        # Those of workers that are alive are not over; the newest is the caller's own, where it is no worker's.
        over = [each for each in runs[bool(runs) and runs[0].under_way is None :] if not each.under_way]
    else:
        # The newest may be under way, unless it says why not, or it is known whose it is.
        known = not runs or runs[0].under_way is not None or bool(runs[0].errors)
        over = [each for each in (runs if known else runs[1:]) if not each.under_way]
    transports: dict[str, Transport] = dict(parts.transports)
    waiting, oldest = store.waiting_articles()
    found: Iterable[Fault] = (
        *list_faults(lists, max_age, now),
        *feed_faults(feeds, now),
        *screening_faults(store.set_aside(), waiting, oldest, now),
        *delivery_faults(store.delivery_troubles(), store.outages(), now),
        *lost_faults(store.waiting_counts(), transports),
        *run_faults(over[:LASTING_FAILURES]),
        *role_faults(store.workers()),
        *_clock_and_standstill(runs, now, running=running),
        *setup_faults(lists, feeds),
    )
    return gathered(found, one_cause(asked_of(lists, feeds)))


def _clock_and_standstill(runs: Sequence[Run], now: datetime, *, running: bool) -> Iterator[Fault]:
    """What is wrong with time; of one subject there is one fault."""
    still = () if running else tuple(standstill_faults(runs, now))
    yield from still
    if not any(each.subject == "clock" for each in still):
        yield from clock_faults(runs)


def _channel_of(fault: Fault) -> str:
    return " ".join(fault.subject.split(" ", 2)[:2])
