"""Any other table: a CSV whose columns are named in the configuration, the rest is found.

Found are the separator, the encoding, and the header, which may stand below some lines of another kind. Rows with the
same id are one entity; without a column for ids an entity is known by its name and date of birth.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import Final

from watchlist.lists.forms.form import Form
from watchlist.lists.forms.heads import FirstLine
from watchlist.lists.reading.draft import Draft, clean
from watchlist.lists.reading.entity_rows import entities_of_rows
from watchlist.lists.reading.files import ListFile, text_lines
from watchlist.lists.reading.saved import bare, likely_separator, numbered_rows, said_separator
from watchlist.lists.reading.table import Row
from watchlist.lists.words.encodings import likely_encoding
from watchlist.lists.words.person import split_person
from watchlist.model import ColumnMap, Entity, Name, NameKind, Schema, stable_id

_KINDS: Final = files("watchlist.lists") / "data" / "kinds.txt"
#: Lines that may stand above the header.
_ABOVE = 30
#: So much of a file shows its encoding.
_SAMPLE = 1 << 20
#: What stands between several values of a cell.
_BETWEEN = re.compile(r"[;|\n]")
#: What a name of each field is, and whether it is weak.
_NAMES = (
    ("aliases", NameKind.ALIAS, False),
    ("weak_aliases", NameKind.ALIAS, True),
    ("previous_names", NameKind.PREVIOUS, False),
)
_TEXTS = ("birth_places", "programs", "designations", "addresses", "linked_to")
_IDENTIFIERS = (
    *("mmsi", "call_sign", "tail_number", "bic", "lei", "passport", "national_id", "tax_id", "registration"),
    *("crypto", "email", "website", "phone"),
)


@cache
def _kinds() -> dict[str, Schema]:
    """What lists call each kind of entity."""
    found = {schema.value.lower(): schema for schema in Schema}
    for line in _KINDS.read_text(encoding="utf-8").splitlines():
        schema, _, words = line.partition(": ")
        if not line.startswith("#"):
            found |= dict.fromkeys(words.split("; "), Schema(schema))
    return found


def mapped_form(columns: ColumnMap) -> Form:
    """The form of a table with these columns; it is not looked for, since the configuration says what it is."""
    return Form(
        id="mapped_csv",
        label="a CSV with the columns that the configuration names",
        head=FirstLine(()),
        entities=_reader(columns),
    )


def _reader(columns: ColumnMap) -> Callable[[ListFile], Iterator[Entity]]:
    def entities(file: ListFile) -> Iterator[Entity]:
        rows = _rows(file, columns)
        return entities_of_rows(file, rows, _id, _opened, _take)

    return entities


def _rows(file: ListFile, columns: ColumnMap) -> Iterator[tuple[int, Row]]:
    """The rows below the header with the cells of each field, several columns of one joined by a line's end."""
    wanted = [name for names in columns.columns.values() for name in names]
    constant = _constant(columns)
    with file.opened() as stream:
        lines = text_lines(file.list_id, stream, file.label, columns.encoding or likely_encoding(file.head(_SAMPLE)))
        header: list[str] | None = None
        for line, cells in _cells(file, lines, set(map(bare, wanted)) - {bare(constant or "")}):
            if header is None:
                header = [bare(cell) for cell in cells]
                _require(file, wanted, header, constant, line)
            elif any(map(str.strip, cells)):
                if len(cells) > len(header) and any(map(str.strip, cells[len(header) :])):
                    raise file.broken(f"expected {len(header)} cells as in the header, found {len(cells)}", line)
                found = dict(zip(header, cells, strict=False))
                yield line, _fields(columns, found, constant)
        if header is None and not file.head().removeprefix(b"\xef\xbb\xbf").strip():
            raise file.broken("is empty")
        if header is None:
            raise file.broken(
                f"none of the first {_ABOVE} lines is a header with the columns {', '.join(dict.fromkeys(wanted))}"
            )


def _cells(file: ListFile, lines: Iterator[str], wanted: set[str]) -> Iterator[tuple[int, list[str]]]:
    """The header and the rows below it, each with its line."""
    for above, line in enumerate(lines, start=1):
        mark = likely_separator(line)
        if said_separator(line) is None and wanted <= {bare(cell) for cell in _split(line, mark)}:
            yield above, _split(line, mark)
            break
        if above >= _ABOVE:
            return
    else:
        return
    yield from numbered_rows(lines, file.broken, mark, above)


def _split(line: str, mark: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=mark), [])
    except csv.Error:
        return []


def _constant(columns: ColumnMap) -> str | None:
    """The kind of all entities, where one is named in place of a column."""
    named = columns.columns.get("schema", ())
    return named[0] if len(named) == 1 and named[0] in tuple(Schema) else None


def _require(file: ListFile, wanted: list[str], header: list[str], constant: str | None, line: int) -> None:
    if missing := [name for name in wanted if bare(name) not in header and name != constant]:
        raise file.broken(f"the header has no column {' and no column '.join(missing)}", line)


def _fields(columns: ColumnMap, found: Row, constant: str | None) -> Row:
    row = {
        field: "\n".join(cell for name in names if (cell := (found.get(bare(name)) or "").strip()))
        for field, names in columns.columns.items()
    }
    # Names in several columns are one name.
    row["name"] = clean(row.get("name", "").replace("\n", " ")) or clean(
        f"{row.get('given', '')} {row.get('family', '')}"
    )
    return row | ({"schema": constant} if constant else {})


def _id(file: ListFile, line: int, row: Row) -> str:
    if not row["name"]:
        raise file.broken("the name is empty", line)
    return clean(row.get("id")) or stable_id(row["name"].casefold(), row.get("birth_dates", ""))


def _opened(file: ListFile, line: int, source_id: str, row: Row) -> Draft:
    kind = row.get("schema")
    draft = (
        Draft.of_kind(file, source_id, kind, _kinds(), line)
        if kind
        else Draft(file, source_id, Schema.LEGAL_ENTITY, line)
    )
    draft.listed(row.get("listed_on"))
    draft.reference = clean(row.get("reference")) or None
    draft.url = clean(row.get("url")) or None
    return draft


def _take(draft: Draft, _: int, row: Row) -> None:
    given, family = clean(row.get("given")) or None, clean(row.get("family")) or None
    if given is None and family is None and draft.schema is Schema.PERSON:
        family, given = split_person(row["name"])
    first = not draft.names
    draft.name(Name(row["name"], NameKind.PRIMARY if first else NameKind.ALIAS, given=given, family=family))
    for field, kind, weak in _NAMES:
        for value in _values(row, field):
            draft.name(Name(value, kind, weak=weak))
    draft.country(*_values(row, "countries"))
    draft.births(*_values(row, "birth_dates"))
    for field in _TEXTS:
        getattr(draft, field).extend(_values(row, field))
    for value in _values(row, "imo"):
        draft.imo(value)
    for number in _IDENTIFIERS:
        for value in _values(row, number):
            draft.identifier(number, value)
    draft.remarks.append(row.get("remarks", ""))


def _values(row: Row, field: str) -> list[str]:
    return [words for value in _BETWEEN.split(row.get(field, "")) if (words := clean(value))]
