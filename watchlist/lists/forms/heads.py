"""How the beginning of a list file is recognised, whatever the file is called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from watchlist.lists.reading.saved import likely_separator, said_separator, separator


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the first bytes of a file show. Filled are its name and, by the kind of text that it is, one more field."""

    #: The file's name in lower case.
    name: str
    #: Of XML: the local name of the root element; None where it has none.
    root: str | None = None
    #: Of JSON: the keys of the object on the first line.
    keys: tuple[str, ...] | None = None
    #: Of JSON: what it begins with, for those who know a document by words in it.
    text: str = ""
    #: Of other text: the first line, and its bytes for those who expect another encoding than UTF-8.
    line: str = ""
    raw_line: bytes = b""


class Head(Protocol):
    """Something that a form's files begin with."""

    def fits(self, start: Beginning) -> bool:
        """Whether a file that begins so is in this form."""
        ...


@dataclass(frozen=True, slots=True)
class XmlRoot:
    """XML with this root element, in any namespace."""

    name: str

    def fits(self, start: Beginning) -> bool:
        """Whether the root element has the name."""
        return start.root == self.name


@dataclass(frozen=True, slots=True)
class JsonKeys:
    """A JSON object on each line, the first of which has these keys."""

    keys: tuple[str, ...]

    def fits(self, start: Beginning) -> bool:
        """Whether the first object has all the keys."""
        return start.keys is not None and set(self.keys) <= set(start.keys)


@dataclass(frozen=True, slots=True)
class JsonWords:
    """A JSON document with these keys near its beginning, at whatever depth, in any case."""

    keys: tuple[str, ...]

    def fits(self, start: Beginning) -> bool:
        """Whether all the keys stand there."""
        text = start.text.lower()
        return bool(text) and all(f'"{key.lower()}"' in text for key in self.keys)


@dataclass(frozen=True, slots=True)
class FirstLine:
    """Text whose first line has all these words in it, such as the columns of a header."""

    words: tuple[str, ...]
    #: The encoding of a file that is not in UTF-8.
    old_encoding: str | None = None

    def fits(self, start: Beginning) -> bool:
        """Whether the first line has all the words, in either encoding."""
        if all(word in start.line for word in self.words):
            return True
        if self.old_encoding is None:
            return False
        line = start.raw_line.decode(self.old_encoding, "replace")
        return all(word in line for word in self.words)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of several heads."""

    heads: tuple[Head, ...]

    def fits(self, start: Beginning) -> bool:
        """Whether one of them fits."""
        return any(head.fits(start) for head in self.heads)


@dataclass(frozen=True, slots=True)
class Columns:
    """A table whose first line has these columns, in any order and case, with whatever a program puts between them."""

    columns: tuple[str, ...]

    def fits(self, start: Beginning) -> bool:
        """Whether the first line has all the columns."""
        return (
            separator(start.line, {name.lower() for name in self.columns}, (likely_separator(start.line),)) is not None
        )


@dataclass(frozen=True, slots=True)
class CsvHeader:
    """CSV whose header has these columns, in any order and case, with commas or what a spreadsheet puts for them."""

    columns: tuple[str, ...]

    def fits(self, start: Beginning) -> bool:
        """Whether the first line is a header with all the columns, or says what separates them."""
        return said_separator(start.line) is not None or separator(start.line, self.columns) is not None
