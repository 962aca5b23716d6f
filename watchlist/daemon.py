"""Runs under the lock: a single one, or one tick after another until a signal says stop."""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from apscheduler.schedulers.background import BackgroundScheduler

from watchlist.errors import StorageError
from watchlist.feeds.schedule import is_due, may_ask
from watchlist.lists.folder import remove_left_over
from watchlist.log import Log
from watchlist.pipeline import run
from watchlist.steps.parts import Parts, RunReport

_log = Log(__name__)

#: Seconds between two looks at what is due; the due times themselves are in the database.
TICK = 20.0


def run_once(parts: Parts) -> RunReport:
    """One pass; a signal ends it after the step in hand. Raises RunLockedError when another run has the lock."""
    with parts.store.lock(), _stopping(parts):
        remove_left_over(parts.index_dir)
        return run(parts, may_ask)


def serve(parts: Parts, on_report: Callable[[RunReport], None], tick: float = TICK) -> None:
    """Run what is due at every tick until SIGTERM or SIGINT; the step in hand is finished first.

    Holds the run lock all the while; raises RunLockedError when another run has it. A database that cannot be reached
    is logged and tried again at the next tick.
    """
    # It would warn of every tick that finds a run still at work, which is as it should be.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)

    failed: list[str] = []

    def on_tick() -> None:
        if parts.stop.is_set():
            # The scheduler may start one more tick between the word to stop and its shutdown.
            return
        try:
            if failed:
                # It could not be written down while it lasted; the run that can tells of it.
                parts.store.break_off(parts.store.start_run(parts.clock()), failed[0])
                failed.clear()
            on_report(run(parts, is_due))
        except StorageError as error:
            failed[:] = failed or [str(error)]
            _log.error("run failed", error=str(error))
        except Exception:
            # A fault of this program. What is stored is whole, and the next tick goes on from there.
            _log.exception("run failed")

    with parts.store.lock(), _stopping(parts):
        remove_left_over(parts.index_dir)
        scheduler = BackgroundScheduler(timezone="UTC")
        scheduler.add_job(
            on_tick,
            "interval",
            seconds=tick,
            next_run_time=parts.clock(),
            # The defaults would drop a tick that comes a second late, and with it whatever was due.
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )
        scheduler.start()
        try:
            parts.stop.wait()
        finally:
            scheduler.shutdown(wait=True)


@contextmanager
def _stopping(parts: Parts) -> Iterator[None]:
    """Let SIGTERM and SIGINT set the stop event; a second signal ends the program at once."""

    def on_signal(number: int, _frame: FrameType | None) -> None:
        _log.info("stopping after the step in hand", signal=signal.Signals(number).name)
        parts.stop.set()
        signal.signal(number, signal.SIG_DFL)

    before = {number: signal.signal(number, on_signal) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, previous in before.items():
            signal.signal(number, previous)
