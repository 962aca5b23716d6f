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
from watchlist.lists.words.name_notes import made_id
from watchlist.model import Entity, Schema

_REFERENCE, _NAME = "Reference", "Name of Individual or Entity"
#: Columns without which the table is not this list.
REQUIRED = (_REFERENCE, _NAME, "Type", "Name Type", "Committees")
#: ``101``, ``101a``, ``101b2``: the number is the entity, the rest counts its names.
_NUMBER = re.compile(r"(\d{1,9})(?:\s*[a-z]{1,3}\s*\d{0,3})?", re.IGNORECASE)
_LEADING = re.compile(r"(\d{1,9})[\s./-]*[a-z]", re.IGNORECASE)
_LONGEST_ID = 150
_KIND = KindColumn(
    "Type",
    {
        "individual": Schema.PERSON,
        "entity": Schema.LEGAL_ENTITY,
        "vessel": Schema.VESSEL,
        "aircraft": Schema.AIRCRAFT,
        "ship": Schema.VESSEL,
    },
)
_FIELDS: Fields = {
    (_NAME, "Name Type", "Alias Strength"): facts.name,
    "Date of Birth": Draft.births,
    "Place of Birth": points("birth_places"),
    "Citizenship": facts.citizenships,
    "Address": Draft.whereabouts,
    "IMO Number": Draft.imo,
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


def _id(file: ListFile, _: int, row: Row) -> str:
    stated = row[_REFERENCE]
    reference = _NUMBER.fullmatch(stated)
    if reference is not None:
        return reference[1]
    # The row belongs to the number in front of the letter; without one it stands by itself.
    leading = _LEADING.match(stated)
    source_id = leading[1] if leading else stated[:_LONGEST_ID] or made_id(row[_NAME])
    file.notes.unread("reference", source_id, stated)
    return source_id


def _opened(file: ListFile, number: int, source_id: str, row: Row) -> Draft:
    draft = _KIND.draft(file, number, source_id, row)
    draft.listed(row.get("Control Date"))
    return draft


def _take(draft: Draft, _: int, row: Row) -> None:
    if row["Type"] and _KIND.schema(row) not in (draft.schema, None):
        draft.note("schema", row["Type"])
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
