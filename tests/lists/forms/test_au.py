from __future__ import annotations

import csv
import gzip
import io
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.strength import WEAK_ALIAS, strength
from watchlist.errors import ListParseError
from watchlist.lists.recognise import read_list
from watchlist.model import Entity, Identifier, NameKind, Schema

LIST = "au_dfat_sanctions"
Load = Callable[[str, bytes], list[Entity]]

COLUMNS = (
    *("Reference", "Name of Individual or Entity", "Type", "Name Type", "Alias Strength", "Date of Birth"),
    *("Place of Birth", "Citizenship", "Address", "Additional Information", "Listing Information", "IMO Number"),
    *("Committees", "Control Date", "Instrument of Designation", "Targeted Financial Sanction", "Travel Ban"),
)


def person(reference: object, name: str, kind: str, **cells: object) -> dict[str, object]:
    return {
        "Reference": reference,
        "Name of Individual or Entity": name,
        "Type": "Individual",
        "Name Type": kind,
        "Date of Birth": "a) 15 Jan. 1955 b) circa 1956; 1957",
        "Place of Birth": "Lakeside,_x000D_\nSyria",
        "Citizenship": "Syria; Iran",
        "Address": "Pier 4, Aleppo",
        "Additional Information": "Minister of Tides. Passport no: A12345 (Syria)",
        "Listing Information": "Listed by the 1267 Committee (QDi.901)",
        "Committees": "1267/1989/2253 (ISIL and Al-Qaida)",
        "Control Date": datetime(2016, 4, 1),  # noqa: DTZ001
        **cells,
    }


ROWS = [
    person(101, "Ilya Petrovich Marrow", "Primary Name"),
    person("101a", "Ilia Marrov", "AKA", **{"Alias Strength": "Strong"}),
    person("101b", "The Tide", "AKA", **{"Alias Strength": "Weak"}),
    person("101c", "Илья Марроу", "Original Script"),
    {
        "Reference": 102.0,
        "Name of Individual or Entity": "EVENING GULL",
        "Type": "Vessel",
        "Name Type": "Primary Name",
        "IMO Number": 9074729,
        "Committees": "Autonomous (Russia)",
        "Control Date": "24/02/2022",
    },
    {"Reference": "102 a", "Name of Individual or Entity": "MORNING GULL", "Name Type": "FKA"},
    {"Additional Information": "A note below the list."},
]


def workbook(rows: list[dict[str, Any]], columns: tuple[str, ...] = COLUMNS, above: int = 0) -> bytes:
    """An xlsx file with one sheet, as DFAT publishes it."""
    book = openpyxl.Workbook()
    book.properties.modified = datetime(2026, 3, 13, 5, 41)  # noqa: DTZ001
    for _ in range(above):
        book.active.append(["The Consolidated List"])
    book.active.append(columns)
    for row in rows:
        book.active.append([row.get(column) for column in columns])
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


@pytest.fixture(scope="session")
def dfat() -> bytes:
    return workbook(ROWS)


def test_the_workbook_says_when_it_was_made(tmp_path: Path, dfat: bytes) -> None:
    path = tmp_path / "Australian_Sanctions_Consolidated_List.xlsx"
    path.write_bytes(dfat)
    parsed = read_list(LIST, path)
    assert parsed.form == "dfat_xlsx"
    assert parsed.published_at is not None
    assert parsed.version == parsed.published_at.date().isoformat()
    assert parsed.published_at.tzinfo is UTC


def test_the_rows_of_one_reference_are_one_entity(load: Load, dfat: bytes) -> None:
    someone, ship = load(LIST, dfat)
    assert (someone.source_id, someone.schema) == ("101", Schema.PERSON)
    assert [(name.text, strength(name)) for name in someone.names] == [
        ("Ilya Petrovich Marrow", NameKind.PRIMARY),
        ("Ilia Marrov", NameKind.ALIAS),
        ("The Tide", WEAK_ALIAS),
        ("Илья Марроу", NameKind.ALIAS),
    ]
    assert someone.birth_dates == ("1955-01-15", "1956", "1957")
    assert someone.birth_places == ("Lakeside, Syria",)
    assert (someone.countries, someone.listed_on) == (("sy", "ir"), "2016-04-01")
    assert someone.programs == ("1267/1989/2253 (ISIL and Al-Qaida)",)
    assert someone.identifiers == (Identifier("passport", "A12345"), Identifier("other", "QDi.901", "UN reference"))
    assert someone.addresses == ("Pier 4, Aleppo",)
    assert (ship.source_id, ship.schema, ship.listed_on) == ("102", Schema.VESSEL, "2022-02-24")
    assert ship.identifiers == (Identifier("imo", "9074729"),)
    assert [(name.text, strength(name)) for name in ship.names] == [
        ("EVENING GULL", NameKind.PRIMARY),
        ("MORNING GULL", NameKind.PREVIOUS),
    ]


