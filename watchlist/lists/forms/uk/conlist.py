"""OFSI's consolidated list as CSV (``ConList.csv``), the UK's list of asset freezes until January 2026.

A line ``Last Updated,DATE``, a header, one row for each name and each further address or date of birth, in the order of
the names, not of the entities; ``Group ID`` is the key. Until 2022 in Windows' code page 1252, later in UTF-8 with some
more columns.
"""

from __future__ import annotations

import csv

from watchlist.lists.forms.form import Form
from watchlist.lists.forms.heads import FirstLine
from watchlist.lists.forms.uk import facts
from watchlist.lists.reading.dated import in_first_line
from watchlist.lists.reading.draft import Draft
from watchlist.lists.reading.entity_rows import KindColumn, RowTable
from watchlist.lists.reading.fields import address, listed_on, points, texts
from watchlist.lists.reading.table import Layout


def _day(line: str) -> str | None:
    cells = next(csv.reader([line]), [])
    return cells[1] if len(cells) > 1 else None


def _national_ids(draft: Draft, numbers: str, insurance: str, details: str) -> None:
    facts.national_id(draft, numbers or insurance, details)


def _other_information(draft: Draft, text: str) -> None:
    draft.un_references(text)
    facts.ship_in_remarks(draft, text)
    draft.remarks.append(text)


_TABLE = RowTable(
    layout=Layout(
        ("Name 6", "Name 1", "Group Type", "Alias Type", "Regime", "Group ID"),
        preamble=1,
        old_encoding="cp1252",
        ends_with_newline=True,
    ),
    id="Group ID",
    numbered=True,
    kind=KindColumn("Group Type", facts.SCHEMAS),
    opening={"Listed On": listed_on},
    fields={
        (*facts.NAMES, "Alias Type", "Alias Quality"): facts.cells_of_name,
        ("Name Non-Latin Script", "Non-Latin Script Type", "Non-Latin Script Language"): facts.original,
        "Regime": texts("programs"),
        "Title": texts("designations"),
        "Position": points("designations"),
        "DOB": Draft.births,
        ("Town of Birth", "Country of Birth"): facts.birth_place,
        "Nationality": facts.nationalities,
        ("Passport Number", "Passport Details"): facts.passport,
        ("National Identification Number", "NI Number", "NI Details"): _national_ids,
        (*(f"Address {number}" for number in range(1, 7)), "Post/Zip Code", "Country"): address,
        "Other Information": _other_information,
    },
)

FORM = Form(
    id="uk_conlist",
    label="OFSI's ConList.csv",
    head=FirstLine(("Last Updated,",)),
    entities=_TABLE.entities,
    lists=("gb_hmt_sanctions", "gb_fcdo_sanctions"),
    stated=in_first_line("Last Updated,13/04/2018", _day),
    rank=42,
)
