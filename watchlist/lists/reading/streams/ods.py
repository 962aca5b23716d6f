"""The rows of an OpenDocument spreadsheet, streamed out of its ``content.xml``: the first sheet that has any.

A cell or a row that is repeated stands there once with a number; the empty rest of a sheet is repeated thousands of
times, and is not written out.
"""

from __future__ import annotations

from collections.abc import Iterator

from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.xml import Element, elements, local_name

#: The part of the archive that has the cells.
CONTENT = "content.xml"
#: A sheet of a list has no more columns than this, and no filled row that is repeated more often than that.
_MOST_COLUMNS, _MOST_REPEATED = 500, 1000

_ROW, _SHEET = "table-row", "table"
_CELLS = ("table-cell", "covered-table-cell")


def ods_rows(file: ListFile) -> Iterator[tuple[int, list[str]]]:
    """The rows that have any text, each with its number and its cells up to the last filled one.

    Raises ListParseError for damaged XML, which may show only at the end.
    """
    number, given, done = 0, False, False
    for element in elements(file, _ROW, _SHEET):
        if local_name(element) == _SHEET:
            # Later sheets have notes, if anything. They are read to the end all the same: it shows that it is there.
            done = done or given
            number = 0
            continue
        repeated = _repeated(element, "number-rows-repeated")
        cells = [] if done else _cells(file, element, number + 1)
        if cells and repeated > _MOST_REPEATED:
            raise file.broken(f"a row stands there {repeated:,} times; that is no list", number + 1)
        for at in range(1, repeated + 1 if cells else 1):
            given = True
            yield number + at, cells
        number += repeated


def _cells(file: ListFile, row: Element, number: int) -> list[str]:
    cells: list[str] = []
    for cell in row.iterchildren("{*}*"):
        if local_name(cell) not in _CELLS:
            continue
        repeated, text = _repeated(cell, "number-columns-repeated"), _text(cell)
        if len(cells) + repeated > _MOST_COLUMNS:
            if text:
                raise file.broken(f"expected no more than {_MOST_COLUMNS} columns", number)
            break
        cells += [text] * repeated
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(cell: Element) -> str:
    """What a cell shows; of a date its day, which is shown in the writer's own way."""
    day = _attribute(cell, "date-value")
    return day[:10] if day else "\n".join(filter(None, (_shown(each) for each in cell.iterchildren("{*}p"))))


def _shown(element: Element) -> str:
    words = element.text or ""
    for child in element:
        match local_name(child):
            case "s":
                words += " "
            case "tab" | "line-break":
                words += "\n"
            case "annotation":
                pass
            case _:
                words += _shown(child)
        words += child.tail or ""
    return words


def _repeated(element: Element, name: str) -> int:
    words = _attribute(element, name) or "1"
    return max(1, int(words)) if words.isascii() and words.isdigit() and len(words) < 10 else 1


def _attribute(element: Element, name: str) -> str | None:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)
