"""OFSI's consolidated list as XML (``ConList.xml``): root ``ArrayOfFinancialSanctionsTarget``.

A ``FinancialSanctionsTarget`` is what the CSV has as a row: one name with all else that is said of the entity again;
``GroupID`` is the key. The file has no date of its own, so that its day is that of the latest change.
"""

from __future__ import annotations

from collections.abc import Iterator

from watchlist.lists.forms.form import Form
from watchlist.lists.forms.heads import XmlRoot
from watchlist.lists.forms.uk import ofsi
from watchlist.lists.reading.dated import latest
from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.parsed import Stated
from watchlist.lists.reading.table import Row
from watchlist.lists.reading.xml import Element, child_text, elements, local_name
from watchlist.model import Entity

_TARGET = "FinancialSanctionsTarget"
#: What the elements are called as columns. Their capitals have changed over the years and are not compared.
_COLUMNS = {
    "name6": "Name 6",
    **{f"name{number}": f"Name {number}" for number in range(1, 6)},
    **{f"address{number}": f"Address {number}" for number in range(1, 7)},
    "title": "Title",
    "namenonlatinscript": "Name Non-Latin Script",
    "nonlatinscripttype": "Non-Latin Script Type",
    "nonlatinscriptlanguage": "Non-Latin Script Language",
    "individual_dateofbirth": "DOB",
    "individual_townofbirth": "Town of Birth",
    "individual_countryofbirth": "Country of Birth",
    "individual_nationality": "Nationality",
    "individual_passportnumber": "Passport Number",
    "individual_passportdetails": "Passport Details",
    "individual_ninumber": "National Identification Number",
    "individual_nidetails": "National Identification Details",
    "individual_position": "Position",
    "postcode": "Post/Zip Code",
    "country": "Country",
    "unref": "UN Reference Number",
    "entity_businessregnumber": "Business registration number (s)",
    "entity_parentcompany": "Parent company",
    "entity_subsidiaries": "Subsidiaries",
    "ship_imonumber": "IMO number",
    "ship_flag": "Current believed flag of ship",
    "ship_currentowners": "Current owner/operator (s)",
    "phonenumber": "Phone number",
    "website": "Website",
    "emailaddress": "Email address",
    "otherinformation": "Other Information",
    "ukstatementofreasons": "UK Statement of Reasons",
    "grouptypedescription": "Group Type",
    "aliastype": "Alias Type",
    "aliasquality": "Alias Quality",
    "regimename": "Regime",
    "datelisted": "Listed On",
    "groupid": "Group ID",
}


def _stated(file: ListFile) -> Stated:
    return latest(child_text(target, "LastUpdated") or "" for target in elements(file, _TARGET))


def _entities(file: ListFile) -> Iterator[Entity]:
    return ofsi.TABLE.entities_of(file, _rows(file))


def _rows(file: ListFile) -> Iterator[tuple[int, Row]]:
    for target in elements(file, _TARGET):
        yield target.sourceline or 0, _row(target)


def _row(target: Element) -> Row:
    row = dict.fromkeys(_COLUMNS.values(), "")
    for child in target.iterchildren("{*}*"):
        if column := _COLUMNS.get(local_name(child).lower()):
            row[column] = " ".join("".join(child.itertext()).split())
    return row


FORM = Form(
    id="uk_conlist_xml",
    label="OFSI's ConList.xml",
    head=XmlRoot("ArrayOfFinancialSanctionsTarget"),
    entities=_entities,
    lists=("gb_hmt_sanctions", "gb_fcdo_sanctions"),
    stated=_stated,
    rank=43,
)
