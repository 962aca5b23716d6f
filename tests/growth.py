"""How the time that something takes grows with its input, on a machine that may be busy with other things."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise

#: From one measurement to the next the input is so many times as long.
FACTOR = 4
#: Linear work then takes FACTOR times as long, quadratic work FACTOR times that.
_BETWEEN = FACTOR**1.5
#: CPU seconds that are measured well enough, and those that nothing may take at all.
_ENOUGH, _MOST = 0.02, 20.0
_TRIES = 5


def cpu_seconds(work: Callable[[int], object], size: int) -> float:
    """The CPU time of this process that one call takes."""
    started = time.process_time()
    work(size)
    return time.process_time() - started


def grows_too_fast(work: Callable[[int], object], size: int, *, steps: int = 2) -> str | None:
    """Whether work takes more than in proportion to the size of its input; then the times, in words.

    It is done at ``size`` and at so many further sizes, each FACTOR times the one before. What is quick at all of them
    cannot be told from linear, and need not be. A ratio that looks bad is measured again: being disturbed makes work
    slower, never faster, so the least of several times is the true one.
    """
    sizes = [size * FACTOR**step for step in range(steps + 1)]
    best = [float("inf")] * len(sizes)
    for _ in range(_TRIES):
        for step, each in enumerate(sizes):
            best[step] = min(best[step], cpu_seconds(work, each))
            if best[step] > _MOST:
                return f"{best[step]:.1f} s for an input of {each:,}"
        # Below the floor a ratio says nothing: a hundredth of a millisecond is mostly the clock's.
        ratios = [later / max(before, _ENOUGH / FACTOR) for before, later in pairwise(best)]
        if max(ratios) < _BETWEEN:
            return None
    return ", ".join(f"{seconds:.3f} s for {each:,}" for each, seconds in zip(sizes, best, strict=True))


def assert_grows_no_faster_than_input(work: Callable[[int], object], size: int, *, steps: int = 2) -> None:
    """Fail when `grows_too_fast`."""
    found = grows_too_fast(work, size, steps=steps)
    assert found is None, found
