"""Any other CSV: its columns are named in the configuration, its separator, encoding and header are found."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from watchlist.errors import ListParseError
from watchlist.lists.recognise import read_list
from watchlist.model import ColumnMap, Entity, Identifier, NameKind, Schema

HEADER = ("Nr.", "Nachname", "Vorname", "Art", "Auch bekannt als", "Staat", "Geboren am", "Pass-Nr.", "Grund", "Seit")
ROWS = (
    (
        "7",
        "MARROW",
        "Ilya Petrovich",
        "Natural person",
        "Ilia Marrov; The Tide|Илья Марроу",
        "Russia",
        "15.01.1955",
        "A 123",
        "Waffen; Öl",
        "01.03.2022",
    ),
    ("8", "Grey Harbour, Shipping (GHS)", "", "Firm", "", "Iran", "", "", "Öl", "2.3.2021"),
    ("7", "MARROV", "Ilia", "Natural person", "", "Syria", "1956", "", "", ""),
    ("9", "EVENING GULL", "", "Ship", "", "", "", "", "", ""),
)
COLUMNS = ColumnMap(
    {
        "id": ("nr",),
        "given": ("Vorname",),
        "family": ("Nachname",),
        "schema": ("Art",),
        "aliases": ("auch bekannt als",),
        "countries": ("Staat",),
        "birth_dates": ("Geboren am",),
        "passport": ("Pass-Nr.",),
        "programs": ("Grund",),
        "listed_on": ("Seit",),
    }
)


def table(separator: str = ",", rows: tuple[tuple[str, ...], ...] = (HEADER, *ROWS)) -> str:
    kept = io.StringIO()
    csv.writer(kept, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return kept.getvalue()


def read(path: Path, content: bytes, columns: ColumnMap = COLUMNS) -> list[Entity]:
    (path / "list.csv").write_bytes(content)
    parsed = read_list("mine", path / "list.csv", columns=columns)
    assert parsed.form == "mapped_csv"
    return list(parsed.entities())


@pytest.fixture
def whole(tmp_path: Path) -> list[Entity]:
    return read(tmp_path, table().encode())


def test_what_the_columns_say_is_read(whole: list[Entity]) -> None:
    person, firm, ship = whole
    assert (person.source_id, person.schema, person.caption) == ("7", Schema.PERSON, "Ilya Petrovich MARROW")
    assert [(name.text, name.given, name.family) for name in person.names] == [
        ("Ilya Petrovich MARROW", "Ilya Petrovich", "MARROW"),
        *(("Ilia Marrov", None, None), ("The Tide", None, None), ("Илья Марроу", None, None)),
        ("Ilia MARROV", "Ilia", "MARROV"),
    ]
    assert (person.countries, person.birth_dates) == (("ru", "sy"), ("1955-01-15", "1956"))
    assert (person.programs, person.listed_on) == (("Waffen", "Öl"), "2022-03-01")
    assert person.identifiers == (Identifier("passport", "A 123"),)
    assert (firm.schema, firm.caption, firm.countries) == (Schema.COMPANY, "Grey Harbour, Shipping (GHS)", ("ir",))
    assert firm.names[-1].kind is NameKind.ACRONYM
    assert ship.schema is Schema.VESSEL


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_separator_and_encoding_are_found(tmp_path: Path, whole: list[Entity], separator: str, encoding: str) -> None:
    assert read(tmp_path, table(separator).encode(encoding)) == whole


@pytest.mark.parametrize(
    "above", ["sep=,\r\n", "Register of the harbour,,,\r\n\r\n", '"Stand: 1.3.2026; Nr. 4"\r\n', "a\r\n" * 20]
)
def test_the_header_is_found_below_other_lines(tmp_path: Path, whole: list[Entity], above: str) -> None:
    assert read(tmp_path, (above + table()).encode()) == whole


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r"])
def test_an_old_encoding_is_found_by_its_letters(tmp_path: Path, encoding: str) -> None:
    names = ("Марроу Илья Петрович", "Серая гавань, судоходная компания", "Вечерняя чайка", "Причал северный")
    content = table(";", (("Номер", "Наименование"), *((str(n), name) for n, name in enumerate(names)))).encode(
        encoding
    )
    found = read(tmp_path, content, ColumnMap({"id": ("Номер",), "name": ("Наименование",)}))
    assert [entity.caption for entity in found] == list(names)


def test_or_said_in_the_configuration(tmp_path: Path) -> None:
    columns = ColumnMap({"name": ("nom",)}, encoding="mac-roman")
    (found,) = read(tmp_path, "nom\rx\nSociété\n".replace("\rx", "").encode("mac-roman"), columns)
    assert found.caption == "Société"


def test_without_ids_an_entity_is_known_by_its_name_and_birth(tmp_path: Path) -> None:
    columns = ColumnMap({"name": ("name",), "birth_dates": ("born",), "schema": ("Person",)})
    content = "name,born,more\nIlya Marrow,1955,x\nIlya Marrow,1956,x\nIlya Marrow,1955,y\n"
    found = read(tmp_path, content.encode(), columns)
    assert [(each.caption, each.birth_dates, each.schema) for each in found] == [
        ("Ilya Marrow", ("1955",), Schema.PERSON),
        ("Ilya Marrow", ("1956",), Schema.PERSON),
    ]
    again = read(tmp_path, b"born;name;more\n1956;Ilya Marrow;z\n", columns)
    assert again[0].source_id == found[1].source_id


def test_a_short_row_lacks_its_last_cells_and_a_name_may_stand_in_several(tmp_path: Path) -> None:
    columns = ColumnMap({"name": ("one", "two"), "remarks": ("three",)})
    found = read(tmp_path, b"one,two,three\nGrey,Gull\nQuay,,x,,\n\n", columns)
    assert [(each.caption, each.remarks) for each in found] == [("Grey Gull", None), ("Quay", "x")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (table().replace("Staat", "Land"), "none of the first 30 lines is a header with the columns nr, Vorname"),
        ("", "is empty"),
        ("x\r\n" * 40 + table(), "none of the first 30 lines is a header"),
        (table() + "10,A,B,C,D,E,F,G,H,I,J\r\n", "line 6: list.csv: expected 10 cells as in the header, found 11"),
        (table() + '10,"A', "is no valid CSV"),
        (table() + "10,,,Ship\r\n", "line 6: list.csv: the name is empty"),
        (table() + "10,A\0B\r\n", "found a NUL byte"),
    ],
)
def test_what_is_not_as_it_should_be_is_told_with_its_line(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(ListParseError, match=message):
        read(tmp_path, content.encode())


@pytest.mark.parametrize(
    ("kind", "schema"),
    [
        ("Natürliche Person", Schema.PERSON),
        ("Unternehmen", Schema.COMPANY),
        ("Schiff", Schema.VESSEL),
        ("personne morale", Schema.LEGAL_ENTITY),
        ("Организация", Schema.ORGANIZATION),
        ("uçak", Schema.AIRCRAFT),
        ("公司", Schema.COMPANY),
    ],
)
def test_kinds_and_countries_may_be_in_the_language_of_the_table(tmp_path: Path, kind: str, schema: Schema) -> None:
    row = ("7", "GREY GULL", "", kind, "", "Türkei", "", "", "", "")
    (found,) = read(tmp_path, table(";", (HEADER, row)).encode())
    assert (found.schema, found.countries) == (schema, ("tr",))


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\r\n\r\n"])
def test_an_empty_file_is_called_that(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(ListParseError, match="is empty"):
        read(tmp_path, content)
