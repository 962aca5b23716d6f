"""Clocks and memory."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print the wall clock of a block, and the most memory so far."""
    start = time.perf_counter()
    yield
    print(f"{what:48} {time.perf_counter() - start:7.2f} s   peak so far {largest():5.0f} MB", flush=True)


def best_of(repeat: int, *works: Callable[[], object]) -> list[float]:
    """CPU seconds of the fastest of several runs of each work, run in turn.

    What is compared is run in turn, so that a busy machine slows both sides of a ratio.
    """
    best = [float("inf")] * len(works)
    for _ in range(repeat):
        for at, work in enumerate(works):
            started = time.process_time()
            work()
            best[at] = min(best[at], time.process_time() - started)
    return best


def largest() -> float:
    """The most memory this process had, in MB, or what it was started by, if that had more."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def own_peak() -> float:
    """The most memory this process had, in MB, without what it was started by."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024
