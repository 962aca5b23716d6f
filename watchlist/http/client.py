"""The one client: each request over a connection of its own, guarded, and over when its limits say so.

Feeds are polled minutes apart, and files are large: a connection serves one request, and its deadline is the request's.
"""

from __future__ import annotations

import ssl
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import httpcore
import httpx

from watchlist.http.addresses import is_literal, is_this_machine
from watchlist.http.connections import AddressGuard, DeadlineBackend, allow_any
from watchlist.http.limits import Limits

#: The key under ``extensions`` of a request that carries its Limits.
LIMITS = "watchlist.limits"

#: The key of a request whose address is the operator's word: the guard is not asked.
TRUSTED = "watchlist.trusted"


def make_client(
    user_agent: str,
    *,
    deadline: float,
    guard: AddressGuard = allow_any,
    proxies: Mapping[str, str] | None = None,
) -> httpx.Client:
    """A client whose requests end within ``deadline`` seconds, unless they carry limits of their own. Safe in threads.

    Redirects are not followed: see `get`, which looks at each hop. ``proxies`` maps ``http`` and ``https`` to
    addresses; None takes the system's, as other programs do.
    """
    transport = DeadlineTransport(
        deadline=deadline, guard=guard, proxies=urllib.request.getproxies() if proxies is None else proxies
    )
    headers = {b"User-Agent": user_agent.encode("latin-1", "replace"), b"Accept-Encoding": b"gzip, deflate"}
    return httpx.Client(transport=transport, headers=headers, timeout=None, follow_redirects=False)  # noqa: S113


class DeadlineTransport(httpx.BaseTransport):
    """Sends each request over a connection of its own, bounded by the request's limits. Safe in threads."""

    def __init__(self, *, deadline: float, guard: AddressGuard, proxies: Mapping[str, str]) -> None:
        self._seconds = deadline
        self._guard = guard
        self._proxies = dict(proxies)

    @cached_property
    def _ssl(self) -> ssl.SSLContext:
        """Made when it is needed: to read all the authorities of certificates takes longer than most requests."""
        return httpx.create_ssl_context()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; the answer's body is read as it is iterated. Raises httpx.TransportError."""
        url = request.url
        limits = request.extensions.get(LIMITS) or Limits.starting_now(self._seconds)
        guard = allow_any if request.extensions.get(TRUSTED) else self._guard
        with _as_httpx(request):
            pool = self._pool(url, limits, guard)
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

    def _pool(self, url: httpx.URL, limits: Limits, guard: AddressGuard) -> httpcore.ConnectionPool:
        proxy = self._proxies.get(url.scheme) or self._proxies.get("all")
        direct = proxy is None or is_this_machine(url.host) or bool(urllib.request.proxy_bypass(url.host))
        if not direct and is_literal(url.host):
            # A name is looked up by the proxy, which is the operator's; an address is known here.
            guard(url.host, _address(url.host))
        options: dict[str, Any] = {
            # Without encryption on the way none is asked for.
            "ssl_context": None if url.scheme == "http" else self._ssl,
            "max_connections": 1,
            "max_keepalive_connections": 0,
            "network_backend": DeadlineBackend(limits, guard if direct else allow_any),
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


def _address(literal: str) -> str:
    return "127.0.0.1" if literal.rstrip(".").lower() == "localhost" else literal.strip("[]")


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
