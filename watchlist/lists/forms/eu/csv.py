"""The EU's Financial Sanctions Files, form 1.1, as CSV separated by semicolons.

There is one row for each name, address, date of birth, document or nationality of an entity. The columns are called
as the XML's attributes are, with the element in front (``NameAlias_WholeName``). Strong and weak aliases are told apart
by the remark alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from watchlist.lists.forms.eu import facts as eu_facts
from watchlist.lists.reading.dates import iso_date, start_of_day
from watchlist.lists.reading.draft import UN_REFERENCE, Draft
from watchlist.lists.reading.parsed import ParsedList
from watchlist.lists.reading.source import Part, Source, digest
from watchlist.lists.reading.spool import grouped
from watchlist.lists.reading.table import Layout, Row, header_rows
from watchlist.model import Entity

FORM = "eu_csv"
#: Columns of the header line by which the form is known.
REQUIRED = ("fileGenerationDate", "Entity_LogicalId", "Entity_SubjectType", "NameAlias_WholeName")

_LAYOUT = Layout(REQUIRED, delimiter=";")
#: Where the CSV calls a value otherwise than the XML.
_RENAMED = {"day": "dayofmonth", "month": "monthofyear"}


def read(source: Source, part: Part) -> ParsedList:
    """Read the first row; raises ListParseError when it has no date of the file."""
    sha256 = digest((part,))
    line, row = next(header_rows(part, _LAYOUT), (2, {}))
    stated = row.get("fileGenerationDate", "")
    published = start_of_day(iso_date(stated))
    if published is None:
        raise part.broken(f"expected a fileGenerationDate such as 01/09/2026, found {stated!r}", line)
    return ParsedList(
        list_id=source.list_id,
        form=FORM,
        sha256=sha256,
        open_entities=lambda: _entities(part),
        version=published.date().isoformat(),
        published_at=published,
    )


def _entities(part: Part) -> Iterator[Entity]:
    for _, rows in grouped(part, header_rows(part, _LAYOUT), lambda line, row: _id(part, line, row)):
        line, row = next(rows)
        draft = _draft(part, line, row)
        _take(draft, row)
        for _, row in rows:
            _take(draft, row)
        yield draft.entity()


def _id(part: Part, line: int, row: Row) -> str:
    source_id = row["Entity_LogicalId"]
    if not (source_id.isascii() and source_id.isdigit()):
        raise part.broken(f"expected a number as Entity_LogicalId, found {source_id!r}", line)
    return source_id


def _draft(part: Part, line: int, row: Row) -> Draft:
    # The two columns hold the letter and the word, in either order.
    codes = (row["Entity_SubjectType"].lower(), row.get("Entity_SubjectType_ClassificationCode", "").lower())
    schema = next((eu_facts.SCHEMAS[code] for code in codes if code in eu_facts.SCHEMAS), None)
    if schema is None:
        raise part.broken(f"expected person or enterprise as Entity_SubjectType, found {codes[0]!r}", line)
    draft = Draft(part, row["Entity_LogicalId"], schema, line)
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
        eu_facts.name(draft, values, values.get("remark", ""))
    if values := _values(row, "Citizenship_"):
        eu_facts.citizenship(draft, values)
    if values := _values(row, "BirthDate_"):
        eu_facts.birth(draft, values)
    if values := _values(row, "Identification_"):
        eu_facts.identification(draft, values)
    if values := _values(row, "Address_"):
        eu_facts.address(draft, values, values.get("remark", ""))
        eu_facts.contact(draft, "email", values.get("contactinfo", "") if "@" in values.get("contactinfo", "") else "")


def _values(row: Row, prefix: str) -> dict[str, str]:
    """The cells of one element by attribute name; empty when the row has nothing about it."""
    cells = {name.removeprefix(prefix).lower(): value for name, value in row.items() if name.startswith(prefix)}
    return {_RENAMED.get(name, name): value for name, value in cells.items()} if any(cells.values()) else {}
