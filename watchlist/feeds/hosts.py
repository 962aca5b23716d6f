"""Politeness towards each host: how many requests at a time, and how long between two.

Pace + now -> wait (pure);  Gate: the same for threads
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

#: Hosts remembered before those that are at rest are forgotten.
_MANY = 4096


@dataclass(frozen=True, slots=True)
class Pace:
    """The limits for one host."""

    #: Requests at the same time.
    per_host: int = 2
    #: Seconds between the starts of two.
    spacing: float = 1.0


@dataclass(frozen=True, slots=True)
class HostState:
    """What is going on with one host."""

    running: int = 0
    #: When the last request began, on the gate's clock.
    started: float | None = None


def wait_for(state: HostState, pace: Pace, now: float) -> float | None:
    """Seconds until another request may begin, 0 for now; None while it takes another's end first."""
    if state.running >= pace.per_host:
        return None
    return 0.0 if state.started is None else max(0.0, state.started + pace.spacing - now)


def host_of(url: str) -> str:
    """The host whose patience a request uses up; an address that cannot be read is a host of its own."""
    try:
        return (urlsplit(url).hostname or url).rstrip(".")
    except ValueError:
        return url


class StoppedError(Exception):
    """The wait for a turn ended because of the stop event."""


class Gate:
    """Lets requests through at the pace of each host. Safe in threads."""

    def __init__(self, pace: Pace, clock: Callable[[], float] = time.monotonic) -> None:
        self._pace = pace
        self._clock = clock
        self._changed = threading.Condition()
        self._hosts: dict[str, HostState] = {}

    def enter(self, host: str) -> float | None:
        """Take a turn if one is free, which 0 says; otherwise nothing is taken and the wait is as in `wait_for`.

        A turn is given back by `leave`.
        """
        with self._changed:
            now = self._clock()
            state = self._hosts.get(host, HostState())
            wait = wait_for(state, self._pace, now)
            if wait == 0:
                if len(self._hosts) >= _MANY:
                    self._forget(now)
                self._hosts[host] = HostState(state.running + 1, now)
            return wait

    def leave(self, host: str) -> None:
        """Give a turn back."""
        with self._changed:
            state = self._hosts[host]
            self._hosts[host] = replace(state, running=state.running - 1)
            self._changed.notify_all()

    @contextmanager
    def turn(self, host: str, stop: threading.Event) -> Iterator[None]:
        """Wait for a turn and hold it; raises StoppedError when ``stop`` is set while waiting."""
        while (wait := self.enter(host)) != 0:
            with self._changed:
                # Another's end may come between the look and the wait; hence never for long.
                self._changed.wait(0.2 if wait is None else min(wait, 0.2))
            if stop.is_set():
                raise StoppedError
        try:
            yield
        finally:
            self.leave(host)

    def _forget(self, now: float) -> None:
        self._hosts = {
            host: state for host, state in self._hosts.items() if state.running or wait_for(state, self._pace, now)
        }
