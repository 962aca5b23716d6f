"""Files cut into pieces and read back as rows, whatever is in them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import examples
from watchlist.archive.reading import streams as cutting
from watchlist.archive.reading.fields import ArchiveRow
from watchlist.archive.reading.inputs import InputFile, InputKind, Packing, find_inputs
from watchlist.archive.reading.pieces import cut, piece_bytes_for
from watchlist.archive.reading.rows import BadRow, NoArticle, rows_of, rows_of_lines

LINES = b"".join(
    json.dumps({"id": number, "text": f"words {number}" * (number % 5)}).encode() + b"\n" for number in range(40)
)


def read(path: Path, piece_bytes: int = 100) -> list[ArchiveRow | BadRow | NoArticle]:
    return [row for piece in cut(find_inputs([str(path)]), piece_bytes) for row in rows_of(piece)]


def articles(rows: Sequence[object]) -> list[ArchiveRow]:
    return [row for row in rows if isinstance(row, ArchiveRow)]


def bad(rows: Sequence[object]) -> list[BadRow]:
    return [row for row in rows if isinstance(row, BadRow)]


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.jsonl.zst"])
@pytest.mark.parametrize("piece_bytes", [7, 100, 1 << 20])
def test_lines_are_the_same_however_they_are_packed_and_cut(name: str, piece_bytes: int, tmp_path: Path) -> None:
    packed = {".gz": gzip.compress, ".zst": zstandard.compress}.get(Path(name).suffix, bytes)(LINES.rstrip(b"\n"))
    (tmp_path / name).write_bytes(packed)
    rows = read(tmp_path / name, piece_bytes)
    assert [row.article.id for row in articles(rows)] == [str(number) for number in range(40) if number % 5]
    assert [row.place.rpartition(": ")[2] for row in bad(rows)] == [f"line {number + 1}" for number in range(0, 40, 5)]
    assert {row.reason for row in bad(rows)} == {"has neither title nor text"}


def test_a_piece_is_bounded_and_the_cut_always_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(LINES)
    found = list(cut(find_inputs([str(tmp_path)]), 200))
    assert found == list(cut(find_inputs([str(tmp_path)]), 200))
    assert [each.number for each in found] == list(range(len(found)))
    assert sum(each.size for each in found) == len(LINES)
    assert max(each.size for each in found) < 400


def test_a_small_archive_is_cut_into_equal_shares_and_a_large_one_into_pieces_of_a_size(tmp_path: Path) -> None:
    def sizes(*files: int) -> int:
        given = [InputFile(f"{number}", InputKind.LINES, Packing.NONE, size, 0) for number, size in enumerate(files)]
        return piece_bytes_for(given)

    assert sizes() == sizes(1) == sizes(1 << 20, 2 << 20) == 128 << 10
    assert sizes(100 << 20, 156 << 20) == 1 << 20
    assert sizes(1 << 40) == sizes(1 << 30) == 4 << 20


@given(
    st.lists(st.sampled_from([b"\n", b"ab", b"{}" * 5, b"\r\n"]), max_size=40), st.integers(1, 30), st.integers(3, 40)
)
@settings(max_examples=examples(50), deadline=None)
def test_lines_are_cut_at_the_same_places_whether_they_are_read_or_not(
    some: list[bytes], piece_bytes: int, longest: int
) -> None:
    content = b"".join(some)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(cutting, "LONGEST_ROW", longest)
        read = list(cutting.lines(BytesIO(content), piece_bytes, cutting.RowAt()))
        places = list(cutting.line_places(BytesIO(content), piece_bytes, cutting.RowAt()))
    assert sum(each.size for each in places) == len(content)
    for one, other in zip(read, places, strict=True):
        if isinstance(other.payload, cutting.FileRange):
            start, length = other.payload.start, other.payload.length
            assert one == cutting.Cut(other.first, content[start : start + length], other.size)
        else:
            assert one == other


@given(st.binary(max_size=300))
@settings(max_examples=examples(25), deadline=None)
def test_no_bytes_stop_the_reader(content: bytes) -> None:
    rows = list(rows_of_lines(content.split(b"\n"), "x", 1))
    assert len(rows) == sum(1 for line in content.split(b"\n") if line.strip())


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text": "cut', "is no JSON"),
        (b"[1, 2]", "is no object"),
        (b'{"title": 3, "text": "x"}', "must be strings"),
        (b'{"text": "\xff\xfe"}', "is no JSON"),
        (b'{"id": {}, "text": "x"}', '"id" must be'),
        (b'{"body": "x"}', "has neither title nor text"),
        (b"[" * 100_000, "is no JSON"),
    ],
)
def test_a_bad_row_says_what_is_wrong_and_keeps_its_bytes(line: bytes, reason: str) -> None:
    before, row, after = rows_of_lines([b'{"text": "x"}', line, b'{"text": "y"}'], "a.jsonl", 7)
    assert isinstance(row, BadRow)
    assert (row.place, row.raw) == ("a.jsonl: line 8", line)
    assert reason in row.reason
    assert isinstance(before, ArchiveRow)
    assert isinstance(after, ArchiveRow)


def test_a_line_without_an_end_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "LONGEST_ROW", 5_000)
    long = b'{"text": "' + b"x" * 20_000 + b'"}\n'
    for name, packed in (("a.jsonl", bytes), ("b.jsonl.gz", gzip.compress)):
        (tmp_path / name).write_bytes(packed(b'{"id": 1, "text": "x"}\n' + long + b'{"id": 2, "text": "y"}\n'))
        rows = read(tmp_path / name, 64)
        assert [row.article.id for row in articles(rows)] == ["1", "2"]
        assert [row.reason for row in bad(rows)] == ["is longer than 5,000 bytes"]


def test_a_damaged_file_is_read_up_to_the_damage_and_the_next_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(LINES * 50)[:-300])
    (tmp_path / "b.parquet").write_bytes(b"PAR1 and no more")
    (tmp_path / "c.jsonl").write_bytes(b'{"id": "last", "text": "x"}\n')
    rows = read(tmp_path)
    assert [row.reason.partition(":")[0] for row in bad(rows) if "neither" not in row.reason] == ["damaged", "damaged"]
    assert articles(rows)[0].article.id == "1"
    assert articles(rows)[-1].article.id == "last"


def test_parquet_with_dates_numbers_and_columns_that_nobody_asked_for(tmp_path: Path) -> None:
    table = pa.table(
        {
            "id": pa.array([10, 11, None], pa.int64()),
            "text": ["words", None, "words"],
            "published_at": pa.array([datetime(2026, 3, 1, 23, 30, tzinfo=UTC), None, None], pa.timestamp("us", "UTC")),
            "date": pa.array([None, None, date(2020, 2, 2)], pa.date32()),
            "vector": [[1.0], [2.0], [3.0]],
        }
    )
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=2)
    pq.write_table(pa.table({"body": ["x"]}), tmp_path / "b.parquet")
    rows = read(tmp_path)
    assert (articles(rows)[0].article.id, articles(rows)[0].day) == ("10", date(2026, 3, 1))
    assert (len(articles(rows)[1].article.id), articles(rows)[1].day) == (32, date(2020, 2, 2))
    assert [row.reason for row in bad(rows)] == [
        "has neither title nor text",
        "has neither a column title nor text; it has body",
    ]


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("2026-11-01", date(2026, 11, 1)),
        ("2026-11-01T23:30:00-05:00", date(2026, 11, 2)),
        ("1951-02-03 10:00:00", date(1951, 2, 3)),
        ("Mon, 02 Nov 2026 08:00:00 GMT", date(2026, 11, 2)),
        ("2026-99-01", None),
        ("soon", None),
        (20261101, None),
        (None, None),
    ],
)
def test_the_day_is_that_of_utc(stated: object, day: date | None) -> None:
    line = json.dumps({"text": "x", "published_at": stated}).encode()
    (row,) = rows_of_lines([line], "x", 1)
    assert isinstance(row, ArchiveRow)
    assert row.day == day


def test_who_published_it_is_as_the_row_says_or_its_host() -> None:
    lines = [
        b'{"text": "x", "source": "S", "url": "https://a.example/"}',
        b'{"text": "x", "url": "https://www.a.example/1"}',
    ]
    assert [row.source for row in articles(list(rows_of_lines(lines, "x", 1)))] == ["S", "a.example"]


def test_an_article_without_an_id_is_known_by_its_address_or_its_words() -> None:
    lines = [
        b'{"text": "x", "url": "https://a.example/1"}',
        b'{"text": "x"}',
        b'{"text": "x", "id": ""}',
        b'{"text": "y"}',
    ]
    first, second, third, fourth = (row.article.id for row in articles(list(rows_of_lines(lines, "x", 1))))
    assert first == "https://a.example/1"
    assert second == third != fourth


def record(kind: str, url: str, form: str, block: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-11-02T08:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{uuid5(NAMESPACE_URL, url)}>\r\nContent-Type: {form}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def answer(url: str, status: str, form: str, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {form}\r\n\r\n".encode()
    return record("response", url, "application/http; msgtype=response", head + body)


def warc(*, gzipped: bool) -> bytes:
    """A page, an error page, a picture, a text of WET, and what crawlers write beside them."""
    page = "<html><head><title>Caf\xe9</title></head><body><script>no()</script><p>Words of a page.</p></body></html>"
    records = [
        record("warcinfo", "", "application/warc-fields", b"software: none"),
        answer("https://a.example/1", "200 OK", "text/html; charset=latin-1", page.encode("latin-1")),
        answer("https://a.example/2", "404 Not Found", "text/html", b"<p>gone</p>"),
        answer("https://a.example/3", "200 OK", "image/png", b"\x89PNG"),
        record("conversion", "https://a.example/4", "text/plain", b"Words of a text."),
    ]
    return b"".join(gzip.compress(each) if gzipped else each for each in records)


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.warc.wet.gz"])
@pytest.mark.parametrize("piece_bytes", [1, 1 << 20])
def test_records_of_the_web(name: str, piece_bytes: int, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(warc(gzipped=name.endswith(".gz")))
    rows = read(tmp_path / name, piece_bytes)
    page, text = articles(rows)
    assert (page.article.title, page.article.text, page.day) == ("Caf\xe9", "Words of a page.", date(2026, 11, 2))
    assert (text.article.title, text.article.text, text.source) == ("", "Words of a text.", "a.example")
    assert page.article.id.startswith("urn:uuid:")
    assert sum(isinstance(row, NoArticle) for row in rows) == 2
    assert not bad(rows)


def test_a_warc_that_is_cut_off_tells_so(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(warc(gzipped=False)[:-15])
    (tmp_path / "b.warc").write_bytes(warc(gzipped=False) + b"and then no record")
    rows = read(tmp_path)
    assert [row.reason for row in bad(rows)] == ["damaged: record 5 is cut off", "damaged: is no WARC record"]
    assert len(articles(rows)) == 3
