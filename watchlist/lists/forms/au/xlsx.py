"""Australia's consolidated list (DFAT) as xlsx.

One sheet, one row for each name: ``101`` has the primary name, ``101a`` and ``101b`` other names of the same entity.
``_x000D_`` stands for line breaks. See
https://www.dfat.gov.au/international-relations/security/sanctions/consolidated-list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from watchlist.lists.forms.au import facts, workbook
from watchlist.lists.forms.form import Form
from watchlist.lists.forms.heads import XmlRoot
from watchlist.lists.reading.draft import Draft
from watchlist.lists.reading.entity_rows import Fields, KindColumn, add_fields, entities_of_rows
from watchlist.lists.reading.fields import points, texts
from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.table import Row
from watchlist.lists.words.dates import iso_dates
from watchlist.model import Entity, Schema

_REFERENCE, _NAME = "Reference", "Name of Individual or Entity"
#: Columns without which the table is not this list.
REQUIRED = (_REFERENCE, _NAME, "Type", "Name Type", "Committees")
_NUMBER = re.compile(r"(\d+)\s*[a-z]*", re.IGNORECASE)
_KIND = KindColumn(
    "Type",
    {
        "individual": Schema.PERSON,
        "entity": Schema.LEGAL_ENTITY,
        "vessel": Schema.VESSEL,
        "aircraft": Schema.AIRCRAFT,
    },
    "Individual, Entity or Vessel",
)
_FIELDS: Fields = {
    (_NAME, "Name Type", "Alias Strength"): facts.name,
    "Date of Birth": facts.births,
    "Place of Birth": points("birth_places"),
    "Citizenship": facts.citizenships,
    "Address": points("addresses"),
    "IMO Number": facts.ship,
    "Committees": texts("programs"),
    ("Additional Information", "Listing Information"): facts.information,
}


def _entities(file: ListFile) -> Iterator[Entity]:
    return entities_of(file, workbook.rows(file, REQUIRED))


def entities_of(file: ListFile, rows: Iterable[tuple[int, Row]]) -> Iterator[Entity]:
    """The entities of the list's rows, whatever they were saved in."""
    # Notes may stand below the list.
    listed = (each for each in rows if each[1][_REFERENCE] or each[1][_NAME])
    return entities_of_rows(file, listed, _id, _opened, _take)


def _id(file: ListFile, number: int, row: Row) -> str:
    reference = _NUMBER.fullmatch(row[_REFERENCE])
    if reference is None:
        raise file.broken(f"expected a Reference such as 101 or 101a, found {row[_REFERENCE]!r}", number)
    return reference[1]


def _opened(file: ListFile, number: int, source_id: str, row: Row) -> Draft:
    draft = Draft(file, source_id, _KIND.schema(file, number, row), number)
    listed = iso_dates(row.get("Control Date"))
    draft.listed_on = listed if listed and "/" not in listed else None
    return draft


def _take(draft: Draft, number: int, row: Row) -> None:
    if row["Type"] and draft.schema is not _KIND.schema(draft.file, number, row):
        raise draft.file.broken(f"Reference {draft.source_id} is of another Type on row {draft.line}", number)
    add_fields(_FIELDS, draft, row)


FORM = Form(
    id="dfat_xlsx",
    label="DFAT's xlsx",
    # An xlsx file is a zip archive; this is the one part that every workbook has.
    head=XmlRoot("workbook"),
    member="xl/workbook.xml",
    entities=_entities,
    lists=("au_dfat_sanctions",),
    stated=workbook.stated,
    parts=workbook.members,
    rank=70,
)
