"""Rows of a CSV file with a header, as the authorities publish them: streamed, with line numbers and typed errors."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from watchlist.lists.reading.draft import clean
from watchlist.lists.reading.files import ListFile, text_lines


@dataclass(frozen=True, slots=True)
class Layout:
    """How a CSV file is laid out."""

    #: Columns without which the file is not in this form.
    required: tuple[str, ...]
    #: Others that are read. All these are known by their letters and digits alone: authorities change the rest.
    known: tuple[str, ...] = ()
    delimiter: str = ","
    #: The encoding of a file that is not UTF-8 throughout.
    old_encoding: str | None = None
    #: Lines before the header, such as one with the date of the file.
    preamble: int = 0
    #: The authority is known to end the last line: without that end, the file is cut off.
    ends_with_newline: bool = False


Row = dict[str, str]


def header_rows(file: ListFile, layout: Layout) -> Iterator[tuple[int, Row]]:
    """The rows with the line each begins on, by column name, runs of white space in a cell as one space.

    Raises ListParseError for a missing column, a row of another width than the header, text in another encoding, and a
    file that breaks off.
    """
    encoding = _utf8_or(file, layout.old_encoding) if layout.old_encoding else "utf-8"
    with file.opened() as stream:
        lines = text_lines(file.list_id, stream, file.label, encoding)
        for _ in range(layout.preamble):
            next(lines, None)
        reader = csv.reader(_whole(file, lines, layout), delimiter=layout.delimiter, strict=True)
        columns: Sequence[str] | None = None
        count = 0
        while True:
            line = reader.line_num + layout.preamble + 1
            try:
                cells = next(reader, None)
            except csv.Error as error:
                raise file.broken(f"is no valid CSV: {error}", line) from error
            if cells is None:
                break
            if columns is None:
                columns = _header(file, cells, layout, line)
            elif any(cell.strip() for cell in cells):
                if len(cells) != len(columns):
                    raise file.broken(f"expected {len(columns)} cells as in the header, found {len(cells)}", line)
                count += 1
                yield line, {name: clean(cell) for name, cell in zip(columns, cells, strict=True)}
        if columns is None or count == 0:
            raise file.broken(f"ends before the {'header' if columns is None else 'first row'}: the file is cut off")


def _utf8_or(file: ListFile, encoding: str) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with file.opened() as stream:
        try:
            while chunk := stream.read(1 << 20):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return encoding
    return "utf-8"


def _header(file: ListFile, cells: list[str], layout: Layout, line: int) -> Sequence[str]:
    called = {_bare(name): name for name in (*layout.known, *layout.required)}
    columns = tuple(called.get(_bare(cell), clean(cell)) for cell in cells)
    if missing := [name for name in layout.required if name not in columns]:
        raise file.broken(f"the header has no column {' and no column '.join(missing)}", line)
    if repeated := [name for name in layout.required if columns.count(name) > 1]:
        raise file.broken(f"the header has the column {repeated[0]} twice", line)
    return columns


def _bare(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _whole(file: ListFile, lines: Iterator[str], layout: Layout) -> Iterator[str]:
    count, line = layout.preamble, "\n"
    for line in lines:
        count += 1
        yield line
    if layout.ends_with_newline and not line.endswith("\n"):
        raise file.broken("the last line has no end: the file is cut off, fetch it again", count)
