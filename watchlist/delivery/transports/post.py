"""One POST of a message: within its time, and to public addresses unless others are allowed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from watchlist.errors import Blame, DeliveryError
from watchlist.ports import Said

if TYPE_CHECKING:
    from watchlist.http.failures import HttpError

#: Refusals that are about this message alone: its form, its size, its content.
_ABOUT_MESSAGE = frozenset({400, 409, 413, 422})


@dataclass(frozen=True, slots=True)
class Post:
    """What is posted, and how."""

    channel: str
    url: str
    headers: Sequence[tuple[bytes, bytes]]
    body: bytes
    timeout: float
    #: Hosts, addresses and networks that are not public and may be posted to all the same.
    allow: tuple[str, ...] = ()


def post(sent: Post, said: Said | None = None) -> str:
    """Post it, and return what the other side answered; no redirect is followed. ``said`` is told what went and came.

    Raises DeliveryError for whatever is no 2xx, without the address, which may hold a secret.
    """
    if said:
        parts = urlsplit(sent.url)
        said(f"> POST {parts.scheme}://{parts.hostname}/… with {len(sent.body)} bytes")
        for name, value in sent.headers:
            said(f"> {name.decode()}: {'***' if name.endswith(b'Signature') else value.decode()}")
    found = _asked("POST", sent)
    if said:
        said(f"< {found.reason}")
    if 200 <= (found.status or 0) < 300:
        return found.reason
    blame: Blame = "message" if found.status in _ABOUT_MESSAGE else "channel"
    raise DeliveryError(sent.channel, found.reason, blame=blame, retry_after=found.retry_after)


def reach(channel: str, url: str, timeout: float, allow: tuple[str, ...] = ()) -> str:
    """Ask an address what it allows, and post nothing; return what it answered, whatever that is.

    Raises DeliveryError where nothing answers.
    """
    return _asked("OPTIONS", Post(channel, url, (), b"", timeout, allow)).reason


def _asked(method: str, sent: Post) -> HttpError:
    """What the other side answered, as the error that it would be."""
    from watchlist.http.addresses import Guard
    from watchlist.http.client import make_client
    from watchlist.http.exchange import exchange, new_request
    from watchlist.http.failures import Failure, HttpError
    from watchlist.http.limits import Limits

    limits, guard = Limits.starting_now(sent.timeout), Guard.allowing(sent.allow)
    try:
        with make_client("watchlist", deadline=sent.timeout, guard=guard) as client:
            content = sent.body if method == "POST" else None
            request = new_request(client, method, sent.url, limits, headers=list(sent.headers), content=content)
            with exchange(client, request, limits) as answer:
                return answer.failure(None)
    except HttpError as error:
        reason = error.reason if error.kind is not Failure.ADDRESS else "its address cannot be used"
        text = reason.replace("not fetched", "not sent").replace("under 'fetch'", f"under '{sent.channel}'")
        late = error.kind is Failure.LATE
        raise DeliveryError(sent.channel, text, blame="channel", unanswered=late) from None
