"""OpenSanctions' ``targets.simple.csv``: one row for each target, values in a cell joined by ``;`` with CSV quoting.

Weak aliases stand among the others; see https://www.opensanctions.org/docs/bulk/csv/. ``entities.ftm.json`` keeps them
apart and says more. The licence is CC BY-NC 4.0: free for non-commercial use only.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from watchlist.lists.forms.opensanctions import index as opensanctions_index
from watchlist.lists.forms.opensanctions.index import Index
from watchlist.lists.reading.dates import iso_date
from watchlist.lists.reading.draft import Draft
from watchlist.lists.reading.parsed import ParsedList
from watchlist.lists.reading.source import Part, Source, digest
from watchlist.lists.reading.table import Layout, Row, header_rows
from watchlist.model import Entity, Name, NameKind, Schema

FORM = "opensanctions_csv"

#: The others have come and gone over the years.
_LAYOUT = Layout(("id", "schema", "name", "dataset"), ends_with_newline=True)
_PAGE = "https://www.opensanctions.org/entities/{id}/"
_SCHEMAS = {
    "Person": Schema.PERSON,
    "Organization": Schema.ORGANIZATION,
    "PublicBody": Schema.ORGANIZATION,
    "Company": Schema.COMPANY,
    "Vessel": Schema.VESSEL,
    "Airplane": Schema.AIRCRAFT,
}
_IMO = re.compile(r"IMO\s*(\d{7})", re.IGNORECASE)
#: What an identifier of a vessel without a label is, by its shape.
_VESSEL = ((re.compile(r"\d{9}"), "mmsi"), (re.compile(r"(?=.*[A-Z])[A-Z0-9]{4,7}"), "call_sign"))


def read(source: Source, part: Part) -> ParsedList:
    """Open the file; with its ``index.json`` beside it, the version is taken from there and the checksum compared."""
    sha256 = digest((part,))
    index = opensanctions_index.beside(source, part) or Index(None, None, None)
    opensanctions_index.verify(part, index)
    return ParsedList(
        list_id=source.list_id,
        form=FORM,
        sha256=sha256,
        open_entities=lambda: _entities(part),
        version=index.version,
        published_at=index.published_at,
    )


def _entities(part: Part) -> Iterator[Entity]:
    seen: dict[str, int] = {}
    for line, row in header_rows(part, _LAYOUT):
        if not row["id"]:
            raise part.broken("the id is empty", line)
        if row["id"] in seen:
            raise part.broken(f"id {row['id']!r} stands on line {seen[row['id']]} already", line)
        seen[row["id"]] = line
        yield _entity(part, line, row)


def _entity(part: Part, line: int, row: Row) -> Entity:
    # Every other schema (security, crypto wallet) belongs to some legal entity.
    schema = _SCHEMAS.get(row["schema"], Schema.LEGAL_ENTITY)
    draft = Draft(part, row["id"], schema, line)
    draft.name(Name(row["name"], NameKind.PRIMARY))
    for alias in _split(row.get("aliases", "")):
        lone = schema is Schema.PERSON and " " not in alias
        draft.name(Name(alias, NameKind.WEAK_ALIAS if lone else NameKind.ALIAS))
    draft.birth_dates += [iso_date(day) for day in _split(row.get("birth_date", ""))]
    draft.country(*_split(row.get("countries", "")))
    draft.addresses += _split(row.get("addresses", ""))
    for value in _split(row.get("identifiers", "")):
        _identifier(draft, value)
    for column, kind in (("phones", "phone"), ("emails", "email")):
        for value in _split(row.get(column, "")):
            draft.identifier(kind, value)
    draft.programs += _split(row.get("program_ids", "")) or _split(row.get("sanctions", "")) or _split(row["dataset"])
    draft.url = _PAGE.replace("{id}", row["id"])
    return draft.entity()


def _identifier(draft: Draft, value: str) -> None:
    if imo := _IMO.fullmatch(value):
        draft.identifier("imo", imo[1], None if draft.schema is Schema.VESSEL else "company")
        return
    shapes = _VESSEL if draft.schema is Schema.VESSEL else ()
    kind = next((kind for shape, kind in shapes if shape.fullmatch(value)), None)
    body = draft.schema not in (Schema.PERSON, Schema.VESSEL, Schema.AIRCRAFT)
    draft.identifier(kind or ("registration" if body else "other"), value)


def _split(cell: str) -> list[str]:
    """The values of a cell: a line of CSV with semicolons."""
    try:
        values = next(csv.reader([cell], delimiter=";"), [])
    except csv.Error:
        values = cell.split(";")
    return [words for value in values if (words := value.strip())]
