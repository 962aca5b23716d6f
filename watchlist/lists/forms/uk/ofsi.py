"""What OFSI's consolidated list says in its columns: one table for its CSV and its XML, which have a row for each name.

The XML has more elements than the CSV has columns; those are called here as the UK Sanctions List calls them.
"""

from __future__ import annotations

from watchlist.lists.forms.uk import facts
from watchlist.lists.reading.draft import Draft
from watchlist.lists.reading.entity_rows import KindColumn, RowTable
from watchlist.lists.reading.fields import address, identifier, listed_on, points, texts
from watchlist.lists.reading.table import Layout

#: The column with the day on which an entry was last changed.
LAST_UPDATED = "Last Updated"


def _national_ids(draft: Draft, numbers: str, insurance: str, details: str, former: str) -> None:
    facts.national_id(draft, numbers or insurance, details or former)


def _other_information(draft: Draft, text: str) -> None:
    draft.un_references(text)
    facts.ship_in_remarks(draft, text)
    draft.remarks.append(text)


TABLE = RowTable(
    layout=Layout(
        ("Name 6", "Name 1", "Group Type", "Alias Type", "Regime", "Group ID"),
        known=(LAST_UPDATED,),
        above=LAST_UPDATED,
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
        ("National Identification Number", "NI Number", "National Identification Details", "NI Details"): _national_ids,
        (*(f"Address {number}" for number in range(1, 7)), "Post/Zip Code", "Country"): address,
        "UN Reference Number": Draft.un_references,
        "Business registration number (s)": facts.registration,
        "IMO number": Draft.imo,
        "Phone number": identifier("phone"),
        "Website": identifier("website"),
        "Email address": identifier("email"),
        "Current believed flag of ship": Draft.country,
        ("Current owner/operator (s)", "Parent company", "Subsidiaries"): points("linked_to"),
        "Other Information": _other_information,
        "UK Statement of Reasons": texts("remarks"),
    },
)
