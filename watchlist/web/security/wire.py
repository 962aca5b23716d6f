"""What the server is held to below requests: who may be answered at all, and how slow a browser may be."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar, Protocol, cast
from urllib.parse import urlsplit

from uvicorn.protocols.http.auto import AutoHTTPProtocol

from watchlist.app import App
from watchlist.config import WebConfig
from watchlist.errors import ConfigError
from watchlist.http.addresses import is_this_machine

#: The most bytes of the lines before a body.
_LONGEST_HEAD = 65_536
#: How long a browser may take nothing of an answer, in seconds.
_LONGEST_PAUSE = 60.0
_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


def refuse_without_accounts(parts: App, host: str) -> None:
    """Raise ConfigError where others could reach the page and there is nobody to log in as.

    ``host`` is where it is to listen.
    """
    web = parts.config.web
    if web.proxy_header is not None or parts.store.has_accounts():
        return
    make = "make an account first, with 'watchlist users add NAME --role admin'"
    if not is_this_machine(host):
        where = f"{host} can be reached from elsewhere, and there are no accounts"
        raise ConfigError(f"{where}: {make}, or leave out --host")
    public = urlsplit(web.public_url).hostname if web.public_url else None
    if public is not None and not is_this_machine(public):
        raise ConfigError(f"{public} is for others, and there are no accounts: {make}", key="web.public_url")


class _Cycle(Protocol):
    """A request with its answer."""

    response_complete: bool


class _ServedConnection(Protocol):
    """What the server's own connections have in common, whichever library reads requests."""

    @property
    def cycle(self) -> _Cycle | None:
        """The latest request."""

    def connection_made(self, transport: asyncio.Transport) -> None:
        """A connection begins."""

    def connection_lost(self, exc: Exception | None) -> None:
        """It ended."""

    def data_received(self, data: bytes) -> None:
        """Bytes came."""

    def pause_writing(self) -> None:
        """The other side takes nothing for now."""

    def resume_writing(self) -> None:
        """It does again."""


class BoundedConnection(asyncio.Protocol):
    """A connection that is closed when a request does not begin in time, or an answer is not taken.

    Requests are read, and answered, by the server's own connection, which it hands everything on to.
    """

    #: How long the lines before a body may take to come, in seconds; see `bounded_connections`.
    head_time: ClassVar[float] = 10.0

    def __init__(self, **given: object) -> None:
        self._inner = cast("Callable[..., _ServedConnection]", AutoHTTPProtocol)(**given)
        self._transport: asyncio.Transport | None = None
        self._head_timer: asyncio.TimerHandle | None = None
        self._pause_timer: asyncio.TimerHandle | None = None
        #: The bytes of a head that is not whole yet.
        self._head = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin; a request has to come."""
        self._transport = cast("asyncio.Transport", transport)
        self._await_head()
        self._inner.connection_made(self._transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self._stop_timers()
        self._inner.connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Hand bytes on, and see whether they end the head of a request."""
        before = self._inner.cycle
        in_head = before is None or before.response_complete
        if in_head:
            self._await_head()
        self._inner.data_received(data)
        if self._inner.cycle is not before:
            if self._head_timer is not None:
                self._head_timer.cancel()
            self._head_timer, self._head = None, 0
        elif in_head:
            self._head += len(data)
            if self._head > _LONGEST_HEAD:
                self._close(_TOO_LARGE)

    def eof_received(self) -> None:
        """Nothing more comes; what is in hand is answered."""

    def pause_writing(self) -> None:
        """Wait for the other side to take what there is, for a while."""
        self._pause_timer = asyncio.get_running_loop().call_later(_LONGEST_PAUSE, self._abort)
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        """Go on."""
        if self._pause_timer is not None:
            self._pause_timer.cancel()
            self._pause_timer = None
        self._inner.resume_writing()

    def _await_head(self) -> None:
        if self._head_timer is None:
            timer = asyncio.get_running_loop().call_later(self.head_time, self._close, _TOO_SLOW)
            self._head_timer, self._head = timer, 0

    def _close(self, words: bytes) -> None:
        self._stop_timers()
        if self._transport is not None and not self._transport.is_closing():
            # A browser opens connections in advance: what said nothing is told nothing.
            self._transport.write(words if self._head else b"")
            self._transport.close()

    def _abort(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def _stop_timers(self) -> None:
        for timer in (self._head_timer, self._pause_timer):
            if timer is not None:
                timer.cancel()
        self._head_timer = self._pause_timer = None


def bounded_connections(web: WebConfig) -> type[BoundedConnection]:
    """The connections of a server with these bounds, as it takes them: a class."""

    class Bounded(BoundedConnection):
        head_time = web.header_time

    return Bounded
