from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.strength import WEAK_ALIAS, strength
from watchlist.errors import ListParseError
from watchlist.lists.recognise import read_list
from watchlist.model import Entity, Identifier, NameKind, Schema

LIST = "gb_fcdo_sanctions"
OFSI = "gb_hmt_sanctions"
Load = Callable[[str, bytes], list[Entity]]
Official = Callable[[str], bytes]


@pytest.mark.parametrize(
    ("list_id", "name", "form", "published"),
    [
        (LIST, "uk.csv", "uk_csv", datetime(2026, 2, 13, tzinfo=UTC)),
        (LIST, "uk.xml", "uk_xml", datetime(2026, 2, 13, tzinfo=UTC)),
        (OFSI, "conlist.csv", "uk_conlist", datetime(2018, 4, 13, tzinfo=UTC)),
    ],
)
def test_each_form_states_its_date(
    tmp_path: Path, official: Official, list_id: str, name: str, form: str, published: datetime
) -> None:
    path = tmp_path / "content"
    path.write_bytes(official(name))
    parsed = read_list(list_id, path)
    assert (parsed.form, parsed.published_at, parsed.version) == (form, published, published.date().isoformat())


@pytest.mark.parametrize("name", ["uk.csv", "uk.xml"])
def test_a_person_reads_the_same_in_both_forms(load: Load, official: Official, name: str) -> None:
    person = load(LIST, official(name))[0]
    assert (person.source_id, person.reference, person.schema) == ("AFG0901", "7901", Schema.PERSON)
    assert person.caption == "ILYA PETROVICH MARROW"
    assert (person.names[0].given, person.names[0].family) == ("ILYA PETROVICH", "MARROW")
    assert {(name.text, strength(name), name.lang) for name in person.names[1:]} == {
        ("Haji Ilya", WEAK_ALIAS, None),
        ("Илья Марроу", NameKind.ALIAS, "ru"),
        ("Ilia MARROV", NameKind.ALIAS, None),
        ("Elias MARROW", NameKind.ALIAS, None),
    }
    assert person.birth_dates == ("1955", "1956-11-12")
    assert person.birth_places == ("Lakeside, Afghanistan",)
    assert set(person.designations) == {"Mullah", "Minister of Tides", "Governor"}
    assert (person.countries, person.listed_on) == (("af",), "2001-01-25")
    assert set(person.identifiers) == {
        Identifier("other", "TAi.901", "UN reference"),
        Identifier("passport", "P0123", "af"),
        Identifier("national_id", "4711"),
    }
    assert person.remarks == "A close associate."


@pytest.mark.parametrize("name", ["uk.csv", "uk.xml"])
def test_a_body_and_a_ship_read_the_same_in_both_forms(load: Load, official: Official, name: str) -> None:
    body, ship = load(LIST, official(name))[1:]
    assert (body.caption, body.schema) == ('GREY HARBOUR SHIPPING COMPANY "QUAY"', Schema.LEGAL_ENTITY)
    assert (body.countries, body.addresses) == (("ru",), ("Pier 4, Murmansk, 183000, Russia",))
    assert set(body.identifiers) == {
        Identifier("registration", "1027700132195", "OGRN"),
        Identifier("tax_id", "7701234567", "INN"),
        Identifier("website", "www.harbour.example"),
        Identifier("email", "quay@harbour.example"),
    }
    assert body.linked_to == ("North Quay Holding",)
    assert (ship.schema, ship.identifiers) == (Schema.VESSEL, (Identifier("imo", "9074729"),))
    assert (ship.countries, ship.linked_to, ship.listed_on) == (("ga",), ("Quay Lines",), "2024-03-01")


def test_the_old_layout_is_gathered_by_group(load: Load, official: Official) -> None:
    person, ship = sorted(load(OFSI, official("conlist.csv")), key=lambda entity: entity.source_id, reverse=True)
    assert (person.source_id, person.caption) == ("7901", "Ilya Pétrovich – called “Tide” MARROW")
    assert [(name.text, strength(name)) for name in person.names[1:]] == [("Sheikh AL-MARROW", NameKind.ALIAS)]
    assert person.birth_dates == ("1955", "1956-11-12")
    assert person.birth_places == ("Lakeside", "Harbour", "Tunisia")
    assert (person.countries, person.listed_on) == (("tn", "sa"), "2016-04-01")
    assert person.identifiers == (
        Identifier("passport", "G827238", "tn"),
        Identifier("passport", "two passports"),
        Identifier("national_id", "4711"),
        Identifier("other", "QDi.901", "UN reference"),
    )
    assert (ship.source_id, ship.schema, ship.identifiers) == ("7899", Schema.VESSEL, (Identifier("imo", "9074729"),))
    assert [(name.text, strength(name)) for name in ship.names] == [
        ("EVENING GULL (EVG)", NameKind.PRIMARY),
        ("EVENING GULL", NameKind.ALIAS),
        ("EVG", NameKind.ACRONYM),
        ("MORNING GULL", NameKind.PREVIOUS),
    ]


def test_the_old_layout_is_read_in_utf8_too(load: Load, official: Official) -> None:
    content = official("conlist.csv")
    assert load(OFSI, content.decode("cp1252").encode()) == load(OFSI, content)


def test_an_old_file_may_stand_in_for_the_present_list(load: Load, official: Official) -> None:
    content = official("conlist.csv")
    assert [entity.source_id for entity in load(LIST, content)] == [entity.source_id for entity in load(OFSI, content)]


@pytest.mark.parametrize(
    ("list_id", "name", "old", "new", "message"),
    [
        (
            LIST,
            "uk.csv",
            "13-Feb-2026",
            "some day",
            "line 1: .*expected a first line such as 'Report Date: 13-Feb-2026'",
        ),
        (LIST, "uk.csv", ",Name type,", ",Sort,", "the header has no column Name type"),
        (LIST, "uk.csv", "AFG0901,", "AFG0901,,", "line 3: .*expected 58 cells as in the header, found 59"),
        (LIST, "uk.xml", "<DateGenerated>13/02/2026</DateGenerated>", "", "expected a DateGenerated such as"),
        (OFSI, "conlist.csv", "13/04/2018", "some day", "expected a first line such as 'Last Updated,13/04/2018'"),
    ],
)
def test_what_is_not_as_it_should_be_is_named(
    load: Load, official: Official, list_id: str, name: str, old: str, new: str, message: str
) -> None:
    text = official(name).decode("cp1252" if name == "conlist.csv" else "utf-8")
    assert old in text
    with pytest.raises(ListParseError, match=message):
        load(list_id, text.replace(old, new).encode())


def test_the_old_layout_cut_off_in_its_last_line_is_refused(load: Load, official: Official) -> None:
    content = official("conlist.csv")
    for at in range(content.rindex(b"\n", 0, -3) + 2, len(content)):
        with pytest.raises(ListParseError):
            load(OFSI, content[:at])


def test_the_last_line_of_the_present_list_needs_no_end(load: Load, official: Official) -> None:
    content = official("uk.csv")
    assert load(LIST, content.rstrip()) == load(LIST, content)
    with pytest.raises(ListParseError, match="expected 58 cells as in the header"):
        load(LIST, content.rstrip()[:-40])


def test_the_columns_it_had_before_are_known(load: Load, official: Official) -> None:
    before = official("uk.csv").replace(b"Designation Type", b'"Individual, Entity, Ship"', 1)
    before = before.replace(b"Parent company", b"Parent Company", 1)
    assert before != official("uk.csv")
    assert load(LIST, before) == load(LIST, official("uk.csv"))
