"""What is kept as evidence: the bytes of an article as its feed had it, and of its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256


class CaptureKind(StrEnum):
    """What the bytes are of."""

    #: The article's entry, cut out of the document of its feed.
    ENTRY = "entry"
    #: The whole document of the feed, where the entry could not be told apart in it.
    DOCUMENT = "document"
    #: The body of the article's page, as its server sent it.
    PAGE = "page"
    #: What somebody handed over: a file, or the record in it that is the article.
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class CutFrom:
    """The document of a feed that an entry was cut out of."""

    #: SHA-256 of the document, unpacked, and how many bytes it had.
    sha256: str
    size: int
    #: At which byte of it the entry begins.
    start: int


@dataclass(frozen=True, slots=True)
class Capture:
    """Bytes as they came, with where and when."""

    kind: CaptureKind
    #: Where they came from, after redirects; without a log-in. What was handed over has its file's name.
    url: str
    at: datetime
    content_type: str | None
    payload: bytes
    #: Of a page, the status line and the headers of the answer, an empty line at their end.
    head: bytes = b""
    #: Of an entry.
    cut_from: CutFrom | None = None

    @property
    def sha256(self) -> str:
        """The hash that the bytes are kept by."""
        return sha256(self.payload).hexdigest()


@dataclass(frozen=True, slots=True)
class KeptCapture:
    """A capture as it is kept, with the record that its bytes are in."""

    article_id: str
    #: Of the article.
    title: str
    kind: CaptureKind
    url: str
    at: datetime
    #: Of the bytes.
    sha256: str
    size: int
    #: The headers of an answer that had the same bytes as an earlier one; empty where the record has them itself.
    head: bytes
    #: A compressed WARC record.
    record: bytes
