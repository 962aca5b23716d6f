"""OFSI's consolidated list as CSV (``ConList.csv``), the UK's list of asset freezes until January 2026.

A line ``Last Updated,DATE``, a header, one row for each name and each further address or date of birth, in the order of
the names, not of the entities; ``Group ID`` is the key. Until 2022 in Windows' code page 1252, later in UTF-8 with some
more columns.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator

from watchlist.lists.forms.uk import facts as uk_facts
from watchlist.lists.reading.dates import iso_date, start_of_day
from watchlist.lists.reading.draft import Draft, split_lettered
from watchlist.lists.reading.parsed import ParsedList
from watchlist.lists.reading.source import Part, Source, digest
from watchlist.lists.reading.spool import grouped
from watchlist.lists.reading.table import Layout, Row, header_rows, utf8_or
from watchlist.model import Entity

FORM = "uk_conlist"
#: How the first line opens.
OPENING = "Last Updated,"

_REQUIRED = ("Name 6", "Name 1", "Group Type", "Alias Type", "Regime", "Group ID")
_KNOWN = (
    *(f"Name {number}" for number in range(2, 6)),
    *("Title", "Name Non-Latin Script", "Non-Latin Script Type", "Non-Latin Script Language", "DOB", "Town of Birth"),
    *("Country of Birth", "Nationality", "Passport Number", "Passport Details", "NI Number", "Position"),
    *("National Identification Number", *(f"Address {number}" for number in range(1, 7)), "Post/Zip Code", "Country"),
    *("Other Information", "Alias Quality", "Listed On"),
)


def read(source: Source, part: Part) -> ParsedList:
    """Read the first line; raises ListParseError when it does not hold the date of the list."""
    sha256 = digest((part,))
    layout = Layout(_REQUIRED, _KNOWN, preamble=1, encoding=utf8_or(part, "cp1252"), ends_with_newline=True)
    stated = part.head(200).removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").splitlines()[0]
    cells = next(csv.reader([stated]), [])
    published = start_of_day(iso_date(cells[1]) if len(cells) > 1 else None)
    if published is None:
        raise part.broken(f"expected a first line such as 'Last Updated,13/04/2018', found {stated[:80]!r}", 1)
    return ParsedList(
        list_id=source.list_id,
        form=FORM,
        sha256=sha256,
        open_entities=lambda: _entities(part, layout),
        version=published.date().isoformat(),
        published_at=published,
    )


def _entities(part: Part, layout: Layout) -> Iterator[Entity]:
    for _, rows in grouped(part, header_rows(part, layout), lambda line, row: _id(part, line, row)):
        line, row = next(rows)
        draft = _draft(part, line, row)
        _take(draft, row)
        for _, row in rows:
            _take(draft, row)
        yield draft.entity()


def _id(part: Part, line: int, row: Row) -> str:
    source_id = row["Group ID"]
    if not (source_id.isascii() and source_id.isdigit()):
        raise part.broken(f"expected a number as Group ID, found {source_id!r}", line)
    return source_id


def _draft(part: Part, line: int, row: Row) -> Draft:
    kind = row["Group Type"]
    schema = uk_facts.SCHEMAS.get(kind.lower())
    if schema is None:
        raise part.broken(f"expected Individual, Entity or Ship as Group Type, found {kind!r}", line)
    draft = Draft(part, row["Group ID"], schema, line)
    draft.listed_on = iso_date(row.get("Listed On"))
    return draft


def _take(draft: Draft, row: Row) -> None:
    def cell(name: str) -> str:
        return row.get(name, "")

    parts = [cell(f"Name {number}") for number in range(1, 7)]
    uk_facts.name(draft, parts, uk_facts.kind_of(cell("Alias Type"), cell("Alias Quality")))
    uk_facts.original(
        draft, cell("Name Non-Latin Script"), cell("Non-Latin Script Type"), cell("Non-Latin Script Language")
    )
    draft.programs.append(cell("Regime"))
    draft.designations += [cell("Title"), *split_lettered(cell("Position"))]
    uk_facts.births(draft, [cell("DOB")])
    uk_facts.birth_place(draft, cell("Town of Birth"), cell("Country of Birth"))
    uk_facts.nationalities(draft, cell("Nationality"))
    uk_facts.passport_details(draft, cell("Passport Number") or cell("Passport Details"))
    for number in split_lettered(cell("National Identification Number") or cell("NI Number")):
        draft.identifier("national_id", number)
    lines = [cell(f"Address {number}") for number in range(1, 7)]
    draft.address(*lines, cell("Post/Zip Code"), country=cell("Country"))
    draft.un_references(cell("Other Information"))
    uk_facts.ship_in_remarks(draft, cell("Other Information"))
    draft.remarks.append(cell("Other Information"))
