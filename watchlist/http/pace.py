"""Politeness towards each host: how many requests at a time, and how long between two.

Pace + HostState + now -> when (pure)        HostQueue: whose turn it is, for threads
"""

from __future__ import annotations

import heapq
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar
from urllib.parse import urlsplit

T = TypeVar("T")

#: The longest sleep between two looks at whether the work is over, in seconds.
_GLANCE = 0.2


@dataclass(frozen=True, slots=True)
class Pace:
    """The limits for one host."""

    #: Requests at the same time.
    per_host: int = 2
    #: Seconds to the start of the next, from the start or the end of the last, whichever was later: so the host sees
    #: this pause however long connecting took.
    spacing: float = 1.0


@dataclass(frozen=True, slots=True)
class HostState:
    """What is going on with one host."""

    running: int = 0
    #: When the last request began or ended, on the line's clock.
    last: float | None = None


def next_turn(state: HostState, pace: Pace) -> float | None:
    """When another request to the host may begin; None while it takes another's end first."""
    if state.running >= pace.per_host:
        return None
    return float("-inf") if state.last is None else state.last + pace.spacing


def host_of(url: str) -> str:
    """The host whose patience a request uses up; an address that cannot be read is a host of its own."""
    try:
        return (urlsplit(url).hostname or url).rstrip(".")
    except ValueError:
        return url


class HostQueue(Generic[T]):
    """What waits to be asked, host by host: a host that is slow or asked enough lets the others go first.

    Safe in threads. Of one host, what came first is asked first.
    """

    def __init__(
        self, waiting: Iterable[tuple[str, T]], pace: Callable[[str], Pace], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._pace = pace
        self._clock = clock
        self._changed = threading.Condition()
        self._waiting: dict[str, deque[T]] = {}
        for host, each in waiting:
            self._waiting.setdefault(host, deque()).append(each)
        self._hosts = dict.fromkeys(self._waiting, HostState())
        #: The hosts that may be asked, by when: those that something waits for, and whose requests are not all running.
        self._turns = [(float("-inf"), number, host) for number, host in enumerate(self._waiting)]
        self._number = len(self._turns)
        #: The number of each host's turn; those that it had before are void.
        self._valid = {host: number for _, number, host in self._turns}

    def take(self, over: threading.Event) -> tuple[str, T] | None:
        """Wait for the next turn and take it; None when nothing waits any more, or ``over`` is set.

        Each turn taken is given back by `leave`.
        """
        with self._changed:
            while self._waiting and not over.is_set():
                now = self._clock()
                self._drop_void()
                if self._turns and self._turns[0][0] <= now:
                    return self._take(now)
                wait = self._turns[0][0] - now if self._turns else _GLANCE
                self._changed.wait(min(wait, _GLANCE))
        return None

    def leave(self, host: str) -> None:
        """Give a turn back."""
        with self._changed:
            state = self._hosts[host]
            self._hosts[host] = replace(state, running=state.running - 1, last=self._clock())
            self._line_up(host)
            self._changed.notify()

    def drop(self, host: str) -> None:
        """Let what still waits for a host wait no longer: it is not given out."""
        with self._changed:
            self._waiting.pop(host, None)
            self._valid.pop(host, None)
            self._changed.notify_all()

    def _take(self, now: float) -> tuple[str, T]:
        _, _, host = heapq.heappop(self._turns)
        queue = self._waiting[host]
        each = queue.popleft()
        if not queue:
            del self._waiting[host]
        if not self._waiting:
            # Who waits for a turn need not wait any longer.
            self._changed.notify_all()
        self._hosts[host] = HostState(self._hosts[host].running + 1, now)
        self._line_up(host)
        return host, each

    def _drop_void(self) -> None:
        while self._turns and self._valid.get(self._turns[0][2]) != self._turns[0][1]:
            heapq.heappop(self._turns)

    def _line_up(self, host: str) -> None:
        self._valid.pop(host, None)
        turn = next_turn(self._hosts[host], self._pace(host))
        if host in self._waiting and turn is not None:
            self._number += 1
            self._valid[host] = self._number
            heapq.heappush(self._turns, (turn, self._number, host))
