"""WARC records (ISO 28500, version 1.1): bytes as they came from the web, in the form that archives keep them in. Pure.

A record is made once, when the bytes are fetched, each compressed by itself; a file is records one after another. Ids
come of what a record says, so that it is the same whenever it is handed over.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from watchlist.model import Capture, CaptureKind, KeptCapture

_VERSION: Final = b"WARC/1.1"
_LINE: Final = b"\r\n"
#: Says of a record that its bytes are those of an earlier one.
_SAME_BYTES: Final = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_RESPONSE_TYPE: Final = "application/http;msgtype=response"
_UNKNOWN_TYPE: Final = "application/octet-stream"
#: Of compression: the levels above take longer and spare nearly nothing.
_LEVEL: Final = 6
#: What begins the body of an HTTP message.
_END_OF_HEAD: Final = b"\r\n\r\n"


class DamagedRecordError(ValueError):
    """A kept record that no longer holds the bytes whose hash it is kept by; its text says why."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it is read back."""

    fields: Mapping[str, str]
    block: bytes

    @property
    def payload(self) -> bytes:
        """The bytes that were captured: of an HTTP answer its body."""
        if self.fields.get("WARC-Type") == "response":
            return self.block.partition(_END_OF_HEAD)[2]
        return self.block


def record_of(capture: Capture) -> bytes:
    """The record that keeps the bytes of a capture, compressed."""
    about = _about("resource", capture.url, capture.at, capture.sha256)
    if capture.kind is CaptureKind.PAGE:
        about |= {"WARC-Type": "response", "Content-Type": _RESPONSE_TYPE}
    else:
        about["Content-Type"] = capture.content_type or _UNKNOWN_TYPE
    if capture.cut_from is not None:
        # Fields of our own, which other readers pass over.
        about |= {
            "Watchlist-Document-Digest": f"sha256:{capture.cut_from.sha256}",
            "Watchlist-Document-Length": str(capture.cut_from.size),
            "Watchlist-Document-Offset": str(capture.cut_from.start),
        }
    return _record(about, capture.head + capture.payload)


def read_record(compressed: bytes) -> Record:
    """A record that `record_of` made; raises DamagedRecordError for what is none."""
    try:
        plain = gzip.decompress(compressed)
    except (OSError, EOFError, zlib.error) as error:
        raise DamagedRecordError(f"cannot be unpacked: {error}") from error
    head, parted, rest = plain.partition(_END_OF_HEAD)
    version, *lines = head.split(_LINE)
    fields = dict(line.decode("utf-8", "replace").split(": ", 1) for line in lines if b": " in line)
    length = fields.get("Content-Length", "")
    if version != _VERSION or not parted or not length.isdecimal() or len(rest) != int(length) + len(_END_OF_HEAD):
        raise DamagedRecordError("is no WARC record")
    return Record(fields, rest[: int(length)])


def verified(kept: KeptCapture) -> Record:
    """The record of a capture; raises DamagedRecordError where its bytes are not those of its hash."""
    record = read_record(kept.record)
    found = sha256(record.payload).hexdigest()
    if found != kept.sha256:
        raise DamagedRecordError(f"its bytes have the SHA-256 {found[:16]}…, not {kept.sha256[:16]}…")
    return record


def records_of(kept: Iterable[KeptCapture]) -> Iterator[bytes]:
    """The records of captures as they stand in a file: each payload once, and where it was met again, that it was.

    Raises DamagedRecordError; see `verified`.
    """
    given: set[str] = set()
    for each in kept:
        record = verified(each)
        if each.sha256 not in given:
            given.add(each.sha256)
            yield each.record
        first = record.fields
        if (first.get("WARC-Target-URI"), first.get("WARC-Date")) != (_uri(each.url), _time(each.at)):
            yield _revisit(each, first)


def file_info(name: str, software: str, description: str, at: datetime) -> bytes:
    """The record that begins a file."""
    fields = {
        "software": software,
        "format": "WARC File Format 1.1",
        "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "description": description,
    }
    block = b"".join(f"{key}: {value}\r\n".encode() for key, value in fields.items())
    about = {
        "WARC-Type": "warcinfo",
        "WARC-Record-ID": _id("warcinfo", name, description, _time(at)),
        "WARC-Date": _time(at),
        "WARC-Filename": name,
        "Content-Type": "application/warc-fields",
    }
    return _record(about, block)


def metadata(uri: str, content: bytes, content_type: str, at: datetime) -> bytes:
    """A record that says something of what the file is about."""
    digest = sha256(content).hexdigest()
    return _record({**_about("metadata", uri, at, digest), "Content-Type": content_type}, content)


def _revisit(kept: KeptCapture, first: Mapping[str, str]) -> bytes:
    about = _about("revisit", kept.url, kept.at, kept.sha256)
    about |= {
        "WARC-Profile": _SAME_BYTES,
        "WARC-Refers-To": first.get("WARC-Record-ID", ""),
        "WARC-Refers-To-Target-URI": first.get("WARC-Target-URI", ""),
        "WARC-Refers-To-Date": first.get("WARC-Date", ""),
    }
    if kept.kind is CaptureKind.PAGE:
        about["Content-Type"] = _RESPONSE_TYPE
    return _record(about, kept.head)


def _about(kind: str, url: str, at: datetime, digest: str) -> dict[str, str]:
    return {
        "WARC-Type": kind,
        "WARC-Record-ID": _id(kind, url, _time(at), digest),
        "WARC-Date": _time(at),
        "WARC-Target-URI": _uri(url),
        "WARC-Payload-Digest": f"sha256:{digest}",
    }


def _record(about: Mapping[str, str], block: bytes) -> bytes:
    fields = {**about, "WARC-Block-Digest": f"sha256:{sha256(block).hexdigest()}", "Content-Length": str(len(block))}
    # A value from outside must not begin a field of its own.
    lines = (f"{key}: {' '.join(value.split())}".encode() for key, value in fields.items())
    plain = _LINE.join((_VERSION, *lines, b"", block, b"", b""))
    # Without the time of day: the same record has the same bytes.
    return gzip.compress(plain, _LEVEL, mtime=0)


def _id(*parts: str) -> str:
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, chr(10).join(parts))}>"


def _time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _uri(url: str) -> str:
    """The address as a record may have it: without white space, which some feeds have in theirs."""
    return url.strip().replace(" ", "%20")
