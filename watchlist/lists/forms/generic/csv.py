r"""The program's own CSV form, for lists of the user, mirrors and extracts.

UTF-8 with or without byte order mark, comma-separated, a header line. Columns in any order, those of `COLUMNS`; only
``id`` and ``name`` must be there. Inside a cell ``;`` separates values; ``\;`` is a semicolon and ``\\`` a backslash.
An alias may open with its kind, language and script: ``weak:``, ``previous:``, ``acronym:``, ``alias@ru:``,
``alias@sr-Cyrl:``; a name that itself begins so is written behind ``alias:``. An identifier is ``kind:value``, or
``kind/detail:value`` with ``\:`` for a colon in the detail. The parts of names have a cell of their own, see
`generic_names`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import IO, TextIO

from watchlist.errors import ListParseError
from watchlist.lists.forms.generic import names as generic_names
from watchlist.lists.reading.countries import to_country
from watchlist.lists.reading.parsed import ParsedList
from watchlist.lists.reading.source import Part, Source, digest, text_lines
from watchlist.lists.registry import AUTHORITIES, entity_url
from watchlist.model import Entity, Identifier, NameKind, Schema

FORM = "generic_csv"

COLUMNS = (
    *("id", "schema", "name", "aliases", "programs", "countries", "birth_dates", "identifiers", "birth_places"),
    *("designations", "addresses", "linked_to", "listed_on", "reference", "url", "remarks", "name_parts"),
)
REQUIRED = ("id", "name")

#: The kinds of identifier the model knows.
IDENTIFIER_KINDS = (
    *("imo", "mmsi", "call_sign", "tail_number", "msn", "bic", "lei", "passport", "national_id", "tax_id"),
    *("registration", "crypto", "email", "website", "phone", "other"),
)

_SCHEMAS = {schema.value.lower(): schema for schema in Schema}
#: Columns of plain texts, named as in the model, in the order of `COLUMNS`.
_TEXTS = ("birth_places", "designations", "addresses", "linked_to")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def read(source: Source, part: Part) -> ParsedList:
    """Open a file in the generic form; what is wrong in it shows when the entities are read."""
    return ParsedList(source.list_id, FORM, digest((part,)), lambda: _from_part(part))


def _from_part(part: Part) -> Iterator[Entity]:
    with part.opened() as stream:
        yield from read_generic_csv(part.list_id, stream)


def header_columns(line: str) -> tuple[str, ...] | None:
    """The columns of a header line of this form, None when the line is no such header."""
    try:
        cells = next(csv.reader([line]), [])
    except csv.Error:
        return None
    columns = tuple(cell.strip().lower() for cell in cells)
    return columns if all(name in columns for name in REQUIRED) else None


def read_generic_csv(
    list_id: str, stream: IO[bytes], on_bad_row: Callable[[ListParseError], None] | None = None
) -> Iterator[Entity]:
    """Entities of a CSV file in the generic form, one at a time, blank lines skipped.

    Raises ListParseError with the line for the first row that is not in the form, for an id that comes twice (naming
    both lines), for text that is not UTF-8, for a file with no header, and for an extract of an official list that
    breaks off within its last line. With ``on_bad_row`` a row of the first two kinds is told to it, and left out. A
    person's ``FAMILY, Given`` is split into its parts.
    """
    rows = _rows(list_id, stream)
    _, header = next(rows, (0, []))
    columns = _header(list_id, header)
    seen: dict[str, int] = {}
    for line, row in rows:
        try:
            entity = _row(list_id, columns, line, row, seen)
        except ListParseError as error:
            if on_bad_row is None:
                raise
            on_bad_row(error)
        else:
            yield entity


def _row(list_id: str, columns: tuple[str, ...], line: int, row: list[str], seen: dict[str, int]) -> Entity:
    if len(row) != len(columns):
        raise ListParseError(list_id, f"expected {len(columns)} cells as in the header, found {len(row)}", line=line)
    cells = {name: cell.strip() for name, cell in zip(columns, row, strict=True)}
    if cells["id"] in seen:
        raise ListParseError(list_id, f"id {cells['id']!r} stands on line {seen[cells['id']]} already", line=line)
    seen[cells["id"]] = line
    return _entity(list_id, cells, line)


def write_generic_csv(entities: Iterable[Entity], stream: TextIO) -> int:
    """Write entities in the generic form, lines ending in LF; return how many.

    `read_generic_csv` gives the same entities back. Only who added a name has no column: all are the list's own then.
    """
    writer = csv.writer(stream, lineterminator="\n")
    # The csv module leaves a carriage return unquoted where it is not part of the line's end, and then can't read it.
    quoting_writer = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    count = 0
    for entity in entities:
        primary, *aliases = entity.names
        cells = (
            entity.source_id,
            entity.schema.value,
            primary.text,
            _join(map(generic_names.alias_cell, aliases)),
            _join(entity.programs),
            _join(entity.countries),
            _join(entity.birth_dates),
            _join(map(_identifier_cell, entity.identifiers)),
            *(_join(getattr(entity, column)) for column in _TEXTS),
            entity.listed_on or "",
            entity.reference or "",
            (entity.url if entity.url != entity_url(entity.list_id, entity.source_id) else None) or "",
            entity.remarks or "",
            _join(generic_names.part_cells(entity.names, entity.schema)),
        )
        (quoting_writer if any("\r" in cell for cell in cells) else writer).writerow(cells)
        count += 1
    return count


def _rows(list_id: str, stream: IO[bytes]) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, with the line each begins on."""
    reader = csv.reader(_whole_lines(list_id, text_lines(list_id, stream)), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise ListParseError(list_id, f"is no valid CSV: {error}", line=line) from error
        if row is None:
            return
        if any(cell.strip() for cell in row):
            yield line, row


def _whole_lines(list_id: str, lines: Iterator[str]) -> Iterator[str]:
    count, line = 0, "\n"
    for line in lines:
        count += 1
        yield line
    # Programs end their last line, people often don't; an extract of an official list was written by a program.
    if list_id in AUTHORITIES and not line.endswith("\n"):
        raise ListParseError(list_id, "the last line has no end: the file is cut off, fetch it again", line=count)


def _header(list_id: str, header: list[str]) -> tuple[str, ...]:
    columns = tuple(cell.strip().lower() for cell in header)
    known = ", ".join(COLUMNS)
    if not any(columns):
        raise ListParseError(list_id, f"the file is empty; expected a header line with {known}")
    if missing := [name for name in REQUIRED if name not in columns]:
        raise ListParseError(
            list_id, f"the header has no column {' and no column '.join(missing)}; expected {known}", line=1
        )
    if unknown := [name for name in columns if name not in COLUMNS]:
        raise ListParseError(list_id, f"the header has an unknown column {unknown[0]!r}; known are {known}", line=1)
    if len(set(columns)) != len(columns):
        raise ListParseError(list_id, "the header has a column twice", line=1)
    return columns


def _entity(list_id: str, cells: dict[str, str], line: int) -> Entity:
    source_id, name = cells["id"], cells["name"]
    if not source_id or not name:
        raise ListParseError(list_id, f"the {'name' if source_id else 'id'} is empty", line=line)
    kind = cells.get("schema", "")
    schema = _SCHEMAS.get(kind.lower()) if kind else Schema.LEGAL_ENTITY
    if schema is None:
        raise ListParseError(list_id, f"unknown schema {kind!r}; known are {', '.join(Schema)}", line=line)
    try:
        names = (
            generic_names.name(name, NameKind.PRIMARY, None, schema),
            *(generic_names.alias(value, schema) for value in _split(cells.get("aliases", ""))),
        )
        return Entity(
            list_id=list_id,
            source_id=source_id,
            schema=schema,
            names=generic_names.with_parts(names, _split(cells.get("name_parts", ""))),
            countries=tuple(to_country(value) for value in _split(cells.get("countries", ""))),
            birth_dates=tuple(_birth_date(value) for value in _split(cells.get("birth_dates", ""))),
            identifiers=tuple(_identifier(value) for value in _split(cells.get("identifiers", ""))),
            programs=tuple(_split(cells.get("programs", ""))),
            **{column: tuple(_split(cells.get(column, ""))) for column in _TEXTS},
            listed_on=_date(cells["listed_on"], "day of listing") if cells.get("listed_on") else None,
            reference=cells.get("reference") or None,
            remarks=cells.get("remarks") or None,
            url=cells.get("url") or entity_url(list_id, source_id),
        )
    except ValueError as error:
        raise ListParseError(list_id, str(error), line=line) from error


def _identifier(value: str) -> Identifier:
    label, colon, number = generic_names.cut_at_colon(value)
    kind, slash, detail = label.partition("/")
    if not colon or not number.strip():
        raise ValueError(f"expected an identifier as kind:value, found {value!r}")
    if kind.strip() not in IDENTIFIER_KINDS:
        raise ValueError(f"unknown kind of identifier {kind.strip()!r}; known are {', '.join(IDENTIFIER_KINDS)}")
    return Identifier(kind.strip(), number.strip(), detail.strip() if slash and detail.strip() else None)


def _identifier_cell(identifier: Identifier) -> str:
    if not identifier.detail:
        return f"{identifier.kind}:{identifier.value}"
    detail = identifier.detail.replace("\\", "\\\\").replace(":", "\\:")
    return f"{identifier.kind}/{detail}:{identifier.value}"


def _birth_date(value: str) -> str:
    ends = value.split("/")
    if len(ends) > 2 or not all(_DATE.fullmatch(end) and _is_date(end) for end in ends):
        raise ValueError(
            f"expected a birth date as 1967, 1967-10 or 1967-10-15 (a range as 1967/1969), found {value!r}"
        )
    return value


def _date(value: str, what: str) -> str:
    if not (_DATE.fullmatch(value) and _is_date(value)):
        raise ValueError(f"expected a {what} as 1967, 1967-10 or 1967-10-15, found {value!r}")
    return value


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _split(cell: str) -> list[str]:
    r"""The values of a cell: separated by ``;``, with ``\;`` and ``\\`` undone, blank ones left out."""
    values = [""]
    for piece in re.findall(r"\\[;\\]|;|[^;\\]+|\\", cell):
        if piece == ";":
            values.append("")
        else:
            values[-1] += piece[1] if len(piece) == 2 and piece[0] == "\\" else piece
    return [value.strip() for value in values if value.strip()]


def _join(values: Iterable[str]) -> str:
    return ";".join(value.replace("\\", "\\\\").replace(";", "\\;") for value in values)
