r"""The program's own CSV form, for lists of the user, mirrors and extracts.

UTF-8 with or without byte order mark, comma-separated, a header line; also as spreadsheets save it, with semicolons or
tabs between cells, a first line ``sep=,``, or in UTF-16. Columns in any order, those of `COLUMNS`; only ``id`` and
``name`` must be there. Inside a cell ``;`` separates values; ``\;`` is a semicolon and ``\\`` a backslash.
An alias may open with its kind, language and script: ``weak:``, ``previous:``, ``acronym:``, ``alias@ru:``,
``alias@sr-Cyrl:``; a name that itself begins so is written behind ``alias:``. An identifier is ``kind:value``, or
``kind/detail:value`` with ``\:`` for a colon in the detail. The parts of names have a cell of their own, see
`names`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from itertools import chain
from typing import IO

from watchlist.errors import ListParseError
from watchlist.lists.forms import entity_url, published_lists
from watchlist.lists.forms.form import Form
from watchlist.lists.forms.generic import names
from watchlist.lists.forms.generic.cells import day, split
from watchlist.lists.forms.generic.held import OwnList
from watchlist.lists.forms.generic.values import Values
from watchlist.lists.forms.heads import CsvHeader
from watchlist.lists.reading.files import ListFile, text_lines
from watchlist.lists.reading.notes import Notes
from watchlist.lists.reading.saved import numbered_rows, said_separator, separator
from watchlist.lists.reading.seen import Seen
from watchlist.lists.words.countries import to_country
from watchlist.model import Entity, NameKind, Schema
from watchlist.text.cells import unquoted

COLUMNS = (
    *("id", "schema", "name", "aliases", "programs", "countries", "birth_dates", "identifiers", "birth_places"),
    *("designations", "addresses", "linked_to", "listed_on", "reference", "url", "remarks", "name_parts"),
)
REQUIRED = ("id", "name")

_SCHEMAS = {schema.value.lower(): schema for schema in Schema}
#: Columns of plain texts, named as in the model, in the order of `COLUMNS`.
TEXTS = ("birth_places", "designations", "addresses", "linked_to")


def _entities(file: ListFile) -> Iterator[Entity]:
    with file.opened() as stream:
        yield from read_generic_csv(file.list_id, stream, notes=file.notes, doubt=file.doubt)


def read_generic_csv(
    list_id: str,
    stream: IO[bytes],
    on_bad_row: Callable[[ListParseError], None] | None = None,
    *,
    held: OwnList | None = None,
    notes: Notes | None = None,
    doubt: Callable[[str, int], None] | None = None,
) -> Iterator[Entity]:
    """Entities of a CSV file in the generic form, one at a time, blank lines skipped.

    Raises ListParseError with the line for the first row that is not in the form, for an id that comes twice (naming
    both lines), for text that is not UTF-8, for a file with no header, and for an extract of an official list that
    breaks off within its last line, unless ``doubt`` takes that. With ``on_bad_row`` a row of the first two kinds is
    told to it, and left out; with ``notes`` a value that is none is noted there, and its row is kept. With ``held``
    the file updates that list: ids may be left out, and what the file has no column for stays as it is held. A
    person's ``FAMILY, Given`` is split
    into its parts.
    """
    required = REQUIRED if held is None else ("name",)
    rows = _rows(list_id, stream, required, doubt)
    _, header = next(rows, (0, []))
    columns = _header(list_id, header, required)
    seen = Seen(lambda message, line: ListParseError(list_id, message, line=line))
    for line, row in rows:
        try:
            cells = _cells(list_id, columns, line, row, held)
            seen.add(cells["id"], line, f"id {cells['id']!r}")
            entity = _entity(list_id, cells, line, notes)
            entity = held.merged(entity, columns) if held is not None else entity
        except ListParseError as error:
            if on_bad_row is None:
                raise
            on_bad_row(error)
        else:
            yield entity


def _cells(list_id: str, columns: tuple[str, ...], line: int, row: list[str], held: OwnList | None) -> dict[str, str]:
    if len(row) != len(columns):
        raise ListParseError(list_id, f"expected {len(columns)} cells as in the header, found {len(row)}", line=line)
    cells = {name: unquoted(cell.strip()) for name, cell in zip(columns, row, strict=True)}
    if held is None:
        return cells
    source_id = cells.get("id") or (held.id_of(cells["name"]) if cells["name"] else "")
    return {"schema": held.schema(source_id), **cells, "id": source_id}


def _rows(
    list_id: str, stream: IO[bytes], required: tuple[str, ...], doubt: Callable[[str, int], None] | None
) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, with the line each begins on."""
    lines = _whole_lines(list_id, text_lines(list_id, stream), doubt)
    first = next(lines, "")
    said, skipped = said_separator(first), 0
    if said is not None:
        first, skipped = next(lines, ""), 1
    mark = said or separator(first, required) or ","
    rows = numbered_rows(
        chain((first,), lines), lambda message, line: ListParseError(list_id, message, line=line), mark, skipped
    )
    for line, row in rows:
        if any(cell.strip() for cell in row):
            yield line, row


