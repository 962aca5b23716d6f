"""A wall clock limit that also ends a connection on which a server only drips."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Self


class DeadlineError(Exception):
    """The time is up."""


@dataclass(slots=True)
class _Watch:
    """The sockets of one try, so that they can be shut down from outside."""

    sockets: list[socket.socket] = field(default_factory=list)

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """The trace hook of httpcore: note each new connection (https://www.encode.io/httpcore/extensions/#trace)."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            opened = info["return_value"].get_extra_info("socket")
            if isinstance(opened, socket.socket):
                self.sockets.append(opened)

    def cut(self) -> None:
        """Wake whoever reads from the sockets: they find the connection closed."""
        for opened in tuple(self.sockets):
            with suppress(OSError):
                # The plain socket's own method, because a TLS socket's would also drop state that its reader is using.
                socket.socket.shutdown(opened, socket.SHUT_RDWR)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A point in time after which work must stop."""

    #: In the seconds of the monotonic clock.
    at: float

    @classmethod
    def after(cls, seconds: float) -> Self:
        """The deadline this many seconds from now."""
        return cls(time.monotonic() + seconds)

    def remaining(self) -> float:
        """Seconds left, more than none; raises DeadlineError when there are none."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise DeadlineError
        return left

    @contextmanager
    def watch(self) -> Iterator[_Watch]:
        """Shut down, at the deadline, the connections that httpx opens with the given trace hook.

        httpx's own timeouts count from the last byte: a server that sends one now and then holds it for ever, in the
        headers as in the body. An error inside the block after the deadline comes out as DeadlineError.
        """
        watch = _Watch()
        timer = threading.Timer(self.remaining(), watch.cut)
        timer.daemon = True
        timer.start()
        try:
            yield watch
            self.remaining()
        except Exception as error:
            if time.monotonic() >= self.at and not isinstance(error, DeadlineError):
                raise DeadlineError from error
            raise
        finally:
            timer.cancel()
