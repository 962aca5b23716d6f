"""FILES -> ENTRIES: articles that some other program fetched, from a folder or a pipe.

Texts, HTML pages, feeds, and JSON lines, each of them also compressed with gzip. What cannot be read is a `Problem`
with its place, and the rest goes on.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from io import BufferedReader
from pathlib import Path
from typing import Any, cast

from watchlist.errors import FeedParseError
from watchlist.feeds.captures import cut_up, given
from watchlist.feeds.reading.charset import decode
from watchlist.feeds.reading.dates import read_date
from watchlist.feeds.reading.document import Source
from watchlist.feeds.reading.extract import clean, one_line
from watchlist.feeds.reading.language import lang_tag
from watchlist.feeds.sandbox.parse import parse_feed
from watchlist.feeds.sandbox.places import unpacked
from watchlist.feeds.sandbox.sandbox import Failed, Sandbox
from watchlist.model import CaptureKind
from watchlist.news.entry import ParsedEntry

#: A line of JSON, and a file that is read as a whole; what is larger is no article.
MAX_LINE = 10_000_000
MAX_FILE = 50_000_000
_GZIP = b"\x1f\x8b"
#: What may stand between the values of a list in JSON.
_SPACE = re.compile(r"[ \t\r\n]*")
#: What a file holds, by the end of its name, a ".gz" behind it left aside.
_KINDS = {
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".json": "json",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".txt": "text",
    ".text": "text",
    ".md": "text",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read, and where: ``articles.jsonl: line 3``."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading needs beside the files."""

    sandbox: Sandbox
    now: datetime
    #: Seconds that one page or feed may take.
    deadline: float = 20.0
    #: Whether the bytes of what is read are kept as evidence.
    keep: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """The file, or the part of one, that an article stands in."""

    reading: Reading
    name: str
    part: str = ""

    def kept(self, found: ParsedEntry | Problem, content_type: str, payload: bytes) -> ParsedEntry | Problem:
        """What was found there, with the bytes it was read from, where they are to be kept."""
        if isinstance(found, Problem) or not self.reading.keep:
            return found
        return replace(found, capture=given(self.name, self.part, self.reading.now, content_type, payload))


def read_path(path: Path, reading: Reading) -> Iterator[ParsedEntry | Problem]:
    """The entries of a file, or of all files in a folder and its folders in the order of their names.

    Hidden files are passed over, and in a folder, files whose names do not say that they hold articles.
    """
    if not path.is_dir():
        yield from _read_file(path, path.name, reading)
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for name in sorted(names):
            if _kind(name) is not None and not name.startswith("."):
                file = Path(folder, name)
                yield from _read_file(file, file.relative_to(path).as_posix(), reading)


def read_stream(stream: BufferedReader, name: str, reading: Reading) -> Iterator[ParsedEntry | Problem]:
    """The entries of a pipe: JSON lines, unless its first characters say that it is a page or a feed."""
    with ExitStack() as stack:
        yield from _read(_unpacked(stream, stack), name, None, reading)


def _read_file(path: Path, name: str, reading: Reading) -> Iterator[ParsedEntry | Problem]:
    with ExitStack() as stack:
        try:
            stream = stack.enter_context(path.open("rb"))
            yield from _read(_unpacked(stream, stack), name, _kind(path.name), reading)
        except OSError as error:
            yield Problem(name, error.strerror or str(error))


def _kind(name: str) -> str | None:
    return _KINDS.get(Path(name.lower().removesuffix(".gz")).suffix)


def _unpacked(stream: BufferedReader, stack: ExitStack) -> BufferedReader:
    if stream.peek(2)[:2] != _GZIP:
        return stream
    return cast("BufferedReader", stack.enter_context(gzip.open(stream)))


def _read(stream: BufferedReader, name: str, kind: str | None, reading: Reading) -> Iterator[ParsedEntry | Problem]:
    try:
        kind = kind or _guess(stream)
        if kind == "lines":
            yield from _lines(stream, name, reading)
            return
        body = stream.read(MAX_FILE + 1)
    except (OSError, EOFError, zlib.error) as error:
        yield Problem(name, f"damaged: {getattr(error, 'strerror', None) or error}")
        return
    if len(body) > MAX_FILE:
        yield Problem(name, f"is larger than {MAX_FILE:,} bytes")
    elif kind == "text":
        found = _if_words(_unlabelled(name, "", clean(decode(body, None)).strip()), name)
        yield _Place(reading, name).kept(found, "text/plain", body)
    elif kind == "page":
        yield _Place(reading, name).kept(_page(body, name, reading), "text/html", body)
    elif kind == "json" and (values := _values(body)) is not None:
        for number, (value, piece) in enumerate(values, 1):
            found = _record(value, f"{name}: article {number}", reading.now)
            yield _Place(reading, name, f"article-{number}").kept(found, "application/json", piece.encode())
    else:
        yield from _feed(body, name, reading)


