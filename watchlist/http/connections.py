"""Connections that keep a wall-clock deadline.

httpx and httpcore bound each read, not the whole exchange: a server that sends a byte a second, of its headers or of
its body, holds a reader for as long as it likes. Here every single socket operation gets the time that is left until
one deadline, so nothing the server does makes a request last longer.
"""

from __future__ import annotations

import queue
import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from watchlist.http.limits import Limits

#: Has the system look, in a silence, whether the other side is still there: a server may take minutes to answer, and a
#: connection that is gone must not pass for that. Seconds until the first question, between two, and how many.
_STILL_THERE = (("TCP_KEEPIDLE", 30), ("TCP_KEEPINTVL", 15), ("TCP_KEEPCNT", 4))
_OPTIONS = (
    (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
    *((socket.IPPROTO_TCP, getattr(socket, name), value) for name, value in _STILL_THERE if hasattr(socket, name)),
)

#: Looks at a host and its address just before a connection is opened; refuses it by raising httpcore.ConnectError.
AddressGuard = Callable[[str, str], None]


def allow_any(host: str, address: str) -> None:
    """The address guard that refuses nothing."""


class DeadlineBackend(httpcore.NetworkBackend):
    """Opens connections to addresses that the guard allows; whatever they do ends within the limits."""

    def __init__(self, limits: Limits, guard: AddressGuard) -> None:
        self._limits = limits
        self._guard = guard
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first of the host's addresses that answers."""
        addresses = _resolve(host, port, _wait_to_connect(self._limits))
        refusal: Exception = httpcore.ConnectError("no address")
        for tried, address in enumerate(addresses):
            # One dead address of several must not use up the time of the others.
            share = _wait_to_connect(self._limits, among=len(addresses) - tried)
            try:
                self._guard(host, address)
                stream = self._plain.connect_tcp(
                    address, port, share, local_address, (*(socket_options or ()), *_OPTIONS)
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                refusal = error
            else:
                return DeadlineStream(stream, self._limits)
        raise refusal


class DeadlineStream(httpcore.NetworkStream):
    """A connection whose every read and write gets the time that is left."""

    def __init__(self, stream: httpcore.NetworkStream, limits: Limits) -> None:
        self._stream = stream
        self._limits = limits

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What has come, at most so many bytes; nothing at the end."""
        return self._stream.read(max_bytes, _wait(self._limits, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of it."""
        self._stream.write(buffer, _wait(self._limits, httpcore.WriteTimeout))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same connection, encrypted from here on."""
        wait = _wait_to_connect(self._limits)
        return DeadlineStream(self._stream.start_tls(ssl_context, server_hostname, wait), self._limits)

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks of the socket underneath."""
        return self._stream.get_extra_info(info)


def _wait(limits: Limits, late: type[httpcore.TimeoutException]) -> float:
    """Seconds that the next operation may take; raises ``late`` if none are left."""
    left = limits.left
    if left <= 0:
        raise late("deadline passed")
    return left


def _wait_to_connect(limits: Limits, among: int = 1) -> float:
    """Seconds that one of ``among`` several steps to a connection may take; raises if none are left."""
    return min(_wait(limits, httpcore.ConnectTimeout) / among, limits.connecting)


def _resolve(host: str, port: int, seconds: float) -> tuple[str, ...]:
    """The host's addresses. getaddrinfo takes no timeout, so it runs in a thread that is left behind when late."""
    answer: queue.SimpleQueue[tuple[str, ...] | OSError] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answer.put(tuple(dict.fromkeys(str(address[0]) for *_, address in found)))
        except (OSError, UnicodeError) as error:
            answer.put(error if isinstance(error, OSError) else socket.gaierror(socket.EAI_NONAME, str(error)))

    threading.Thread(target=look_up, name="resolve", daemon=True).start()
    try:
        found = answer.get(timeout=seconds)
    except queue.Empty:
        raise httpcore.ConnectTimeout("host name look-up took too long") from None
    if not isinstance(found, OSError):
        return found
    try:
        # Raised here once, so that the reason stays on record as the context even where the cause is cut off.
        raise found
    except OSError as error:
        raise httpcore.ConnectError(str(error)) from error
