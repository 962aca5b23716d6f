"""The UK Sanctions List as an OpenDocument spreadsheet: the rows of its CSV, a line with the day above the header."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from watchlist.lists.forms.form import Form
from watchlist.lists.forms.heads import XmlRoot
from watchlist.lists.forms.uk.csv import LAST_UPDATED, TABLE, day_above
from watchlist.lists.reading.dated import latest
from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.parsed import Stated
from watchlist.lists.reading.streams.ods import CONTENT, ods_rows
from watchlist.lists.reading.table import Row, named_rows
from watchlist.lists.words.dates import whole_day
from watchlist.model import Entity

#: Rows that may stand above the header.
_ABOVE = 10


def _stated(file: ListFile) -> Stated:
    """The day above the header, else that of the latest change."""
    for _, cells in _above(ods_rows(file)):
        if published := whole_day(day_above(" ".join(filter(None, cells)))):
            return Stated.on(published)
    return latest(row.get(LAST_UPDATED, "") for _, row in _rows(file))


def _entities(file: ListFile) -> Iterator[Entity]:
    return TABLE.entities_of(file, _rows(file))


def _above(rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """The rows before the header, which has more cells than any of them."""
    for count, (number, cells) in enumerate(rows):
        if count >= _ABOVE or len(cells) >= len(TABLE.layout.required):
            return
        yield number, cells


def _rows(file: ListFile) -> Iterator[tuple[int, Row]]:
    """The rows from the header on, all as wide as it: a spreadsheet writes no empty cells at the end."""
    return named_rows(file, _padded(ods_rows(file)), TABLE.full_layout)


def _padded(rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    width = 0
    first = next((row for row in rows if len(row[1]) >= len(TABLE.layout.required)), None)
    for number, cells in chain((first,) if first else (), rows):
        width = width or len(cells)
        yield number, cells + [""] * (width - len(cells))


FORM = Form(
    id="uk_ods",
    label="the UK Sanctions List's ODS",
    head=XmlRoot("document-content"),
    member=CONTENT,
    entities=_entities,
    lists=("gb_fcdo_sanctions",),
    stated=_stated,
    rank=44,
)
