"""OpenSanctions' ``targets.simple.csv``: one row for each target, values in a cell joined by ``;`` with CSV quoting.

Weak aliases stand among the others; see https://www.opensanctions.org/docs/bulk/csv/. ``entities.ftm.json`` keeps them
apart and says more. The licence is CC BY-NC 4.0: free for non-commercial use only.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from watchlist.lists.forms.form import Form
from watchlist.lists.forms.heads import FirstLine
from watchlist.lists.forms.opensanctions.facts import SCHEMAS, imo, stated
from watchlist.lists.reading.draft import Draft
from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.table import Layout, Row, header_rows
from watchlist.model import Entity, Name, NameKind, Schema

#: The others have come and gone over the years.
_LAYOUT = Layout(("id", "schema", "name", "dataset"), ends_with_newline=True)
_PAGE = "https://www.opensanctions.org/entities/{id}/"
_IMO = re.compile(r"IMO\s*(\d{7})", re.IGNORECASE)
#: What an identifier of a vessel without a label is, by its shape.
_VESSEL = ((re.compile(r"\d{9}"), "mmsi"), (re.compile(r"(?=[0-9]{0,6}[A-Z])[A-Z0-9]{4,7}"), "call_sign"))


def _entities(file: ListFile) -> Iterator[Entity]:
    for line, row in header_rows(file, _LAYOUT):
        if not row["id"]:
            raise file.broken("the id is empty", line)
        yield _entity(file, line, row)


def _entity(file: ListFile, line: int, row: Row) -> Entity:
    # Every other schema (security, crypto wallet) belongs to some legal entity.
    schema = SCHEMAS.get(row["schema"], Schema.LEGAL_ENTITY)
    draft = Draft(file, row["id"], schema, line)
    draft.name(Name(row["name"], NameKind.PRIMARY))
    for alias in _split(row.get("aliases", "")):
        lone = schema is Schema.PERSON and " " not in alias
        draft.name(Name(alias, NameKind.ALIAS, weak=lone))
    draft.births(*_split(row.get("birth_date", "")))
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
    if number := _IMO.fullmatch(value):
        imo(draft, number[1])
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


FORM = Form(
    id="opensanctions_csv",
    label="OpenSanctions' targets.simple.csv",
    head=FirstLine(("id", "schema", "name", "birth_date", "dataset")),
    entities=_entities,
    stated=stated,
    rank=90,
)
