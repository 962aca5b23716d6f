"""The objects of a list inside one JSON document, streamed: however large it is, one object at a time is in memory.

For files that are one object (or one list) as a whole, not a line for each entity; see `json_lines` for those.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.streams.json_lines import Record

_CHUNK = 1 << 16
#: One value with more characters than this is no entity.
_LONGEST = 20_000_000
_SPACE = " \t\r\n"
_BOM = "\ufeff"
_DECODER = json.JSONDecoder()


def document_records(file: ListFile, *path: str) -> Iterator[tuple[int, Record]]:
    """The objects of the list at a path of keys, each with its number from 1; the document itself without a path.

    Raises ListParseError for what is no such document, and for one that breaks off, which may show only at the end.
    """
    with file.opened() as stream, _explained(file):
        text = _Text(stream)
        yield from _within(file, text, path)
        if text.next():
            raise _MalformedError("something stands behind the end")


def _within(file: ListFile, text: _Text, path: tuple[str, ...]) -> Iterator[tuple[int, Record]]:
    """The wanted objects in the value that comes next, which is read to its end."""
    if not path:
        for number, _ in enumerate(text.items("[", "]"), start=1):
            found = text.value()
            if not isinstance(found, dict):
                raise file.broken(f"expected a JSON object as entry {number}, found {str(found)[:40]!r}")
            yield number, found
        return
    given = False
    for _ in text.items("{", "}"):
        key = text.value()
        text.take(":")
        if key == path[0] and not given:
            given = True
            yield from _within(file, text, path[1:])
        else:
            text.value()
    if not given:
        raise file.broken(f"is JSON without {path[0]!r}")


class _MalformedError(Exception):
    """The text is no JSON; the reason."""


class _Text:
    """The characters of a document, of which no more is kept than the value that is being read."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._text, self._at, self._ended = "", 0, False

    def next(self) -> str:
        """The next character that is no space, without taking it; empty at the end."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in _SPACE:
                    return self._text[self._at]
                self._at += 1
            if self._ended:
                return ""
            self._more(_CHUNK)

    def take(self, mark: str) -> None:
        """Take one character, which must be this."""
        if self.next() != mark:
            raise _MalformedError(f"expected {mark!r}, found {self.next() or 'the end'!r}")
        self._at += 1

    def items(self, opening: str, closing: str) -> Iterator[None]:
        """Stand before each item of a list or an object in turn; whoever asks for the next has taken the one before."""
        self.take(opening)
        first = True
        while self.next() != closing:
            if not first:
                self.take(",")
            first = False
            yield
        self.take(closing)

    def value(self) -> Any:
        """The value that comes next, whole."""
        self.next()
        size = _CHUNK
        while True:
            try:
                found, end = _DECODER.raw_decode(self._text, self._at)
                if "\\u" in self._text[self._at : end]:
                    # Half of a character is valid JSON, and nothing that can be kept.
                    json.dumps(found, ensure_ascii=False).encode("utf-8")
            except UnicodeEncodeError as error:
                raise _MalformedError("it holds half of a character") from error
            except (json.JSONDecodeError, RecursionError) as error:
                if self._ended:
                    raise _MalformedError(str(error)) from error
            else:
                # A number at the end of what is here may go on.
                if self._ended or end < len(self._text):
                    self._at = end
                    return found
            if len(self._text) - self._at > _LONGEST:
                raise _MalformedError(f"one value has more than {_LONGEST:,} characters")
            self._more(size)
            # Twice as much each time: what is begun again at the front is read no more than twice.
            size *= 2

    def _more(self, size: int) -> None:
        chunk = self._stream.read(size)
        first = not self._text and not self._at
        self._text = self._text[self._at :] + self._decoder.decode(chunk, final=not chunk)
        if first:
            self._text = self._text.removeprefix(_BOM)
        self._at, self._ended = 0, not chunk


@contextmanager
def _explained(file: ListFile) -> Iterator[None]:
    try:
        yield
    except _MalformedError as error:
        raise file.broken(f"is no whole JSON document, or one that is cut off: {error}") from error
    except UnicodeDecodeError as error:
        raise file.broken("expected UTF-8 text; save it as UTF-8") from error
