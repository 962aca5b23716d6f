"""Reading what a person wants screened: a text, an HTML page, or JSON lines of articles, also compressed."""

from __future__ import annotations

import gzip
import json
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from io import BufferedReader
from pathlib import Path
from typing import cast

from watchlist.errors import UsageError
from watchlist.model import Article

_GZIP = b"\x1f\x8b"


def read_articles(path: str) -> Iterator[Article]:
    """The articles of a file, or of standard input for ``-``; JSON lines are streamed.

    A name that ends in .jsonl, or content that begins with ``{``, is taken for JSON lines, one that begins with ``<``
    for HTML, anything else for a text. Raises UsageError with the file, and the line where there is one.
    """
    with ExitStack() as stack:
        try:
            stream = sys.stdin.buffer if path == "-" else stack.enter_context(Path(path).open("rb"))
            plain = cast("BufferedReader", stream)
            if plain.peek(2)[:2] == _GZIP:
                plain = cast("BufferedReader", stack.enter_context(gzip.open(plain)))
            head = plain.peek(4096)[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
            if ".jsonl" in Path(path).suffixes or head.startswith(b"{"):
                yield from _json_lines(path, plain)
                return
            content = plain.read().decode("utf-8-sig")
        except (OSError, EOFError, zlib.error) as error:
            raise UsageError(f"{path}: {getattr(error, 'strerror', None) or error}") from error
        except UnicodeDecodeError as error:
            raise UsageError(f"{path}: is no UTF-8 text (byte {error.start})") from error
    if head.startswith(b"<"):
        # Here, because lxml takes longer to load than a short text to read.
        from watchlist.feeds.reading.extract import page_to_text

        title, text = page_to_text(content)
        yield Article(id=path, title=title, text=text)
    else:
        yield Article(id=path, title="", text=content)


def _json_lines(path: str, lines: Iterable[bytes]) -> Iterator[Article]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
        except ValueError as error:
            raise UsageError(f"{path}: line {number} is no JSON: {error}") from error
        if not isinstance(value, dict):
            raise UsageError(f'{path}: line {number} is no object with "id", "title" and "text"')
        title, text = value.get("title") or "", value.get("text") or ""
        if not (isinstance(title, str) and isinstance(text, str)):
            raise UsageError(f'{path}: line {number}: "title" and "text" must be strings')
        yield Article(id=str(value.get("id", number)), title=title, text=text)
