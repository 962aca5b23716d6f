"""What one piece of work on the wire may take: wall clock and bytes."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Self

#: A wait that ends this close before the end, in seconds, has ended with it.
_CLOSE = 0.01


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of an exchange, or of several that share them: the hops of a redirect, the tries of a download."""

    #: How long it may take in all, for telling.
    seconds: float
    #: When it is over, as a value of ``time.monotonic()``.
    ends_at: float
    #: The most a body may hold, on the wire and after decompression.
    max_bytes: int
    #: The longest that making a connection may take, in seconds. A server that was reached may be silent to the end.
    connecting: float = math.inf

    @classmethod
    def starting_now(cls, seconds: float, max_bytes: int = 0, connecting: float = math.inf) -> Self:
        """Limits whose time begins to run now."""
        return cls(seconds, time.monotonic() + seconds, max_bytes, connecting)

    @property
    def left(self) -> float:
        """Seconds until it is over; below zero afterwards."""
        return self.ends_at - time.monotonic()

    @property
    def over(self) -> bool:
        """Whether the time is up."""
        return self.left <= _CLOSE