def _whole_lines(list_id: str, lines: Iterator[str], doubt: Callable[[str, int], None] | None) -> Iterator[str]:
    count, line = 0, "\n"
    for line in lines:
        count += 1
        yield line
    # Programs end their last line, people often don't; an extract of an official list was written by a program.
    if list_id in published_lists() and not line.endswith("\n"):
        message = "the last line has no end, so that rows may be missing"
        if doubt is None:
            raise ListParseError(list_id, message, line=count)
        doubt(message, count)


def _header(list_id: str, header: list[str], required: tuple[str, ...]) -> tuple[str, ...]:
    columns = tuple(cell.strip().lower() for cell in header)
    known = ", ".join(COLUMNS)
    if not any(columns):
        raise ListParseError(list_id, f"the file is empty; expected a header line with {known}")
    if missing := [name for name in required if name not in columns]:
        raise ListParseError(
            list_id, f"the header has no column {' and no column '.join(missing)}; expected {known}", line=1
        )
    if unknown := [name for name in columns if name not in COLUMNS]:
        columns_are = "an unknown column" if len(unknown) == 1 else "unknown columns"
        raise ListParseError(
            list_id, f"the header has {columns_are} {', '.join(map(_meant, unknown))}; known are {known}", line=1
        )
    if len(set(columns)) != len(columns):
        raise ListParseError(list_id, "the header has a column twice", line=1)
    return columns


def _meant(column: str) -> str:
    """A column that is not known, and the one that its name comes near to."""
    near = get_close_matches(column, COLUMNS, n=1, cutoff=0.7)
    return f"{column!r} ({near[0]}?)" if near else repr(column)


def _entity(list_id: str, cells: dict[str, str], line: int, notes: Notes | None) -> Entity:
    source_id, name = cells["id"], cells["name"]
    if not source_id or not name:
        raise ListParseError(list_id, f"the {'name' if source_id else 'id'} is empty", line=line)
    take = Values(source_id, notes)
    try:
        schema = take.one("schema", cells.get("schema", ""), _schema, Schema.LEGAL_ENTITY) or Schema.LEGAL_ENTITY
        names.require_name(name)
        found = (
            names.name(name, NameKind.PRIMARY, None, schema),
            *(names.alias(value, schema) for value in split(cells.get("aliases", ""))),
        )
        return Entity(
            list_id=list_id,
            source_id=source_id,
            schema=schema,
            names=names.with_parts(found, split(cells.get("name_parts", ""))),
            countries=tuple(to_country(value) for value in split(cells.get("countries", ""))),
            birth_dates=take.dates(cells.get("birth_dates", "")),
            identifiers=take.identifiers(cells.get("identifiers", "")),
            programs=tuple(split(cells.get("programs", ""))),
            **{column: tuple(split(cells.get(column, ""))) for column in TEXTS},
            listed_on=take.one("listed_on", cells.get("listed_on", ""), _day_of_listing, None),
            reference=cells.get("reference") or None,
            remarks=cells.get("remarks") or None,
            url=cells.get("url") or entity_url(list_id, source_id),
        )
    except ValueError as error:
        raise ListParseError(list_id, str(error), line=line) from error


def _schema(text: str) -> Schema:
    schema = _SCHEMAS.get(text.lower())
    if schema is None:
        raise ValueError(f"unknown schema {text!r}; known are {', '.join(Schema)}")
    return schema


def _day_of_listing(text: str) -> str:
    return day(text, "day of listing")


FORM = Form(
    id="generic_csv",
    label="the generic CSV form with a header id,schema,name,…",
    head=CsvHeader(REQUIRED),
    entities=_entities,
    rank=93,
)
