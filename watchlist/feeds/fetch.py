"""FEED -> BYTES: one conditional GET, bounded in time, size and redirects."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx

from watchlist.config import FetchConfig
from watchlist.errors import FeedFetchError
from watchlist.http.addresses import AddressRefusedError, is_literal
from watchlist.http.client import DEADLINE, TRUSTED
from watchlist.http.freshness import freshness
from watchlist.http.inflate import TooLargeError, read_bounded
from watchlist.model import FeedForFetch

MAX_REDIRECTS = 5

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
)

#: Answers after which the same request is pointless. 403 is not among them: bot guards answer it for an hour or a day.
_PERMANENT = frozenset({400, 401, 404, 405, 406, 410, 414, 451})

#: Redirects that say where the feed is from now on (RFC 9110, 15.4.2 and 15.4.9).
_FOR_GOOD = frozenset({301, 308})

#: Not every C library has the second one.
_NO_SUCH_HOST = (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))

#: A validator longer than this is not kept.
_MAX_VALIDATOR = 1000


@dataclass(frozen=True, slots=True)
class Fetched:
    """A body that came back, inflated, with what the next conditional request needs."""

    #: Where the body came from, after redirects.
    url: str
    status: int
    content_type: str | None
    body: bytes
    #: The server's validators byte for byte, as Latin-1.
    etag: str | None
    last_modified: str | None
    #: Seconds that the answer stays fresh, by its headers.
    fresh: float | None = None
    #: Where the feed has moved, if every redirect on the way said so for good (301, 308).
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server's word that nothing changed since the validators that were sent."""

    status: int = 304


def fetch(
    feed: FeedForFetch,
    now: datetime,
    options: FetchConfig,
    client: httpx.Client,
    *,
    accept: str = ACCEPT,
    before_hop: Callable[[str], None] | None = None,
) -> Fetched | NotModified:
    """Get the feed, or learn that it has not changed since the validators it carries.

    ``client`` comes from `network.make_client`, whose connections keep the deadline of ``options``; ``now`` is what a
    Retry-After date counts from. ``before_hop`` sees where a redirect leads, and stops there by raising. Raises
    FeedFetchError with a reason a person understands.
    """
    deadline = time.monotonic() + options.deadline
    with _explained(feed.url, options):
        address, headers = feed.moved_to or feed.url, _headers(feed, accept)
        request = client.build_request("GET", address, headers=headers, extensions={DEADLINE: deadline})
        # A feed that is itself given by an address, say of this machine, was meant so. What others send us to was not.
        meant = httpx.URL(feed.url if feed.meant is None else feed.meant)
        trusted = is_literal(meant.host)
        for_good = True
        for hops in range(MAX_REDIRECTS + 1):
            trusted = trusted and _origin(request.url) == _origin(meant)
            request.extensions = {**request.extensions, TRUSTED: trusted}
            response = client.send(request, stream=True, follow_redirects=False)
            try:
                if response.next_request is None:
                    taken = _take(response, feed, now, options)
                    # An address with a log-in in it is not kept.
                    if hops and for_good and isinstance(taken, Fetched) and not response.url.userinfo:
                        return replace(taken, moved_to=taken.url)
                    return taken
                for_good = for_good and response.status_code in _FOR_GOOD
                request = response.next_request
            finally:
                response.close()
            if request.url.scheme not in ("http", "https"):
                what = f"redirected to a {request.url.scheme} address"
                raise FeedFetchError(feed.url, what, status=response.status_code, permanent=True)
            if before_hop is not None:
                before_hop(str(request.url))
    raise FeedFetchError(feed.url, f"more than {MAX_REDIRECTS} redirects", status=response.status_code)


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _headers(feed: FeedForFetch, accept: str) -> list[tuple[bytes, bytes]]:
    headers = [(b"Accept", accept.encode("ascii"))]
    for name, validator in ((b"If-None-Match", feed.etag), (b"If-Modified-Since", feed.last_modified)):
        if validator:
            headers.append((name, validator.encode("latin-1", "replace")))
    return headers


