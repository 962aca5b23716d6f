"""The one conditional GET: redirects are followed hop by hop, each of them guarded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

import httpx

from watchlist.http.addresses import is_literal
from watchlist.http.exchange import NO_VALIDATORS, Answer, Validators, exchange, new_request
from watchlist.http.failures import Failure, HttpError, explained
from watchlist.http.limits import Limits

MAX_REDIRECTS = 5

#: Redirects that say where something is from now on (RFC 9110, 15.4.2 and 15.4.9).
_FOR_GOOD = frozenset({301, 308})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for, and on whose word."""

    url: str
    accept: str = "*/*"
    validators: Validators = NO_VALIDATORS
    #: The address that the operator wrote, if it is another: only at its origin is his word enough to connect.
    meant: str | None = None
    #: Whether his word holds for a host name too; else for an address only, since others decide where a name leads.
    trusted_by_name: bool = False
    #: The statuses of a good answer, besides 304.
    good: frozenset[int] = frozenset({200})


@contextmanager
def get(
    client: httpx.Client,
    wanted: Wanted,
    limits: Limits,
    *,
    now: datetime | None = None,
    before_hop: Callable[[str], None] | None = None,
) -> Iterator[Answer]:
    """Ask for something; the body of the answer may be read while the block lasts.

    ``limits`` hold for all hops together. ``now`` is what a Retry-After date counts from where the server does not tell
    its own time. ``before_hop`` sees where a redirect leads, and stops there by raising. Raises HttpError for whatever
    is no good answer.
    """
    request = new_request(client, "GET", wanted.url, limits, headers=_headers(wanted))
    with explained(limits):
        meant = httpx.URL(wanted.url if wanted.meant is None else wanted.meant)
    # What was written out as an address, say of this machine, was meant so. What others send us to was not.
    trusted, for_good = wanted.trusted_by_name or is_literal(meant.host), True
    for hops in range(MAX_REDIRECTS + 1):
        trusted = trusted and _origin(request.url) == _origin(meant)
        with exchange(client, request, limits, trusted=trusted) as answer:
            following = answer.response.next_request
            if following is None:
                _check(answer, wanted, now)
                # An address with a log-in in it is not kept.
                moved = hops > 0 and for_good and not answer.response.url.userinfo
                yield replace(answer, moved_to=answer.url) if moved else answer
                return
            for_good = for_good and answer.status in _FOR_GOOD
            status = answer.status
        request = following
        if request.url.scheme not in ("http", "https"):
            raise HttpError(
                Failure.REDIRECT,
                f"redirected to a {request.url.scheme} address",
                detail=f"Request URL has an unsupported protocol '{request.url.scheme}://'.",
                status=status,
                permanent=True,
            )
        if before_hop is not None:
            before_hop(str(request.url))
    raise HttpError(
        Failure.REDIRECT,
        f"more than {MAX_REDIRECTS} redirects",
        detail="Exceeded maximum allowed redirects.",
        status=status,
    )


def _check(answer: Answer, wanted: Wanted, now: datetime | None) -> None:
    if answer.not_modified:
        if wanted.validators == NO_VALIDATORS:
            reason = "answered 304 Not Modified although nothing was asked of it"
            raise HttpError(Failure.UNASKED, reason, status=answer.status)
    elif answer.status not in wanted.good:
        raise answer.failure(now)


def _headers(wanted: Wanted) -> list[tuple[bytes, bytes]]:
    headers = [(b"Accept", wanted.accept.encode("ascii"))]
    validators = ((b"If-None-Match", wanted.validators.etag), (b"If-Modified-Since", wanted.validators.last_modified))
    headers += [(name, each.encode("latin-1", "replace")) for name, each in validators if each]
    return headers


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port
