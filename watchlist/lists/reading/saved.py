"""How a table was saved: spreadsheets separate cells by other signs than commas, and write UTF-16."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import IO

#: What programs put between cells; European ones a semicolon, since the comma is theirs for decimals.
SEPARATORS = (",", ";", "\t")
#: What some databases put there.
_MORE = (*SEPARATORS, "|")
#: A first line in which a program says what it put between cells.
_SAID = "sep="
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CHUNK = 1 << 16


def said_separator(line: str) -> str | None:
    """The separator that a first line such as ``sep=;`` states; None for any other line."""
    said = line.strip("\r\n\"'")
    found = said[len(_SAID) :]
    return found if said.lower().startswith(_SAID) and found in SEPARATORS else None


def separator(header: str, columns: Collection[str], marks: Sequence[str] = SEPARATORS) -> str | None:
    """The one of some marks with which a header line has all these columns, in any order and case; None if none has."""
    for mark in marks:
        try:
            cells = {cell.strip().lower() for cell in next(csv.reader([header], delimiter=mark), [])}
        except csv.Error:
            continue
        if cells.issuperset(columns):
            return mark
    return None


def likely_separator(header: str) -> str:
    """The separator that a header line has most of; a comma where it has none."""
    return max(_MORE, key=lambda mark: (header.count(mark), mark == ","))


def numbered_rows(
    lines: Iterable[str], damaged: Callable[[str, int], Exception], delimiter: str = ",", above: int = 0
) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV, each with the line it begins on; ``above`` lines have gone before.

    Of what is no CSV the error that ``damaged`` makes of a message and a line is raised.
    """
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + above + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise damaged(f"is no valid CSV: {error}", line) from error
        if cells is None:
            return
        yield line, cells


def bare(name: str) -> str:
    """The letters and digits of a column's name, which authorities keep while they change the rest."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def byte_lines(stream: IO[bytes], longest: int) -> Iterator[bytes]:
    """The lines of a stream with their ends; of UTF-16, which its byte order mark tells, as UTF-8.

    A line longer than ``longest`` comes in pieces of that length or more. Raises UnicodeDecodeError for damaged UTF-16.
    """
    first = stream.readline(longest)
    if first.startswith(_UTF16):
        yield from _utf16_lines(chain((first,), iter(lambda: stream.read(_CHUNK), b"")), longest)
    elif first:
        yield first
        yield from iter(lambda: stream.readline(longest), b"")


def _utf16_lines(chunks: Iterable[bytes], longest: int) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder("utf-16")()
    waiting = ""
    for chunk in chunks:
        *lines, waiting = (waiting + decoder.decode(chunk)).split("\n")
        yield from (f"{line}\n".encode() for line in lines)
        if len(waiting) >= longest:
            yield waiting.encode()
            waiting = ""
    waiting += decoder.decode(b"", final=True)
    if waiting:
        yield waiting.encode()
