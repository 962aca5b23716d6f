"""OFSI's ConList as XML and without its date line, and the UK Sanctions List as a spreadsheet."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from watchlist.errors import ListParseError
from watchlist.lists.recognise import read_list
from watchlist.model import Entity, Identifier, Schema

LIST = "gb_fcdo_sanctions"
OFSI = "gb_hmt_sanctions"
Load = Callable[[str, bytes], list[Entity]]
Official = Callable[[str], bytes]


class TestConListXml:
    def test_its_day_is_that_of_the_latest_change(self, tmp_path: Path, official: Official) -> None:
        (tmp_path / "ConList.xml").write_bytes(official("conlist.xml"))
        parsed = read_list(OFSI, tmp_path / "ConList.xml")
        assert (parsed.form, parsed.published_at) == ("uk_conlist_xml", datetime(2025, 10, 17, tzinfo=UTC))

    def test_the_rows_of_a_person_are_one_wherever_they_stand(self, load: Load, official: Official) -> None:
        person = load(OFSI, official("conlist.xml"))[0]
        assert [(name.text, name.given, name.family, name.lang) for name in person.names] == [
            ("Ilya Petrovich MARROW", "Ilya Petrovich", "MARROW", None),
            ("Sheikh AL-MARROW", "Sheikh", "AL-MARROW", None),
            ("Илья Марроу", None, None, "ru"),
        ]
        assert (person.source_id, person.schema, person.listed_on) == ("7901", Schema.PERSON, "2016-04-01")
        assert (person.countries, person.birth_dates) == (("tn", "sa"), ("1955",))
        assert Identifier("other", "QDi.901", "UN reference") in person.identifiers
        assert [each for each in person.identifiers if each.kind != "other"] == [
            Identifier("passport", "G827238", "ir"),
            Identifier("passport", "G827239", "tn"),
            Identifier("national_id", "4711", "tn"),
        ]
        assert person.addresses == ("Pier 4, Lakeside, 79177, Iran",)

    def test_what_only_the_xml_says_of_bodies_and_ships(self, load: Load, official: Official) -> None:
        _, body, ship = load(OFSI, official("conlist.xml"))
        assert body.caption == "GREY HARBOUR SHIPPING COMPANY (GHS)"
        assert set(body.identifiers) == {
            Identifier("registration", "1027700132195", "OGRN"),
            Identifier("tax_id", "7701234567", "INN"),
            Identifier("website", "www.harbour.example"),
            Identifier("email", "quay@harbour.example"),
        }
        assert body.linked_to == ("North Quay Holding",)
        assert (ship.schema, ship.countries, ship.identifiers) == (
            Schema.VESSEL,
            ("ga",),
            (Identifier("imo", "9074729"),),
        )

    def test_without_a_day_anywhere_it_has_none(self, tmp_path: Path, official: Official) -> None:
        text = official("conlist.xml").decode().replace("<LastUpdated>20", "<LastUpdated>about 20")
        (tmp_path / "ConList.xml").write_text(text, encoding="utf-8")
        assert read_list(OFSI, tmp_path / "ConList.xml").published_at is None


class TestConListInItsLastColumns:
    def test_national_numbers_have_details(self, load: Load) -> None:
        columns = {
            "Name 6": "MARROW",
            "Name 1": "Ilya",
            "DOB": "00/00/1955",
            "Passport Number": "(1) G827238 (2) G827239",
            "Passport Details": "(1) Syria number. Issued on 1 May 2010 (2) Tunisian passport",
            "National Identification Number": "",
            "National Identification Details": "Tunisian national identity card 77-81-4711 (expired)",
            "Group Type": "Individual",
            "Alias Type": "Primary name",
            "Alias Quality": "",
            "Regime": "Tides",
            "Listed On": "01/04/2016",
            "UK Sanctions List Date Designated": "",
            "Last Updated": "17/10/2025",
            "Group ID": "7901",
        }
        cells = ",".join(f'"{cell}"' for cell in columns.values())
        (person,) = load(OFSI, f"Last Updated,17/10/2025,,\n{','.join(columns)}\n{cells}\n".encode())
        assert person.identifiers == (
            Identifier("passport", "G827238", "sy"),
            Identifier("passport", "G827239", "tn"),
            Identifier("national_id", "77-81-4711", "tn"),
        )


class TestConListWithoutItsDateLine:
    def test_it_reads_as_with_it_and_its_day_is_that_of_the_latest_change(
        self, tmp_path: Path, official: Official
    ) -> None:
        first, _, rest = official("conlist.csv").partition(b"\n")
        assert first.startswith(b"Last Updated,")
        whole, bare = tmp_path / "whole.csv", tmp_path / "bare.csv"
        whole.write_bytes(official("conlist.csv"))
        bare.write_bytes(rest)
        with_line, without = read_list(OFSI, whole), read_list(OFSI, bare)
        assert without.form == "uk_conlist"
        assert list(without.entities()) == list(with_line.entities())
        assert without.published_at == datetime(2018, 4, 1, tzinfo=UTC)

    def test_so_does_the_present_list(self, tmp_path: Path, official: Official) -> None:
        bare = tmp_path / "bare.csv"
        bare.write_bytes(official("uk.csv").partition(b"\n")[2])
        parsed = read_list(LIST, bare)
        assert (parsed.form, parsed.published_at) == ("uk_csv", datetime(2026, 4, 14, tzinfo=UTC))
        assert sum(1 for _ in parsed.entities()) == 3

    def test_a_stray_byte_of_the_old_code_page_costs_the_other_lines_nothing(
        self, load: Load, official: Official
    ) -> None:
        text = official("conlist.csv").decode("cp1252").replace("MORNING GULL", "УТРЕННЯЯ ЧАЙКА")
        content = text.encode().replace("’".encode(), b"\x92").replace("‘".encode(), b"\x91")
        names = {name.text for entity in load(OFSI, content) for name in entity.names}
        assert "УТРЕННЯЯ ЧАЙКА" in names


NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
)


def cell(text: str) -> str:
    if not text:
        return "<table:table-cell/>"
    if text == "25/01/2001":
        day = 'office:value-type="date" office:date-value="2001-01-25"'
        return f"<table:table-cell {day}><text:p>25 Jan 01</text:p></table:table-cell>"
    note = "<office:annotation><text:p>a remark of the editor</text:p></office:annotation>"
    words = escape(text).replace("  ", "<text:s/> ")
    return f'<table:table-cell office:value-type="string">{note}<text:p>{words}</text:p></table:table-cell>'


def sheet(rows: Iterable[list[str]], more: str = "") -> str:
    """A sheet as spreadsheet programs write it, with its empty rest as one row that is repeated a million times."""
    body = "".join(
        f"<table:table-row>{''.join(map(cell, row))}"
        '<table:table-cell table:number-columns-repeated="16324"/></table:table-row>'
        for row in rows
    )
    rest = '<table:table-cell table:number-columns-repeated="16384"/>'
    empty = f'<table:table-row table:number-rows-repeated="1048000">{rest}</table:table-row>'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMESPACES}><office:body><office:spreadsheet>'
        f'<table:table table:name="UK Sanctions List">{body}{empty}</table:table>{more}'
        "</office:spreadsheet></office:body></office:document-content>"
    )


def spreadsheet(content: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("styles.xml", "<styles/>")
        archive.writestr("content.xml", content)
    return packed.getvalue()


@pytest.fixture
def rows(official: Official) -> list[list[str]]:
    return list(csv.reader(io.StringIO(official("uk.csv").decode())))


class TestOds:
    def test_it_reads_as_the_csv(self, tmp_path: Path, rows: list[list[str]], official: Official) -> None:
        (tmp_path / "UK-Sanctions-List.ods").write_bytes(spreadsheet(sheet(rows)))
        (tmp_path / "uk.csv").write_bytes(official("uk.csv"))
        ods, plain = (read_list(LIST, tmp_path / name) for name in ("UK-Sanctions-List.ods", "uk.csv"))
        assert (ods.form, ods.version, ods.published_at) == ("uk_ods", plain.version, plain.published_at)
        assert list(ods.entities()) == list(plain.entities())

    def test_lines_above_the_header_and_further_sheets_do_not_matter(self, load: Load, rows: list[list[str]]) -> None:
        notes = (
            '<table:table table:name="Notes"><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell>'
        )
        content = sheet([["UK Sanctions List"], rows[0], [], *rows[1:]], f"{notes}</table:table-row></table:table>")
        assert [entity.source_id for entity in load(LIST, spreadsheet(content))] == ["AFG0901", "RUS0902", "RUS0903"]

    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ("</office:spreadsheet>", "", "is damaged or cut off"),
            (">Unique ID<", ">Id<", "the header has no column Unique ID"),
            ("<table:table-row>", '<table:table-row table:number-rows-repeated="99999">', "stands there 99,999 times"),
        ],
    )
    def test_what_is_not_as_it_should_be_is_named(
        self, load: Load, rows: list[list[str]], old: str, new: str, message: str
    ) -> None:
        content = sheet(rows)
        assert old in content
        with pytest.raises(ListParseError, match=message):
            load(LIST, spreadsheet(content.replace(old, new, 2)))

    def test_a_row_that_is_wider_than_the_header_is_refused(self, load: Load, rows: list[list[str]]) -> None:
        with pytest.raises(ListParseError, match=r"line 3: .*expected 58 cells as in the header, found 60"):
            load(LIST, spreadsheet(sheet([*rows[:2], [*rows[2][:58], "", "x"], *rows[3:]])))

    def test_another_authoritys_list_is_not_read_from_it(self, load: Load, rows: list[list[str]]) -> None:
        with pytest.raises(ListParseError, match="is the UK Sanctions List's ODS, which eu_fsf is not published in"):
            load("eu_fsf", spreadsheet(sheet(rows)))


def test_weak_names_are_marked(load: Load, official: Official) -> None:
    person = load(OFSI, official("conlist.xml"))[0]
    assert person.names[1].weak
