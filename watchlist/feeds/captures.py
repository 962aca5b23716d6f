"""What is kept as evidence of what came: the bytes of entries and pages, and where they are from.

Made only where the configuration says ``evidence: keep``. Nothing is read here, only cut out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from urllib.parse import quote, urlsplit, urlunsplit

from watchlist.feeds.fetch import FetchedFeed
from watchlist.feeds.reading.document import ParsedFeed
from watchlist.feeds.sandbox.places import unpacked
from watchlist.model import Capture, CaptureKind, CutFrom
from watchlist.news.entry import ParsedEntry

#: Our HTTP library takes the chunks apart; said under its own name, the header would be untrue of what is kept.
_CHUNKED = b"transfer-encoding:"
_AS_SENT = b"X-Archive-Orig-"


def with_captures(parsed: ParsedFeed, fetched: FetchedFeed, at: datetime) -> ParsedFeed:
    """The feed with the bytes of each entry: those of the entry alone where its place is known, else the document's."""
    if not parsed.entries:
        return parsed
    body = unpacked(fetched.body.unpacked())
    document = Capture(CaptureKind.DOCUMENT, without_login(fetched.url), at, fetched.content_type, body)
    return cut_up(parsed, document, CaptureKind.ENTRY)


def cut_up(parsed: ParsedFeed, document: Capture, kind: CaptureKind) -> ParsedFeed:
    """The feed with the bytes of each entry, of this kind where they can be cut out of its unpacked document."""
    whole = sha256(document.payload).hexdigest()
    # Found out only where they were asked for.
    found = parsed.places or (None,) * len(parsed.entries)
    entries = tuple(
        replace(entry, capture=document if place is None else _cut(document, kind, whole, *place))
        for entry, place in zip(parsed.entries, found, strict=True)
    )
    return replace(parsed, entries=entries)


def given(name: str, part: str, at: datetime, content_type: str, payload: bytes) -> Capture:
    """What somebody handed over in a file of this name, or a part of that, such as `line-3`."""
    where = f"file:///{quote(name)}{'#' if part else ''}{part}"
    return Capture(CaptureKind.GIVEN, where, at, content_type, payload)


def captures_of(chosen: Mapping[str, ParsedEntry]) -> dict[str, Capture]:
    """The captures of entries by the ids of their articles."""
    return {id: entry.capture for id, entry in chosen.items() if entry.capture is not None}


def page_capture(url: str, content_type: str | None, head: bytes, sent: bytes, at: datetime) -> Capture:
    """A page as its server sent it; ``head`` is the status line with the headers."""
    first, *lines = head.split(b"\r\n")
    lines = [_AS_SENT + line if line.lower().startswith(_CHUNKED) else line for line in lines]
    return Capture(CaptureKind.PAGE, without_login(url), at, content_type, sent, b"\r\n".join((first, *lines)))


def without_login(url: str) -> str:
    """The address without the user and the password that may stand in it."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _cut(document: Capture, kind: CaptureKind, whole: str, start: int, end: int) -> Capture:
    cut_from = CutFrom(whole, len(document.payload), start)
    return replace(document, kind=kind, payload=document.payload[start:end], cut_from=cut_from)