def _guess(stream: BufferedReader) -> str:
    head = stream.peek(4096)[:4096].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return "page"
    return "feed" if head.startswith(b"<") else "lines"


def _page(body: bytes, name: str, reading: Reading) -> ParsedEntry | Problem:
    outcome = reading.sandbox.run("page", {}, body, reading.deadline)
    if isinstance(outcome, Failed):
        return Problem(name, outcome.reason)
    title, text = outcome
    return _if_words(_unlabelled(name, title, text), name)


def _feed(body: bytes, name: str, reading: Reading) -> Iterator[ParsedEntry | Problem]:
    # The address only serves to make links absolute, which without one they are not.
    source = Source(f"file:///{name}", None, reading.now)
    try:
        found = parse_feed(body, source, reading.sandbox, reading.deadline, places=reading.keep)
    except FeedParseError as error:
        yield Problem(name, error.reason)
        return
    if reading.keep:
        content_type = "application/json" if found.form.startswith("json") else "application/xml"
        found = cut_up(found, given(name, "", reading.now, content_type, unpacked(body)), CaptureKind.GIVEN)
    yield from found.entries
    if found.damage:
        yield Problem(name, found.damage)


def _values(body: bytes) -> list[tuple[Any, str]] | None:
    """The articles of a JSON file, which is a list of them or one of them, each with how it is written there.

    None for what may be a JSON Feed.
    """
    text = decode(body, None).removeprefix("\ufeff").strip()
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if isinstance(value, list):
        return list(_parts(text, len(value)))
    return [(value, text)] if isinstance(value, dict) and "items" not in value else None


def _parts(text: str, count: int) -> Iterator[tuple[Any, str]]:
    """The values of a list of so many, each with how it is written."""
    decoder, at = json.JSONDecoder(), 1
    for _ in range(count):
        # The bracket or the comma before it is passed.
        start = _past_space(text, at)
        value, end = decoder.raw_decode(text, start)
        yield value, text[start:end]
        at = _past_space(text, end) + 1


def _past_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _lines(stream: BufferedReader, name: str, reading: Reading) -> Iterator[ParsedEntry | Problem]:
    number = 0
    while True:
        number += 1
        place = f"{name}: line {number}"
        try:
            line = stream.readline(MAX_LINE + 1)
            too_long = len(line) > MAX_LINE
            while len(line) > MAX_LINE and not line.endswith(b"\n"):
                line = stream.readline(MAX_LINE + 1)
        except (OSError, EOFError, zlib.error) as error:
            yield Problem(place, f"damaged: {getattr(error, 'strerror', None) or error}")
            return
        if too_long:
            yield Problem(place, f"is longer than {MAX_LINE:,} bytes")
        elif not line:
            return
        elif line.strip():
            yield read_line(line, name, number, reading)


def read_line(line: bytes, name: str, number: int, reading: Reading) -> ParsedEntry | Problem:
    """The article in a line of JSON, which is the so-and-so-many-th of what is called by this name."""
    place = f"{name}: line {number}"
    if len(line) > MAX_LINE:
        return Problem(place, f"is longer than {MAX_LINE:,} bytes")
    try:
        value = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except json.JSONDecodeError as error:
        return Problem(place, f"is no JSON: {error.msg} at character {error.pos + 1}")
    except (ValueError, RecursionError) as error:
        return Problem(place, f"is no JSON: {error}")
    found = _record(value, place, reading.now)
    return _Place(reading, name, f"line-{number}").kept(found, "application/json", line.rstrip(b"\r\n"))


def _record(value: object, place: str, now: datetime) -> ParsedEntry | Problem:
    if not isinstance(value, dict):
        return Problem(place, 'is no object with "title" and "text"')
    strings = {}
    for key in ("id", "url", "title", "text", "lang", "published_at"):
        found = value.get(key)
        if isinstance(found, int) and not isinstance(found, bool) and key == "id":
            found = str(found)
        if found is not None and not isinstance(found, str):
            return Problem(place, f'"{key}" must be a string')
        strings[key] = clean(found or "").strip()
    url = strings["url"] if strings["url"].lower().startswith(("https://", "http://")) else None
    entry = ParsedEntry(
        guid=strings["id"] or (strings["url"] if url is None else "") or None,
        url=url,
        title=one_line(strings["title"]),
        text=strings["text"],
        lang=lang_tag(strings["lang"]),
        published_at=read_date(strings["published_at"], now),
    )
    return _if_words(entry, place)


def _unlabelled(name: str, title: str, text: str) -> ParsedEntry:
    """The article of a file that says nothing else of it: the file's name is its id."""
    return ParsedEntry(guid=name, url=None, title=title, text=text, lang=None, published_at=None)


def _if_words(entry: ParsedEntry, place: str) -> ParsedEntry | Problem:
    return entry if entry.title or entry.text else Problem(place, "has neither title nor text")
