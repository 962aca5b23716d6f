"""Reading what a person wants screened: a text, an HTML page, or JSON lines of articles, also compressed."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import cast

from watchlist.errors import UsageError
from watchlist.model import Article

_GZIP = b"\x1f\x8b"


def page_as_it_stands(content: bytes) -> tuple[str, str]:
    """Title and text of an HTML page in UTF-8, read in this process."""
    # Here, because lxml takes longer to load than a short text to read.
    from watchlist.feeds.reading.extract import page_to_text

    return page_to_text(content.decode("utf-8-sig"))


@dataclass(frozen=True, slots=True)
class TextReading:
    """How what is given is read."""

    #: Gives title and text of a page.
    page: Callable[[bytes], tuple[str, str]] = page_as_it_stands
    #: The most bytes after decompression; None takes all.
    most: int | None = None


def read_articles(stream: BufferedReader, name: str, reading: TextReading | None = None) -> Iterator[Article]:
    """The articles of a file, or of a pipe; JSON lines are streamed.

    A name that ends in .jsonl, or content that begins with ``{``, is taken for JSON lines, one that begins with ``<``
    for HTML, anything else for a text. Raises UsageError with the name, and the line where there is one.
    """
    reading = reading or TextReading()
    with ExitStack() as stack:
        try:
            if stream.peek(2)[:2] == _GZIP:
                stream = cast("BufferedReader", stack.enter_context(gzip.open(stream)))
            head = stream.peek(4096)[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
            if ".jsonl" in Path(name).suffixes or head.startswith(b"{"):
                yield from _json_lines(name, _bounded(stream, name, reading.most))
                return
            content = stream.read() if reading.most is None else stream.read(reading.most + 1)
            if reading.most is not None and len(content) > reading.most:
                raise UsageError(f"{name}: is larger than {reading.most:,} bytes")
            if head.startswith(b"<"):
                title, text = reading.page(content)
                yield Article(id=name, title=title, text=text)
            else:
                yield Article(id=name, title="", text=content.decode("utf-8-sig"))
        except (OSError, EOFError, zlib.error) as error:
            raise UsageError(f"{name}: {getattr(error, 'strerror', None) or error}") from error
        except UnicodeDecodeError as error:
            raise UsageError(f"{name}: is no UTF-8 text (byte {error.start})") from error


def _bounded(stream: BufferedReader, name: str, most: int | None) -> Iterator[bytes]:
    if most is None:
        yield from stream
        return
    allowed, left = most, most
    while line := stream.readline(left + 1):
        left -= len(line)
        if left < 0:
            raise UsageError(f"{name}: is larger than {allowed:,} bytes")
        yield line


def _json_lines(path: str, lines: Iterable[bytes]) -> Iterator[Article]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
        except ValueError as error:
            raise UsageError(f"{path}: line {number} is no JSON: {error}") from error
        except RecursionError as error:
            raise UsageError(f"{path}: line {number} is no JSON that can be read: it is too deep") from error
        if not isinstance(value, dict):
            raise UsageError(f'{path}: line {number} is no object with "id", "title" and "text"')
        title, text = value.get("title") or "", value.get("text") or ""
        if not (isinstance(title, str) and isinstance(text, str)):
            raise UsageError(f'{path}: line {number}: "title" and "text" must be strings')
        yield Article(id=str(value.get("id", number)), title=title, text=text)
