"""The UK Sanctions List as CSV: a line with ``Report Date:``, a header of 58 columns, one row for each name.

Rows of one entity repeat its other cells, and there are more rows where it has several addresses or dates of birth. See
https://www.gov.uk/government/publications/the-uk-sanctions-list.
"""

from __future__ import annotations

from watchlist.lists.forms.form import Form
from watchlist.lists.forms.heads import AnyOf, FirstLine
from watchlist.lists.forms.uk import facts
from watchlist.lists.reading.dated import in_first_line, latest
from watchlist.lists.reading.draft import Draft
from watchlist.lists.reading.entity_rows import KindColumn, RowTable
from watchlist.lists.reading.fields import address, identifier, listed_on, points, reference, texts
from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.parsed import Stated
from watchlist.lists.reading.table import Layout, header_rows

_OPENING = "Report Date:"
LAST_UPDATED = "Last Updated"

TABLE = RowTable(
    layout=Layout(
        ("Unique ID", "Name 6", "Name type", "Designation Type", "Regime Name"),
        known=(LAST_UPDATED,),
        renamed=(("Individual, Entity, Ship", "Designation Type"),),
        above=_OPENING,
    ),
    id="Unique ID",
    kind=KindColumn("Designation Type", facts.SCHEMAS),
    opening={"OFSI Group ID": reference, "Date Designated": listed_on},
    fields={
        (*facts.NAMES, "Name type", "Alias strength"): facts.cells_of_name,
        ("Name non-latin script", "Non-latin script type", "Non-latin script language"): facts.original,
        "Regime Name": texts("programs"),
        "Title": texts("designations"),
        "Position": points("designations"),
        "UN Reference Number": Draft.un_references,
        "D.O.B": Draft.births,
        ("Town of birth", "Country of birth"): facts.birth_place,
        "Nationality(/ies)": facts.nationalities,
        ("Passport number", "Passport additional information"): facts.passport,
        ("National Identifier number", "National Identifier additional information"): facts.national_id,
        "Business registration number (s)": facts.registration,
        "IMO number": Draft.imo,
        "Phone number": identifier("phone"),
        "Website": identifier("website"),
        "Email address": identifier("email"),
        (*(f"Address Line {number}" for number in range(1, 7)), "Address Postal Code", "Address Country"): address,
        "Current believed flag of ship": Draft.country,
        ("Current owner/operator (s)", "Parent company", "Subsidiaries"): points("linked_to"),
        ("Other Information", "UK Statement of Reasons"): texts("remarks"),
    },
)


def day_above(line: str) -> str | None:
    """The words that are the day in the line above the header; None for another line."""
    words = line.strip('", ')
    return words.removeprefix(_OPENING).strip('", ') if words.startswith(_OPENING) else None


def _last_change(file: ListFile) -> Stated:
    return latest(row.get(LAST_UPDATED, "") for _, row in header_rows(file, TABLE.full_layout))


FORM = Form(
    id="uk_csv",
    label="the UK Sanctions List's CSV",
    head=AnyOf((FirstLine((_OPENING,)), FirstLine(("Unique ID", "Name 6", "Name type", "Regime Name")))),
    entities=TABLE.entities,
    lists=("gb_fcdo_sanctions",),
    stated=in_first_line("Report Date: 13-Feb-2026", day_above, opening=_OPENING, missing=_last_change),
    rank=40,
)
