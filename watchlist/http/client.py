"""Connections that keep a wall-clock deadline.

httpx and httpcore bound each read, not the whole exchange: a server that sends a byte a second, of its headers or of
its body, holds a reader for as long as it likes. Here every single socket operation gets the time that is left until
one deadline, so nothing the server does makes a request last longer. A connection serves one request: feeds are polled
minutes apart, and so a connection's deadline is its request's.
"""

from __future__ import annotations

import queue
import socket
import ssl
import threading
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpcore
import httpx

from watchlist.http.addresses import is_literal

#: The key under ``extensions`` of a request that carries its deadline, as a value of ``time.monotonic()``.
DEADLINE = "watchlist.deadline"

#: The key of a request whose address the operator wrote out as such: the guard is not asked.
TRUSTED = "watchlist.trusted"

#: Looks at a host and its address just before a connection is opened; refuses it by raising httpcore.ConnectError.
AddressGuard = Callable[[str, str], None]

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def allow_any(host: str, address: str) -> None:
    """The address guard that refuses nothing."""


def make_client(
    user_agent: str,
    *,
    deadline: float,
    guard: AddressGuard = allow_any,
    proxies: Mapping[str, str] | None = None,
) -> httpx.Client:
    """A client whose requests end within their deadline, ``deadline`` seconds unless they carry their own.

    Redirects are not followed: see `fetch`, which looks at each hop. ``proxies`` maps ``http`` and ``https`` to
    addresses; None takes the system's, as other programs do.
    """
    transport = DeadlineTransport(
        deadline=deadline, guard=guard, proxies=urllib.request.getproxies() if proxies is None else proxies
    )
    headers = {"User-Agent": user_agent, "Accept-Encoding": "gzip, deflate"}
    return httpx.Client(transport=transport, headers=headers, timeout=None, follow_redirects=False)  # noqa: S113


class DeadlineTransport(httpx.BaseTransport):
    """Sends each request over a connection of its own, bounded by the request's deadline. Safe in threads."""

    def __init__(self, *, deadline: float, guard: AddressGuard, proxies: Mapping[str, str]) -> None:
        self._seconds = deadline
        self._guard = guard
        self._proxies = dict(proxies)
        self._ssl = httpx.create_ssl_context()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; the answer's body is read as it is iterated. Raises httpx.TransportError."""
        url = request.url
        deadline = request.extensions.get(DEADLINE, time.monotonic() + self._seconds)
        guard = allow_any if request.extensions.get(TRUSTED) else self._guard
        with _as_httpx(request):
            pool = self._pool(url, deadline, guard)
        outgoing = httpcore.Request(
            method=request.method,
            url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=request.stream,
        )
        try:
            with _as_httpx(request):
                answer = pool.handle_request(outgoing)
        except BaseException:
            pool.close()
            raise
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Body(answer, pool, request),
            extensions=answer.extensions,
        )

    def _pool(self, url: httpx.URL, deadline: float, guard: AddressGuard) -> httpcore.ConnectionPool:
        proxy = self._proxies.get(url.scheme) or self._proxies.get("all")
        direct = proxy is None or url.host in LOOPBACK or bool(urllib.request.proxy_bypass(url.host))
        if not direct and is_literal(url.host):
            # A name is looked up by the proxy, which is the operator's; an address is known here.
            guard(url.host, _address(url.host))
        options: dict[str, Any] = {
            "ssl_context": self._ssl,
            "max_connections": 1,
            "max_keepalive_connections": 0,
            "network_backend": _DeadlineBackend(deadline, guard if direct else allow_any),
        }
        if direct or proxy is None:
            return httpcore.ConnectionPool(**options)
        return httpcore.HTTPProxy(proxy, **options)


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response, pool: httpcore.ConnectionPool, request: httpx.Request) -> None:
        self._answer = answer
        self._pool = pool
        self._request = request

    def __iter__(self) -> Iterator[bytes]:
        with _as_httpx(self._request):
            yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
        self._pool.close()


class _DeadlineBackend(httpcore.NetworkBackend):
    """Opens connections; whatever they do ends at the deadline."""

    def __init__(self, deadline: float, guard: AddressGuard) -> None:
        self._deadline = deadline
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
        addresses = _resolve(host, port, _left(self._deadline, httpcore.ConnectTimeout))
        refusal: Exception = httpcore.ConnectError("no address")
        for tried, address in enumerate(addresses):
            # One dead address of several must not use up the time of the others.
            share = _left(self._deadline, httpcore.ConnectTimeout) / (len(addresses) - tried)
            try:
                self._guard(host, address)
                stream = self._plain.connect_tcp(address, port, share, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                refusal = error
            else:
                return _DeadlineStream(stream, self._deadline)
        raise refusal


class _DeadlineStream(httpcore.NetworkStream):
    """A connection whose every read and write gets the time that is left."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = _left(self._deadline, httpcore.ConnectTimeout)
        return _DeadlineStream(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _address(literal: str) -> str:
    return "127.0.0.1" if literal.rstrip(".").lower() == "localhost" else literal.strip("[]")


def _left(deadline: float, late: type[httpcore.TimeoutException]) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise late("deadline passed")
    return left


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


@contextmanager
def _as_httpx(request: httpx.Request) -> Iterator[None]:
    """Raise what httpcore raises as the class of the same name that httpx has for it."""
    try:
        yield
    except (
        httpcore.TimeoutException,
        httpcore.NetworkError,
        httpcore.ProtocolError,
        httpcore.ProxyError,
        httpcore.UnsupportedProtocol,
    ) as error:
        as_httpx: type[httpx.RequestError] = getattr(httpx, type(error).__name__)
        raise as_httpx(str(error), request=request) from error
