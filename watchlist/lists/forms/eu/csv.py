"""The EU's Financial Sanctions Files, form 1.1, as CSV separated by semicolons.

There is one row for each name, address, date of birth, document or nationality of an entity. The columns are called
as the XML's attributes are, with the element in front (``NameAlias_WholeName``). Only the remark says which aliases are
weak.
"""

from __future__ import annotations

from collections.abc import Iterator

from watchlist.lists.forms.eu import facts
from watchlist.lists.forms.form import Form
from watchlist.lists.forms.heads import FirstLine
from watchlist.lists.reading.draft import UN_REFERENCE, Draft
from watchlist.lists.reading.entity_rows import entities_of_rows, numeric_id
from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.parsed import Stated
from watchlist.lists.reading.table import Layout, Row, header_rows
from watchlist.lists.words.dates import iso_date, whole_day
from watchlist.model import Entity

_LAYOUT = Layout(("fileGenerationDate", "Entity_LogicalId", "Entity_SubjectType", "NameAlias_WholeName"), delimiter=";")
#: Where the CSV calls a value otherwise than the XML.
_RENAMED = {"day": "dayofmonth", "month": "monthofyear"}


def _stated(file: ListFile) -> Stated:
    """The date of the file, which every row repeats."""
    line, row = next(header_rows(file, _LAYOUT), (2, {}))
    stated = row.get("fileGenerationDate", "")
    published = whole_day(stated)
    if published is None:
        raise file.broken(f"expected a fileGenerationDate such as 01/09/2026, found {stated!r}", line)
    return Stated.on(published)


def _entities(file: ListFile) -> Iterator[Entity]:
    return entities_of_rows(file, header_rows(file, _LAYOUT), _id, _draft, lambda draft, _, row: _take(draft, row))


def _id(file: ListFile, line: int, row: Row) -> str:
    return numeric_id(file, row, "Entity_LogicalId")


def _draft(file: ListFile, line: int, source_id: str, row: Row) -> Draft:
    # The two columns hold the letter and the word, in either order.
    codes = (row["Entity_SubjectType"].lower(), row.get("Entity_SubjectType_ClassificationCode", "").lower())
    stated = next((code for code in codes if code in facts.SCHEMAS), codes[0])
    draft = Draft.of_kind(file, source_id, stated, facts.SCHEMAS, line)
    draft.reference = row.get("Entity_EU_ReferenceNumber") or None
    draft.identifier("other", row.get("Entity_UnitedNationId"), UN_REFERENCE)
    draft.listed_on = iso_date(row.get("Entity_DesignationDate")) or iso_date(
        row.get("Entity_Regulation_PublicationDate")
    )
    draft.remarks += [row.get("Entity_DesignationDetails", ""), row.get("Entity_Remark", "")]
    draft.url = row.get("Entity_Regulation_PublicationUrl") or None
    return draft


def _take(draft: Draft, row: Row) -> None:
    draft.programs.append(row.get("Entity_Regulation_Programme", ""))
    if (values := _values(row, "NameAlias_")) and (values.get("wholename") or values.get("lastname")):
        facts.name(draft, values, values.get("remark", ""))
    if values := _values(row, "Citizenship_"):
        facts.citizenship(draft, values)
    if values := _values(row, "BirthDate_"):
        facts.birth(draft, values)
    if values := _values(row, "Identification_"):
        facts.identification(draft, values)
    if values := _values(row, "Address_"):
        facts.address(draft, values, values.get("remark", ""))
        facts.contact(draft, "email", values.get("contactinfo", "") if "@" in values.get("contactinfo", "") else "")


def _values(row: Row, prefix: str) -> dict[str, str]:
    """The cells of one element by attribute name; empty when the row has nothing about it."""
    cells = {name.removeprefix(prefix).lower(): value for name, value in row.items() if name.startswith(prefix)}
    return {_RENAMED.get(name, name): value for name, value in cells.items()} if any(cells.values()) else {}


FORM = Form(
    id="eu_csv",
    label="the EU's FSF 1.1 CSV",
    head=FirstLine(("fileGenerationDate;", "Entity_LogicalId")),
    entities=_entities,
    lists=("eu_fsf",),
    stated=_stated,
    rank=31,
)
