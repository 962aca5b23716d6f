"""Runs under the lock: a single one, or one tick after another until a signal says stop."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import FrameType

from apscheduler.job import Job
from apscheduler.schedulers.background import BackgroundScheduler

from watchlist.app import App
from watchlist.config.service import notify_socket
from watchlist.errors import RunLockedError, StorageError, WatchlistError
from watchlist.feeds.schedule import is_due, may_ask
from watchlist.health.beside import Beside, beside
from watchlist.health.replies import refuse_without_extra, reply_to
from watchlist.health.server import serving
from watchlist.lists.folder import remove_left_over
from watchlist.log import Log, bound
from watchlist.pipeline import run
from watchlist.ports import Clock, Membership
from watchlist.steps.at_work import at_work
from watchlist.steps.clock import Jump, between, look
from watchlist.steps.parts import Parts, RunReport

_log = Log(__name__)

#: Seconds between two looks at what is due; the due times themselves are in the database.
TICK = 20.0
#: Seconds that the step in hand has after the word to stop; then the program ends without it.
STOP_WITHIN = 60.0
#: Seconds between two words to a service manager that the work goes on.
_BEAT = 10.0


def run_once(parts: Parts, max_time: float | None = None) -> RunReport:
    """One pass; a signal, or the end of ``max_time`` seconds, ends it after the step in hand.

    Raises RunLockedError when another run is in the way.
    """
    with at_work(parts), _stopping(parts), _at_most(parts, max_time) as is_over, beside(parts) as told, bound():
        remove_left_over(parts.index_dir)

        def why_cut_short() -> str | None:
            return f"stopped after {max_time:g} s, as asked: the rest is for the next run" if is_over() else None

        with _telling(told):
            report = run(parts, may_ask, why_cut_short)
        told.ended(report)
        return report


def serve(
    parts: App,
    on_report: Callable[[RunReport], None],
    tick: float = TICK,
    *,
    reload: Callable[[], App] | None = None,
    max_time: float | None = None,
) -> None:
    """Run what is due at every tick until SIGTERM or SIGINT, or for ``max_time`` seconds; see `STOP_WITHIN`.

    Takes part all the while; raises RunLockedError when another run is in the way. A database that cannot be reached
    is logged and tried again at the next tick. SIGHUP has ``reload`` give the parts from the next tick on; where it
    raises, that is logged, and those before stay. Answers for health meanwhile where the configuration has a port;
    raises ConfigError for one that cannot be had.
    """
    # It would warn of every tick that finds a run still at work, which is as it should be.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)

    refuse_without_extra(parts.config)
    failed: list[str] = []
    told = Beside(parts)
    joined: list[Membership] = []
    beat = _Beat(told.totals.beat)
    present = [replace(parts, clock=beat.clock(parts.clock))]
    wanted = threading.Event()
    seen = [look(parts.clock())]

    def since_last_tick() -> Jump:
        before, seen[0] = seen[0], look(parts.clock())
        return between(before, seen[0])

    def on_tick() -> None:
        if wanted.is_set() and reload is not None:
            wanted.clear()
            try:
                present[0] = replace(reload(), clock=present[0].clock)
                told.take(present[0])
            except WatchlistError as error:
                _log.error("the configuration stays as it was", error=str(error))
            else:
                _log.warning("the configuration was read anew")
        if parts.stop.is_set():
            # The scheduler may start one more tick between the word to stop and its shutdown.
            return
        try:
            # First, or nothing could be written down.
            for membership in joined:
                membership.go_on()
            if failed:
                # It could not be written down while it lasted; the run that can tells of it.
                parts.store.break_off(parts.store.start_run(parts.clock()), failed[0])
                failed.clear()
            with _telling(told):
                report = run(present[0], is_due, jump=since_last_tick())
            told.ended(report)
            on_report(report)
        except (StorageError, RunLockedError) as error:
            failed[:] = failed or [str(error)]
            _log.error("run failed", error=str(error))
        except Exception:
            # A fault of this program. What is stored is whole, and the next tick goes on from there.
            _log.exception("run failed")

    with (
        at_work(parts) as membership,
        _stopping(parts),
        _at_most(parts, max_time),
        _hearing(signal.SIGHUP, wanted),
        serving(parts.config.health, lambda path: reply_to(path, present[0], told.totals)),
    ):
        joined.append(membership)
        remove_left_over(parts.index_dir)
        scheduler = BackgroundScheduler(timezone="UTC")
        ticking = scheduler.add_job(
            _alone(on_tick),
            "interval",
            seconds=tick,
            next_run_time=datetime.now(UTC),
            # The defaults would drop a tick that comes a second late, and with it whatever was due.
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )
        scheduler.start()
        tell_service("READY=1")
        try:
            while not parts.stop.wait(tick):
                pull_in(ticking, timedelta(seconds=tick))
        finally:
            tell_service("STOPPING=1")
            scheduler.shutdown(wait=True)
            told.close()


def pull_in(ticking: Job, tick: timedelta) -> None:
    """Have the next tick come within one, which lies further off where the clock was set back.

    The scheduler keeps it by the wall clock: set back by a month, that would let nothing run for a month.
    """
    now = datetime.now(UTC)
    if ticking.next_run_time - now > 2 * tick:
        ticking.modify(next_run_time=now)


def _alone(tick: Callable[[], None]) -> Callable[[], None]:
    """The same, whose log lines carry nothing of the tick before."""

    def bound_anew() -> None:
        with bound():
            tick()

    return bound_anew


@contextmanager
def _telling(told: Beside) -> Iterator[None]:
    """Tell that a run begins, and that it was broken off where it is."""
    told.began()
    try:
        yield
    except BaseException as error:
        told.broke(error)
        raise


def tell_service(state: str) -> None:
    """Tell the service manager, where there is one that wants to know, as sd_notify does."""
    address = notify_socket()
    if address is None:
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
        told.sendto(state.encode(), address)


class _Beat:
    """Tells the service manager that the work goes on: whoever asks what time it is has not stopped working."""

    def __init__(self, also: Callable[[], None]) -> None:
        self._next_at = 0.0
        self._also = also

    def clock(self, clock: Clock) -> Clock:
        """The clock, with a word to the service manager now and then."""

        def told() -> datetime:
            if time.monotonic() >= self._next_at:
                self._next_at = time.monotonic() + _BEAT
                tell_service("WATCHDOG=1")
                self._also()
            return clock()

        return told


@contextmanager
def _stopping(parts: Parts) -> Iterator[None]:
    """Let SIGTERM and SIGINT set the stop event; a second signal ends the program at once, as does `STOP_WITHIN`."""
    last = threading.Timer(STOP_WITHIN, _give_up)
    last.daemon = True

    def on_signal(number: int, _frame: FrameType | None) -> None:
        parts.stop.set()
        signal.signal(number, signal.SIG_DFL)
        if not last.is_alive():
            last.start()
        # Not within the signal: what was interrupted may be writing a line itself.
        threading.Thread(target=_say_stopping, args=(signal.Signals(number).name,), name="stop").start()

    before = {number: signal.signal(number, on_signal) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        last.cancel()
        for number, previous in before.items():
            signal.signal(number, previous)


def _say_stopping(number: str) -> None:
    _log.info("stopping after the step in hand", signal=number)


def _give_up() -> None:
    """End the program as a kill would: what is stored is whole, and the next run goes on from there."""
    _log.error("the step in hand did not end in time: ending without it", seconds=STOP_WITHIN)
    os._exit(1)


@contextmanager
def _at_most(parts: Parts, seconds: float | None) -> Iterator[Callable[[], bool]]:
    """Set the stop event once so many seconds have passed; gives what says whether they have."""
    over = threading.Event()

    def end() -> None:
        over.set()
        parts.stop.set()

    timer = threading.Timer(seconds or 0.0, end)
    timer.daemon = True
    if seconds is not None:
        timer.start()
    try:
        yield over.is_set
    finally:
        timer.cancel()


@contextmanager
def _hearing(number: signal.Signals, heard: threading.Event) -> Iterator[None]:
    """Note a signal."""
    before = signal.signal(number, lambda _number, _frame: heard.set())
    try:
        yield
    finally:
        signal.signal(number, before)
