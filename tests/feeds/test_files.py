"""Articles from files and pipes."""

from __future__ import annotations

import gzip
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from watchlist.feeds import files
from watchlist.feeds.files import Problem, Reading, read_path, read_stream
from watchlist.feeds.sandbox.sandbox import Sandbox
from watchlist.news.entry import ParsedEntry

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
RSS = b"<rss version='2.0'><channel><item><title>R</title><link>https://x.example/r</link></item></channel></rss>"


@pytest.fixture
def reading(sandbox: Sandbox) -> Reading:
    return Reading(sandbox, NOW)


def piped(body: bytes, reading: Reading) -> list[ParsedEntry | Problem]:
    return list(read_stream(io.BufferedReader(io.BytesIO(body)), "pipe", reading))  # type: ignore[arg-type]


def test_a_line_is_an_article(reading: Reading) -> None:
    line = {
        "id": 7,
        "url": "https://x.example/1",
        "title": " A\n title ",
        "text": "Two\nlines\x00",
        "lang": "en_GB",
        "published_at": "2026-02-28T10:00:00+01:00",
        "score": [1, 2],
    }
    body = "\ufeff" + json.dumps(line) + '\n\n{"title": "B", "url": "urn:b", "published_at": "yesterday"}'
    assert piped(body.encode(), reading) == [
        ParsedEntry(
            "7", "https://x.example/1", "A title", "Two\nlines", "en-gb", datetime(2026, 2, 28, 9, 0, tzinfo=UTC)
        ),
        ParsedEntry("urn:b", None, "B", "", None, None),
    ]
    assert piped(gzip.compress(body.encode()), reading) == piped(body.encode(), reading)
    assert piped(b"", reading) == []


def test_bad_lines_are_told_and_the_good_kept(reading: Reading) -> None:
    lines = [
        b'{"title": "A"}',
        b"{broken",
        b"[1]",
        b'{"title": 5}',
        b'{"id": "x"}',
        b'{"title": "\xff"}',
        b'{"text":"B"}',
    ]
    found = piped(b"\n".join(lines), reading)
    assert [each.title or each.text for each in found if isinstance(each, ParsedEntry)] == ["A", "B"]
    assert [(each.place, each.reason.partition(":")[0]) for each in found if isinstance(each, Problem)] == [
        ("pipe: line 2", "is no JSON"),
        ("pipe: line 3", 'is no object with "title" and "text"'),
        ("pipe: line 4", '"title" must be a string'),
        ("pipe: line 5", "has neither title nor text"),
        ("pipe: line 6", "is no JSON"),
    ]


def test_a_line_without_end_is_passed_over(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_LINE", 50)
    long = b'{"title": "' + b"x" * 500 + b'"}\n'
    first, second = piped(long + b'{"title": "A"}\n', reading)
    assert first == Problem("pipe: line 1", "is longer than 50 bytes")
    assert isinstance(second, ParsedEntry)


def test_a_pipe_that_breaks_gives_what_came(reading: Reading) -> None:
    whole = gzip.compress(b"".join(b'{"title": "%d %s"}\n' % (n, str(n).encode() * 20) for n in range(2000)))
    found = piped(whole[: len(whole) // 2], reading)
    assert len(found) > 100
    assert isinstance(found[-1], Problem)
    assert "damaged" in found[-1].reason
    assert all(isinstance(each, ParsedEntry) for each in found[:-1])


def test_a_pipe_may_carry_a_feed_or_a_page(reading: Reading) -> None:
    assert piped(RSS, reading) == [ParsedEntry(None, "https://x.example/r", "R", "", None, None)]
    assert piped(b"<!DOCTYPE html><title>P</title><p>Words", reading) == [
        ParsedEntry("pipe", None, "P", "Words", None, None)
    ]


def test_a_folder_is_read_with_its_folders_in_order(reading: Reading, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name, body in {
        "a.txt": "Übersee".encode("latin-1"),
        "b/c.html.gz": gzip.compress(b"<title>P</title><p>Words"),
        "b/d.RSS": RSS,
        "e.json": b'[{"title": "J1"}, {"title": ""}]',
        "f.json": b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "J3"}]}',
        "g.jsonl": b'{"title": "L"}',
        "h.pdf": b"%PDF",
        ".hidden/i.txt": b"no",
        ".j.txt": b"no",
        "k.txt": b" \n",
        "l.xml": b"<opml/>",
    }.items():
        (tmp_path / name).write_bytes(body)
    found = list(read_path(tmp_path, reading))
    assert [(each.title, each.text) for each in found if isinstance(each, ParsedEntry)] == [
        ("", "Übersee"),
        ("J1", ""),
        ("J3", ""),
        ("L", ""),
        ("P", "Words"),
        ("R", ""),
    ]
    assert [str(each.place) for each in found if isinstance(each, Problem)] == ["e.json: article 2", "k.txt", "l.xml"]
    assert list(read_path(tmp_path / "b" / "c.html.gz", reading)) == [
        ParsedEntry("c.html.gz", None, "P", "Words", None, None)
    ]


def test_what_cannot_be_opened_or_is_too_large_is_told(
    reading: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "large.txt").write_bytes(b"x" * 200)
    (tmp_path / "torn.xml.gz").write_bytes(gzip.compress(RSS * 50)[:-20])
    monkeypatch.setattr(files, "MAX_FILE", 100)
    gone, large, torn = (each for each in read_path(tmp_path, reading) if isinstance(each, Problem))
    assert gone == Problem("gone.txt", "No such file or directory")
    assert large == Problem("large.txt", "is larger than 100 bytes")
    assert torn.place == "torn.xml.gz"
