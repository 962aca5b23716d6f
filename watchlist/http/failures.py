"""What can go wrong on the wire, as one error with a reason in words for people."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

import httpx

from watchlist.http.addresses import AddressRefusedError
from watchlist.http.limits import Limits
from watchlist.http.reasons import NO_LOOK_UP, NOT_FOUND

#: Not every C library has the second one.
_NO_SUCH_HOST = (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))


class Failure(Enum):
    """Kinds of failure, for those who treat them differently."""

    #: The address is none that can be fetched.
    ADDRESS = "address"
    #: The guard does not allow the connection.
    REFUSED = "refused"
    #: No connection, or none to the end.
    CONNECTION = "connection"
    #: The time was up.
    LATE = "late"
    #: Redirected too often, or to where nobody follows.
    REDIRECT = "redirect"
    #: An answer, but not a good one.
    STATUS = "status"
    #: 304 Not Modified, although nothing was asked of it.
    UNASKED = "unasked"
    #: The body is too large, damaged, or compressed in an unknown way; the cause is a BodyError.
    BODY = "body"


class HttpError(Exception):
    """An exchange came to nothing; its text is the reason for people.

    ``detail`` is the same in the words of the library or the server, ``status`` the HTTP status if one came back,
    ``retry_after`` the server's wish in seconds; ``permanent`` says that asking again the same way is pointless.
    """

    def __init__(
        self,
        kind: Failure,
        reason: str,
        *,
        detail: str | None = None,
        status: int | None = None,
        retry_after: float | None = None,
        permanent: bool = False,
    ) -> None:
        self.kind = kind
        self.reason = reason
        self.detail = reason if detail is None else detail
        self.status = status
        self.retry_after = retry_after
        self.permanent = permanent
        super().__init__(reason)


@contextmanager
def explained(limits: Limits) -> Iterator[None]:
    """Turn what httpx raises into HttpError."""
    try:
        yield
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise _explain(error, limits) from error


def _explain(error: httpx.HTTPError | httpx.InvalidURL, limits: Limits) -> HttpError:
    detail = str(error) or type(error).__name__
    if isinstance(error, httpx.UnsupportedProtocol | httpx.InvalidURL):
        reason = f"not an address that can be fetched: {error}"
        return HttpError(Failure.ADDRESS, reason, detail=detail, permanent=True)
    if isinstance(error, httpx.TimeoutException):
        if limits.over:
            return HttpError(Failure.LATE, f"no complete answer within {limits.seconds:g} s", detail=detail)
        return HttpError(Failure.CONNECTION, f"no connection within {limits.connecting:g} s", detail=detail)
    if refusal := _refusal(error):
        return HttpError(Failure.REFUSED, refusal, detail=detail)
    return HttpError(Failure.CONNECTION, _why_broken(error), detail=detail)


def _why_broken(error: Exception) -> str:
    if isinstance(error, httpx.ProxyError):
        return f"the proxy refused: {error}"
    if isinstance(error, httpx.ConnectError):
        return _why_no_connection(error)
    if isinstance(error, httpx.RemoteProtocolError):
        return f"the answer is broken off or is no HTTP ({error})"
    if isinstance(error, httpx.NetworkError):
        return "the server broke off the connection"
    return f"the request failed: {error or type(error).__name__}"


def _why_no_connection(error: Exception) -> str:
    for cause in _causes(error):
        if isinstance(cause, socket.gaierror):
            if cause.errno in _NO_SUCH_HOST:
                return NOT_FOUND
            return f"{NO_LOOK_UP}: {cause.strerror}"
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"the server's certificate is not valid: {cause.verify_message}"
        if isinstance(cause, ssl.SSLError):
            return f"no TLS connection: {cause.reason or cause}"
        if isinstance(cause, ConnectionRefusedError):
            return "connection refused"
        if isinstance(cause, OSError) and cause.strerror:
            return f"no connection: {cause.strerror}"
    return f"no connection: {error}"


def _refusal(error: Exception) -> str | None:
    return next((str(cause) for cause in _causes(error) if isinstance(cause, AddressRefusedError)), None)


def _causes(error: Exception) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        # httpcore's pool raises again "from None", which leaves the context alone.
        cause = cause.__cause__ or cause.__context__