def _take(response: httpx.Response, feed: FeedForFetch, now: datetime, options: FetchConfig) -> Fetched | NotModified:
    status = response.status_code
    if status == HTTPStatus.NOT_MODIFIED:
        if not (feed.etag or feed.last_modified):
            raise FeedFetchError(feed.url, "answered 304 Not Modified although nothing was asked of it", status=status)
        return NotModified(status)
    if status not in (HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION):
        wait = _retry_after(response, now)
        asked = f" and asks to wait {wait:.0f} s" if wait else ""
        raise FeedFetchError(
            feed.url,
            f"answered {status} {_phrase(response)}".rstrip() + asked,
            status=status,
            retry_after=wait,
            permanent=status in _PERMANENT,
        )
    try:
        body = read_bounded(response.iter_raw(), _header(response, b"content-encoding") or "", options.max_bytes)
    except TooLargeError:
        raise FeedFetchError(feed.url, f"is larger than {options.max_bytes:,} bytes", status=status) from None
    except ValueError as error:
        raise FeedFetchError(feed.url, str(error), status=status) from error
    return Fetched(
        url=str(response.url),
        status=status,
        content_type=_header(response, b"content-type"),
        body=body,
        fresh=freshness(_header(response, b"cache-control"), _header(response, b"expires"), now),
        etag=_validator(response, b"etag"),
        last_modified=_validator(response, b"last-modified"),
    )


def _header(response: httpx.Response, name: bytes) -> str | None:
    """The header's bytes as Latin-1, which gives the same bytes back; httpx would guess an encoding."""
    return next((value.decode("latin-1") for key, value in response.headers.raw if key.lower() == name), None)


def _validator(response: httpx.Response, name: bytes) -> str | None:
    validator = _header(response, name)
    return validator if validator and len(validator) <= _MAX_VALIDATOR else None


def _phrase(response: httpx.Response) -> str:
    try:
        return HTTPStatus(response.status_code).phrase
    except ValueError:
        return ""


def _retry_after(response: httpx.Response, now: datetime) -> float | None:
    """Seconds the server asks to wait (RFC 9110, 10.2.3: a number, or a date); never below zero."""
    wish = (_header(response, b"retry-after") or "").strip()
    if wish.isascii() and wish.isdigit():
        return float(wish[:9])
    try:
        date = parsedate_to_datetime(wish)
    except (ValueError, IndexError):
        return None
    # HTTP dates are in GMT; a naive one has only left that out.
    return max(0.0, ((date if date.tzinfo else date.replace(tzinfo=UTC)) - now).total_seconds())


@contextmanager
def _explained(url: str, options: FetchConfig) -> Iterator[None]:
    """Turn what httpx raises into FeedFetchError with a reason in words."""
    try:
        yield
    except httpx.TimeoutException as error:
        raise FeedFetchError(url, f"no complete answer within {options.deadline:g} s") from error
    except (httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
        raise FeedFetchError(url, f"not an address that can be fetched: {error}", permanent=True) from error
    except httpx.ProxyError as error:
        raise FeedFetchError(url, f"the proxy refused: {error}") from error
    except httpx.ConnectError as error:
        raise FeedFetchError(url, _why_no_connection(error)) from error
    except httpx.RemoteProtocolError as error:
        raise FeedFetchError(url, f"the answer is broken off or is no HTTP ({error})") from error
    except httpx.NetworkError as error:
        raise FeedFetchError(url, "the server broke off the connection") from error
    except httpx.HTTPError as error:
        raise FeedFetchError(url, f"the request failed: {error or type(error).__name__}") from error


def _why_no_connection(error: BaseException) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, AddressRefusedError):
            return str(cause)
        if isinstance(cause, socket.gaierror):
            if cause.errno in _NO_SUCH_HOST:
                return "host name not found"
            return f"host name look-up failed: {cause.strerror}"
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"the server's certificate is not valid: {cause.verify_message}"
        if isinstance(cause, ssl.SSLError):
            return f"no TLS connection: {cause.reason or cause}"
        if isinstance(cause, ConnectionRefusedError):
            return "connection refused"
        if isinstance(cause, OSError) and cause.strerror:
            return f"no connection: {cause.strerror}"
        # httpcore's pool raises again "from None", which leaves the context alone.
        cause = cause.__cause__ or cause.__context__
    return f"no connection: {error}"
