"""What the runs of this process did, added up; a counter begins anew with the program, as those who read it expect."""

from __future__ import annotations

import threading
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

#: Upper bounds of the durations of runs, in seconds; the last is without one.
DURATIONS = (0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0, 3600.0)
#: For so many seconds the work may give no sign of life: taking in a very large list may be silent for minutes.
SILENT_FOR = 1800.0


@dataclass(frozen=True, slots=True)
class Summed:
    """A copy of what has been added up."""

    counts: Mapping[str, int]
    #: Runs by how they ended: ``done``, ``with_errors``, ``broken_off``.
    runs: Mapping[str, int]
    #: Runs by the first of `DURATIONS` that they did not exceed, and their seconds together.
    durations: tuple[int, ...]
    seconds: float


@dataclass(slots=True)
class Totals:
    """Adds up; safe in threads."""

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _counts: Counter[str] = field(default_factory=Counter)
    _runs: Counter[str] = field(default_factory=Counter)
    _durations: list[int] = field(default_factory=lambda: [0] * (len(DURATIONS) + 1))
    _seconds: float = 0.0
    _alive_at: float = field(default_factory=time.monotonic)

    def beat(self) -> None:
        """Note that the work goes on."""
        self._alive_at = time.monotonic()

    @property
    def silent_for(self) -> float:
        """Seconds since the last sign of life."""
        return time.monotonic() - self._alive_at

    def add(self, ended: str, counts: Mapping[str, int], seconds: float) -> None:
        """Add a run: how it ended, what it did, how long it took."""
        with self._lock:
            self._counts.update(counts)
            self._runs[ended] += 1
            self._durations[bisect_left(DURATIONS, seconds)] += 1
            self._seconds += seconds

    def summed(self) -> Summed:
        """What has been added up."""
        with self._lock:
            return Summed(dict(self._counts), dict(self._runs), tuple(self._durations), self._seconds)
