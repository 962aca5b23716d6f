"""The one conditional GET: redirects are followed hop by hop, each of them guarded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

import httpx

from watchlist.http.addresses import is_literal
from watchlist.http.exchange import Answer, exchange, new_request
from watchlist.http.faults import Fault, HttpError, explained
from watchlist.http.limits import Limits

MAX_REDIRECTS = 5

#: A validator longer than this is not kept.
_MAX_VALIDATOR = 1000

#: Redirects that say where something is from now on (RFC 9110, 15.4.2 and 15.4.9).
_FOR_GOOD = frozenset({301, 308})


@dataclass(frozen=True, slots=True)
class Validators:
    """What the server gave with the last copy, byte for byte as Latin-1, to be sent back as it came."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for, and on whose word."""

    url: str
    accept: str = "*/*"
    validators: Validators = Validators()
    #: The address that the operator wrote, if it is another: only at its origin is his word enough to connect.
    meant: str | None = None
    #: Whether his word holds for a host name too; else for an address only, since others decide where a name leads.
    trusted_by_name: bool = False
    #: The statuses of a good answer, besides 304.
    good: frozenset[int] = frozenset({200})


@dataclass(frozen=True, slots=True)
class Got:
    """A good answer, or word that nothing has changed."""

    answer: Answer
    #: Where it has moved, if every redirect on the way said so for good (301, 308).
    moved_to: str | None = None

    @property
    def not_modified(self) -> bool:
        """Whether nothing has changed since the validators that were sent."""
        return self.answer.status == HTTPStatus.NOT_MODIFIED

    @property
    def validators(self) -> Validators:
        """What the next conditional request needs."""
        etag, last_modified = self.answer.header("etag") or "", self.answer.header("last-modified") or ""
        return Validators(
            etag if 0 < len(etag) <= _MAX_VALIDATOR else None,
            last_modified if 0 < len(last_modified) <= _MAX_VALIDATOR else None,
        )


@contextmanager
def get(
    client: httpx.Client,
    wanted: Wanted,
    limits: Limits,
    *,
    now: datetime | None = None,
    before_hop: Callable[[str], None] | None = None,
) -> Iterator[Got]:
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
                yield Got(answer, answer.url if moved else None)
                return
            for_good = for_good and answer.status in _FOR_GOOD
            status = answer.status
        request = following
        if request.url.scheme not in ("http", "https"):
            what = f"redirected to a {request.url.scheme} address"
            raise HttpError(Fault.REDIRECT, what, status=status, permanent=True)
        if before_hop is not None:
            before_hop(str(request.url))
    raise HttpError(Fault.REDIRECT, f"more than {MAX_REDIRECTS} redirects", status=status)


def _check(answer: Answer, wanted: Wanted, now: datetime | None) -> None:
    if answer.status == HTTPStatus.NOT_MODIFIED:
        if wanted.validators == Validators():
            reason = "answered 304 Not Modified although nothing was asked of it"
            raise HttpError(Fault.UNASKED, reason, status=answer.status)
    elif answer.status not in wanted.good:
        raise answer.failure(now)


def _headers(wanted: Wanted) -> list[tuple[bytes, bytes]]:
    headers = [(b"Accept", wanted.accept.encode("ascii"))]
    validators = ((b"If-None-Match", wanted.validators.etag), (b"If-Modified-Since", wanted.validators.last_modified))
    headers += [(name, each.encode("latin-1", "replace")) for name, each in validators if each]
    return headers


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port
