"""Threads that ask hosts side by side, so that one which is slow holds up nobody else."""

from __future__ import annotations

import math
import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextvars import copy_context
from typing import TypeVar

from watchlist.http.pace import HostQueue

T = TypeVar("T")
R = TypeVar("R")

#: Seconds between two looks at whether the work is over.
_GLANCE = 0.1


def do_nothing() -> None:
    """What is done while nothing comes, where there is nothing to do."""


def work_off(
    line: HostQueue[T],
    work: Callable[[str, T], R],
    *,
    threads: int,
    stop: threading.Event,
    ends_at: float = math.inf,
    idle: Callable[[], None] = do_nothing,
) -> Iterator[R]:
    """Do the work that waits in a line, ``threads`` at a time, and yield each outcome as it is there.

    Where none comes for a moment, ``idle`` is called, in the consumer's thread. ``work`` gets the host and what waited
    for it; it is called in several threads. Ends early, without waiting for what is under way, when the consumer closes
    the iterator, when ``stop`` is set, and at ``ends_at`` on ``time.monotonic``.
    """
    # Room for one outcome a thread: a slow consumer slows the work down rather than filling the memory.
    done: queue.Queue[R] = queue.Queue(max(threads, 1))
    over = threading.Event()

    def run() -> None:
        while (turn := line.take(over)) is not None:
            try:
                outcome = work(*turn)
            finally:
                line.leave(turn[0])
            while not over.is_set():
                try:
                    done.put(outcome, timeout=_GLANCE)
                    break
                except queue.Full:
                    continue

    # Daemon threads: one that hangs on a slow server must not keep the program from ending.
    # Each with a context of its own, so that what is logged there says what it belongs to.
    crew = [
        threading.Thread(target=copy_context().run, args=(run,), name=f"fetch-{number}", daemon=True)
        for number in range(threads)
    ]
    try:
        for thread in crew:
            thread.start()
        while not stop.is_set() and time.monotonic() < ends_at:
            # Looked at first: what a thread has done, it has handed over before it ends.
            working = any(thread.is_alive() for thread in crew)
            try:
                yield done.get(timeout=_GLANCE if working else 0.001)
            except queue.Empty:
                if not working:
                    return
                idle()
    finally:
        over.set()