def test_lines_above_the_header_are_passed_over(load: Load) -> None:
    assert len(load(LIST, workbook(ROWS, above=3))) == 2


def test_without_openpyxl_the_extra_is_named(load: Load, dfat: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(ListParseError, match=r"needs pip install 'watchlist\[xlsx\]'"):
        load(LIST, dfat)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (workbook(ROWS, columns=COLUMNS[1:]), "expected a header with Reference"),
        (workbook(ROWS, above=20), "expected a header with Reference"),
    ],
)
def test_what_is_not_as_it_should_be_is_named(load: Load, content: bytes, message: str) -> None:
    with pytest.raises(ListParseError, match=message):
        load(LIST, content)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_cut_workbook_is_refused(load: Load, dfat: bytes, share: float) -> None:
    with pytest.raises(ListParseError, match="damaged"):
        load(LIST, dfat[: int(len(dfat) * share)])


def test_a_workbook_without_its_sheet_is_refused(load: Load, dfat: bytes) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(dfat)) as whole, zipfile.ZipFile(packed, "w") as less:
        for name in whole.namelist():
            if "sheet1" not in name:
                less.writestr(name, whole.read(name))
    with pytest.raises(ListParseError):
        load(LIST, packed.getvalue())


def test_the_csv_reads_as_the_workbook_whatever_a_spreadsheet_made_of_it(
    load: Load, official: Callable[[str], bytes]
) -> None:
    content = official("dfat.csv")
    person, body, ship = load(LIST, content)
    assert (person.source_id, [name.text for name in person.names]) == (
        "101",
        ["Ilya Petrovich MARROW", "Илья МАРРОУ"],
    )
    assert (person.birth_dates, person.countries, person.listed_on) == (("1955-01-15", "1956"), ("ir",), "2014-12-15")
    assert body.names[2].text == "GHS"
    assert ship.identifiers == (Identifier("imo", "9074729"),)
    rows = list(csv.reader(io.StringIO(content.decode())))
    for mark, encoding in ((";", "utf-8-sig"), ("\t", "utf-8")):
        saved = io.StringIO()
        csv.writer(saved, delimiter=mark).writerows(rows)
        assert load(LIST, saved.getvalue().encode(encoding)) == [person, body, ship]


def test_the_csvs_day_is_the_latest_control_date(tmp_path: Path, official: Callable[[str], bytes]) -> None:
    (tmp_path / "list.csv").write_bytes(official("dfat.csv"))
    parsed = read_list(LIST, tmp_path / "list.csv")
    assert (parsed.form, parsed.version) == ("dfat_csv", "2026-01-06")


UNTIDY = [
    person(
        34,
        "Harbour Aid Society",
        "Primary Name ",
        Type="Entity ",
        Address="a) Pier 4, Syrian Arab Republic (at time of listing); Phone 587-2545 b) Quay, Jalalabad, Afghanistan",
    )
    | {"Date of Birth": None, "Citizenship": None},
    person("34c", "Harbour Relief (previously listed as)", "aka", Type="Entity", Address="na"),
    person("34c1", "إغاثة الميناء", "Original script ", Type="entity", Address=None),
    person(
        2672,
        "Elias Lake",
        "primary name",
        **{"Date of Birth": "03/1965, 04/1965", "Citizenship": "Moldovan, Russian and Ukrainian"},
    ),
    person("2672a10", "Ilias", "Aka ", **{"Date of Birth": "12/01/1965 13/02/1966", "Citizenship": "Atlantean"}),
    person(7, "Marrow Elder", "Primary Name", **{"Date of Birth": "Approximately 1942", "Citizenship": "na"}),
    person("?", "Stray Row", "Primary Name", **{"Date of Birth": "10/061962; before 1960"}),
]


def test_cells_as_they_really_are(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(workbook(UNTIDY))
    parsed = read_list(LIST, path)
    body, someone, elder, stray = parsed.entities()
    assert [(name.text, name.kind) for name in body.names] == [
        ("Harbour Aid Society", NameKind.PRIMARY),
        ("Harbour Relief", NameKind.PREVIOUS),
        ("إغاثة الميناء", NameKind.ALIAS),
    ]
    assert (body.schema, body.countries) == (Schema.LEGAL_ENTITY, ("sy", "af", "ir"))
    assert someone.birth_dates == ("1965-03", "1965-04", "1965-01-12", "1966-02-13")
    assert someone.countries == ("md", "ru", "ua", "Atlantean")
    assert (elder.birth_dates, elder.countries) == (("1942",), ())
    assert (stray.source_id, stray.birth_dates) == ("?", ("1962-06-10",))
    assert {cell.field: cell.unread for cell in parsed.notes.counts()} == {
        "birth_dates": 1,
        "countries": 1,
        "reference": 1,
    }


def test_a_workbook_may_be_packed_by_gzip(load: Load, dfat: bytes) -> None:
    assert load(LIST, gzip.compress(dfat)) == load(LIST, dfat)
