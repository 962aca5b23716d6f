"""The UK Sanctions List as CSV: a line with ``Report Date:``, a header of 58 columns, one row for each name.

Rows of one entity repeat its other cells, and there are more rows where it has several addresses or dates of birth. See
https://www.gov.uk/government/publications/the-uk-sanctions-list.
"""

from __future__ import annotations

from collections.abc import Iterator

from watchlist.lists.forms.uk import facts as uk_facts
from watchlist.lists.reading.dates import iso_date, start_of_day
from watchlist.lists.reading.draft import Draft, split_lettered
from watchlist.lists.reading.parsed import ParsedList
from watchlist.lists.reading.source import Part, Source, digest
from watchlist.lists.reading.spool import grouped
from watchlist.lists.reading.table import Layout, Row, header_rows
from watchlist.model import Entity

FORM = "uk_csv"
#: How the first line opens.
OPENING = "Report Date:"

_REQUIRED = ("Unique ID", "Name 6", "Name type", "Designation Type", "Regime Name")
_KNOWN = (
    *("OFSI Group ID", "UN Reference Number", "Date Designated", "Alias strength", "Title", "Position", "D.O.B"),
    *(f"Name {number}" for number in range(1, 6)),
    *("Name non-latin script", "Non-latin script type", "Non-latin script language", "Town of birth"),
    *("Country of birth", "Nationality(/ies)", "Passport number", "Passport additional information"),
    *("National Identifier number", "Business registration number (s)", "IMO number", "Phone number", "Website"),
    *("Email address", *(f"Address Line {number}" for number in range(1, 7)), "Address Postal Code"),
    *("Address Country", "Current believed flag of ship", "Current owner/operator (s)", "Parent company"),
    *("Subsidiaries", "Other Information", "UK Statement of Reasons"),
)
_LAYOUT = Layout(_REQUIRED, _KNOWN, preamble=1)


def read(source: Source, part: Part) -> ParsedList:
    """Read the first line; raises ListParseError when it does not hold the date of the report."""
    sha256 = digest((part,))
    stated = part.head(200).removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").splitlines()[0]
    published = start_of_day(iso_date(stated.strip('", ').removeprefix(OPENING).strip('", ')))
    if published is None:
        raise part.broken(f"expected a first line such as 'Report Date: 13-Feb-2026', found {stated[:80]!r}", 1)
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
    if not row["Unique ID"]:
        raise part.broken("the Unique ID is empty", line)
    return row["Unique ID"]


def _draft(part: Part, line: int, row: Row) -> Draft:
    kind = row["Designation Type"]
    schema = uk_facts.SCHEMAS.get(kind.lower())
    if schema is None:
        raise part.broken(f"expected Individual, Entity or Ship as Designation Type, found {kind!r}", line)
    draft = Draft(part, row["Unique ID"], schema, line)
    draft.reference = row.get("OFSI Group ID") or None
    draft.listed_on = iso_date(row.get("Date Designated"))
    return draft


def _take(draft: Draft, row: Row) -> None:
    def cell(name: str) -> str:
        return row.get(name, "")

    parts = [cell(f"Name {number}") for number in range(1, 7)]
    uk_facts.name(draft, parts, uk_facts.kind_of(cell("Name type"), cell("Alias strength")))
    uk_facts.original(
        draft, cell("Name non-latin script"), cell("Non-latin script type"), cell("Non-latin script language")
    )
    draft.programs.append(cell("Regime Name"))
    draft.designations += [cell("Title"), *split_lettered(cell("Position"))]
    draft.un_references(cell("UN Reference Number"))
    uk_facts.births(draft, [cell("D.O.B")])
    uk_facts.birth_place(draft, cell("Town of birth"), cell("Country of birth"))
    uk_facts.nationalities(draft, cell("Nationality(/ies)"))
    uk_facts.passport(draft, cell("Passport number"), cell("Passport additional information"))
    draft.identifier("national_id", cell("National Identifier number"))
    uk_facts.registration(draft, cell("Business registration number (s)"))
    uk_facts.ship(draft, cell("IMO number"))
    for column, kind in (("Phone number", "phone"), ("Website", "website"), ("Email address", "email")):
        draft.identifier(kind, cell(column))
    lines = [cell(f"Address Line {number}") for number in range(1, 7)]
    draft.address(*lines, cell("Address Postal Code"), country=cell("Address Country"))
    draft.country(cell("Current believed flag of ship"))
    for column in ("Current owner/operator (s)", "Parent company", "Subsidiaries"):
        draft.linked_to += split_lettered(cell(column))
    draft.remarks += [cell("Other Information"), cell("UK Statement of Reasons")]
