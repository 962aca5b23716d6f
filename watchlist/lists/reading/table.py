"""Rows of a CSV file with a header, as the authorities publish them: streamed, with line numbers and typed errors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from watchlist.lists.reading.draft import clean
from watchlist.lists.reading.files import ListFile, text_lines
from watchlist.lists.reading.saved import bare, likely_separator, numbered_rows


@dataclass(frozen=True, slots=True)
class Layout:
    """How a CSV file is laid out."""

    #: Columns without which the file is not in this form.
    required: tuple[str, ...]
    #: Others that are read. All these are known by their letters and digits alone: authorities change the rest.
    known: tuple[str, ...] = ()
    #: What columns were called before, and are called now.
    renamed: tuple[tuple[str, str], ...] = ()
    #: None where it is to be found: what a program that saved the table put there.
    delimiter: str | None = ","
    #: The encoding of lines that are not UTF-8.
    old_encoding: str | None = None
    #: What the line before the header opens with, such as one with the date of the file. It may be missing.
    above: str | None = None
    #: The authority is known to end the last line: without that end, the file is cut off.
    ends_with_newline: bool = False


Row = dict[str, str]

#: A line above the header has no more cells filled than this.
_MOST_ABOVE = 3


def header_rows(file: ListFile, layout: Layout) -> Iterator[tuple[int, Row]]:
    """The rows with the line each begins on, by column name, runs of white space in a cell as one space.

    Raises ListParseError for a missing column, a row of another width than the header, text in another encoding, and a
    file that breaks off.
    """
    with file.opened() as stream:
        lines = text_lines(file.list_id, stream, file.label, layout.old_encoding)
        first = next(lines, "")
        above = 1 if layout.above is not None and is_above(first, layout.above) else 0
        header = next(lines, "") if above else first
        whole = _whole(file, chain((header,) if header else (), lines), layout, above)
        mark = layout.delimiter or likely_separator(header)
        yield from named_rows(file, numbered_rows(whole, file.broken, mark, above), layout)


def named_rows(file: ListFile, rows: Iterable[tuple[int, list[str]]], layout: Layout) -> Iterator[tuple[int, Row]]:
    """Numbered rows, the first of them the header, by column name; blank ones are left out.

    Raises ListParseError for a missing column and a row of another width than the header.
    """
    columns: Sequence[str] | None = None
    count = 0
    for line, cells in rows:
        if columns is None:
            columns = _header(file, cells, layout, line)
        elif any(cell.strip() for cell in cells):
            if len(cells) != len(columns):
                raise file.broken(f"expected {len(columns)} cells as in the header, found {len(cells)}", line)
            count += 1
            yield line, {name: clean(cell) for name, cell in zip(columns, cells, strict=True)}
    if columns is None or count == 0:
        raise file.broken(f"ends before the {'header' if columns is None else 'first row'}: the file is cut off")


def is_above(line: str, opening: str) -> bool:
    """Whether a line is the one before a header that opens so, and not the header itself, which has more to it."""
    cells = [cell for cell in line.strip("\r\n").split(",") if cell.strip(' "')]
    return line.lstrip('" ').startswith(opening) and len(cells) <= _MOST_ABOVE


def _header(file: ListFile, cells: list[str], layout: Layout, line: int) -> Sequence[str]:
    called = {bare(former): name for former, name in layout.renamed}
    called |= {bare(name): name for name in (*layout.known, *layout.required)}
    columns = tuple(called.get(bare(cell), clean(cell)) for cell in cells)
    if missing := [name for name in layout.required if name not in columns]:
        raise file.broken(f"the header has no column {' and no column '.join(missing)}", line)
    if repeated := [name for name in layout.required if columns.count(name) > 1]:
        raise file.broken(f"the header has the column {repeated[0]} twice", line)
    return columns


def _whole(file: ListFile, lines: Iterable[str], layout: Layout, above: int) -> Iterator[str]:
    count, line = above, "\n"
    for line in lines:
        count += 1
        yield line
    if layout.ends_with_newline and not line.endswith("\n"):
        file.doubt("the last line has no end, so that rows may be missing", count)
