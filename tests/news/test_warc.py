"""Records are valid by an independent reader, hold the very bytes, and tell of each payload once."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from watchlist.model import Capture, CaptureKind, CutFrom, KeptCapture
from watchlist.news.warc import (
    DamagedRecordError,
    file_info,
    metadata,
    read_record,
    record_of,
    records_of,
    verified,
)

NOW = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
PAGE = Capture(
    CaptureKind.PAGE,
    "https://news.example/1",
    NOW,
    "text/html",
    gzip.compress("<p>Käveron</p>".encode(), mtime=0),
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n",
)
ENTRY = Capture(
    CaptureKind.ENTRY,
    "https://news.example/feed.xml",
    NOW,
    "application/rss+xml",
    b"<item>\xff\r\n\r\n</item>",
    cut_from=CutFrom("ab" * 32, 1000, 17),
)


def kept(capture: Capture, first: Capture | None = None) -> KeptCapture:
    return KeptCapture(
        article_id="a",
        title="A title",
        kind=capture.kind,
        url=capture.url,
        at=capture.at,
        sha256=capture.sha256,
        size=len(capture.payload),
        head=capture.head if first else b"",
        record=record_of(first or capture),
    )


def read(parts: Iterable[bytes]) -> list[tuple[Any, bytes]]:
    """The records of a file as warcio reads them, all digests compared."""
    file = io.BytesIO(b"".join(parts))
    return [
        (record, record.raw_stream.read())
        for record in ArchiveIterator(file, check_digests="raise", no_record_parse=False)
    ]


def test_a_page_is_the_answer_of_its_server_byte_for_byte() -> None:
    ((record, body),) = read([record_of(PAGE)])
    assert (record.rec_type, body) == ("response", PAGE.payload)
    assert record.http_headers.get_header("Content-Encoding") == "gzip"
    assert record.rec_headers.get_header("WARC-Target-URI") == PAGE.url
    assert record.rec_headers.get_header("WARC-Date") == "2026-03-01T12:00:00.123456Z"
    ((again, _),) = read([record_of(PAGE)])
    assert again.rec_headers.get_header("WARC-Record-ID") == record.rec_headers.get_header("WARC-Record-ID")
    (unpacked,) = [each.content_stream().read() for each in ArchiveIterator(io.BytesIO(record_of(PAGE)))]
    assert unpacked.decode() == "<p>Käveron</p>"


def test_an_entry_is_a_resource_that_says_which_document_it_was_cut_out_of() -> None:
    ((record, body),) = read([record_of(ENTRY)])
    assert (record.rec_type, body) == ("resource", ENTRY.payload)
    fields = {
        name: record.rec_headers.get_header(f"Watchlist-Document-{name}") for name in ("Digest", "Length", "Offset")
    }
    assert fields == {"Digest": "sha256:" + "ab" * 32, "Length": "1000", "Offset": "17"}


def test_the_same_bytes_met_again_are_told_of_and_not_repeated() -> None:
    elsewhere = replace(PAGE, url="https://other.example/1", at=NOW + timedelta(hours=1))
    found = read(records_of([kept(PAGE), kept(elsewhere, PAGE), kept(ENTRY)]))
    assert [record.rec_type for record, _ in found] == ["response", "revisit", "resource"]
    first, again = found[0][0].rec_headers, found[1][0].rec_headers
    assert again.get_header("WARC-Refers-To") == first.get_header("WARC-Record-ID")
    assert again.get_header("WARC-Target-URI") == elsewhere.url
    assert again.get_header("WARC-Payload-Digest") == first.get_header("WARC-Payload-Digest")
    assert found[1][0].http_headers.get_header("Content-Type") == "text/html"
    # Also where the first to have them is of no account any more.
    alone = read(records_of([kept(elsewhere, PAGE)]))
    assert [record.rec_type for record, _ in alone] == ["response", "revisit"]


def test_a_whole_file_passes() -> None:
    found = read(
        [
            file_info("e.warc.gz", "watchlist 1", "What alert 1 rests on", NOW),
            *records_of([kept(PAGE), kept(ENTRY)]),
            metadata("urn:watchlist:alert:1", b"{}", "application/json", NOW),
        ]
    )
    assert [record.rec_type for record, _ in found] == ["warcinfo", "response", "resource", "metadata"]
    ids = [record.rec_headers.get_header("WARC-Record-ID") for record, _ in found]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    "damage",
    [
        lambda record: record[:-9],
        lambda record: b"",
        lambda record: record[:40] + bytes([record[40] ^ 1]) + record[41:],
        lambda record: gzip.compress(b"WARC/1.1\r\nContent-Length: 5\r\n\r\nother\r\n\r\n"),
        lambda record: gzip.compress(b"WARC/1.1\r\nContent-Length: 50\r\n\r\nother\r\n\r\n"),
        lambda record: gzip.compress(b"something else"),
        lambda record: record_of(replace(PAGE, payload=b"other")),
    ],
)
def test_damage_is_noticed(damage: Any) -> None:
    whole = kept(PAGE)
    verified(whole)
    with pytest.raises(DamagedRecordError):
        verified(replace(whole, record=damage(whole.record)))


@given(st.binary(max_size=300), st.text(max_size=40), st.sampled_from(CaptureKind))
def test_any_bytes_from_any_address_come_back(payload: bytes, url: str, kind: CaptureKind) -> None:
    head = PAGE.head if kind is CaptureKind.PAGE else b""
    capture = Capture(kind, f"https://news.example/{url}", NOW, "text/x; a=b", payload, head)
    assert read_record(record_of(capture)).payload == payload
    ((record, body),) = read([record_of(capture)])
    assert body == payload
    assert record.rec_headers.get_header("WARC-Type") == ("response" if kind is CaptureKind.PAGE else "resource")
