"""Lists with a row for each name or address: the rows of one entity become one draft, wherever they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from watchlist.lists.reading.draft import Draft
from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.streams.spool import spool
from watchlist.lists.reading.table import Layout, Row, header_rows
from watchlist.lists.words.name_notes import made_id
from watchlist.model import Entity, Schema

#: A longer id is none.
_LONGEST_ID = 150

#: Columns, and what their cells add to a draft: called with it and the cells, unless all of these are empty.
Fields = Mapping[str | tuple[str, ...], Callable[..., None]]


@dataclass(frozen=True, slots=True)
class KindColumn:
    """The column that says what an entity is."""

    column: str
    #: By the cell's words in lower case.
    schemas: Mapping[str, Schema]

    def schema(self, row: Row) -> Schema | None:
        """What a row says; None for other words."""
        return self.schemas.get(row[self.column].lower())

    def draft(self, file: ListFile, line: int, source_id: str, row: Row) -> Draft:
        """A draft of what the row says that the entity is; of other words a LegalEntity, with a note."""
        return Draft.of_kind(file, source_id, row[self.column], self.schemas, line)


@dataclass(frozen=True, slots=True)
class RowTable:
    """What the columns of a CSV list mean: all there is to a list with plain rows."""

    #: How the file is laid out. Columns of the fields need not be named there, unless the file must have them.
    layout: Layout
    #: The column with the entity's id.
    id: str
    kind: KindColumn
    #: What every row of an entity adds.
    fields: Fields
    #: What only its first row adds.
    opening: Fields = field(default_factory=dict)
    #: Ids are numbers.
    numbered: bool = False

    def entities(self, file: ListFile) -> Iterator[Entity]:
        """The entities of a file; raises ListParseError for a row that is not as the layout says."""
        return self.entities_of(file, header_rows(file, self.full_layout))

    @property
    def full_layout(self) -> Layout:
        """The layout with the columns of the fields."""
        known = tuple(column for columns in (*self.opening, *self.fields) for column in _several(columns))
        return replace(self.layout, known=self.layout.known + known)

    def entities_of(self, file: ListFile, rows: Iterable[tuple[int, Row]]) -> Iterator[Entity]:
        """The entities of rows that were read in another way than from CSV."""
        return entities_of_rows(
            file, rows, self._id, self._opened, lambda draft, _, row: add_fields(self.fields, draft, row)
        )

    def _id(self, file: ListFile, line: int, row: Row) -> str:
        return numeric_id(file, row, self.id) if self.numbered else stated_id(file, row, self.id)

    def _opened(self, file: ListFile, line: int, source_id: str, row: Row) -> Draft:
        draft = self.kind.draft(file, line, source_id, row)
        add_fields(self.opening, draft, row)
        return draft


def entities_of_rows(
    file: ListFile,
    rows: Iterable[tuple[int, Row]],
    id_of: Callable[[ListFile, int, Row], str],
    opened: Callable[[ListFile, int, str, Row], Draft],
    take: Callable[[Draft, int, Row], None],
) -> Iterator[Entity]:
    """One entity for each id, in the order of their first rows.

    ``opened`` makes a draft of the first row, ``take`` adds what a row says, the first included.
    """
    for source_id, found in grouped(file, rows, lambda line, row: id_of(file, line, row)):
        line, row = next(found)
        draft = opened(file, line, source_id, row)
        take(draft, line, row)
        for line, row in found:
            take(draft, line, row)
        yield draft.entity()


def grouped(
    file: ListFile, rows: Iterable[tuple[int, Row]], id_of: Callable[[int, Row], str]
) -> Iterator[tuple[str, Iterator[tuple[int, Row]]]]:
    """The rows of each entity wherever they stand, with their lines; entities in the order of their first rows.

    ``id_of`` gives the entity's id from the line and the row. All rows are read before the first entity is given.
    """
    with spool(file) as kept:
        for line, row in rows:
            kept.add(id_of(line, row), [line, row])
        for source_id, values in kept.groups():
            yield source_id, ((line, row) for line, row in values)


def stated_id(file: ListFile, row: Row, column: str) -> str:
    """The id in a column; of a row without one an id is made, with a note."""
    if row[column]:
        return row[column][:_LONGEST_ID]
    source_id = made_id(*row.values())
    file.notes.unread("reference", source_id, "")
    return source_id


def numeric_id(file: ListFile, row: Row, column: str) -> str:
    """The number in a column; anything else stands for itself, with a note."""
    source_id = stated_id(file, row, column)
    if row[column] and not (source_id.isascii() and source_id.isdigit()):
        file.notes.unread("reference", source_id, row[column])
    return source_id


def add_fields(fields: Fields, draft: Draft, row: Row) -> None:
    """Add what the cells of a row say."""
    for columns, add in fields.items():
        cells = [row.get(column, "") for column in _several(columns)]
        if any(cells):
            add(draft, *cells)


def _several(columns: str | tuple[str, ...]) -> tuple[str, ...]:
    return (columns,) if isinstance(columns, str) else columns
