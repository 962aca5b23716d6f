"""The clock against one that nobody can set: whether the machine slept, or its time was set, between two looks."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

#: What a run counts of it, in seconds.
SET_FORWARD, SET_BACK, SLEPT = "clock_set_forward", "clock_set_back", "machine_slept"
#: Less is what a time server does all the time.
_LEAST = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Jump:
    """What became of the clock between two looks; less than some minutes is nothing."""

    #: How far it was set, forward or (negative) back.
    was_set: timedelta = timedelta(0)
    slept: timedelta = timedelta(0)

    def counts(self) -> dict[str, int]:
        """What a run keeps of it."""
        found = {SET_FORWARD: self.was_set, SET_BACK: -self.was_set, SLEPT: self.slept}
        return {name: int(each.total_seconds()) for name, each in found.items() if each > _LEAST}


NO_JUMP = Jump()


@dataclass(frozen=True, slots=True)
class Moment:
    """What three clocks say at once."""

    wall: datetime
    #: Seconds that the machine was at work, and these with those that it slept.
    working: float
    passed: float


def look(now: datetime) -> Moment:
    """What the clocks say; ``now`` is the one that people set. Where none counts sleep, sleep counts as being set."""
    working = time.monotonic()
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return Moment(now, working, working if clock is None else time.clock_gettime(clock))


def between(before: Moment, after: Moment) -> Jump:
    """What became of the clock in between."""
    passed = after.passed - before.passed
    slept = passed - (after.working - before.working)
    return Jump(after.wall - before.wall - timedelta(seconds=passed), timedelta(seconds=slept))
