"""The US Consolidated Screening List: whole, and each source as a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from watchlist.errors import ListParseError
from watchlist.lists.forms import published_lists
from watchlist.lists.recognise import read_list
from watchlist.model import Entity, Identifier, Schema

WHOLE = "us_trade_csl"
Load = Callable[[str, bytes], list[Entity]]
Official = Callable[[str], bytes]


@pytest.mark.parametrize(("name", "form", "count"), [("csl.csv", "us_csl_csv", 6), ("csl.json", "us_csl_json", 3)])
def test_taken_whole_each_source_is_a_program(
    tmp_path: Path, official: Official, name: str, form: str, count: int
) -> None:
    (tmp_path / name).write_bytes(official(name))
    parsed = read_list(WHOLE, tmp_path / name)
    found = list(parsed.entities())
    assert (parsed.form, len(found)) == (form, count)
    programs = Counter(entity.programs[0] for entity in found)
    assert programs["Specially Designated Nationals (SDN)"] == 2
    assert programs["Nonproliferation Sanctions (ISN)"] == 1


@pytest.mark.parametrize(
    ("list_id", "ids"),
    [
        ("us_csl_entity_list", ["c3"]),
        ("us_csl_denied_persons", ["9a"]),
        ("us_csl_nonproliferation", ["a1b2"]),
        ("us_csl_menu_based", ["77"]),
        ("us_csl_sdn", ["102", "103"]),
        ("us_csl_unverified", []),
    ],
)
def test_each_source_is_a_list_too(load: Load, official: Official, list_id: str, ids: list[str]) -> None:
    assert list_id in published_lists()
    assert [entity.source_id for entity in load(list_id, official("csl.csv"))] == ids


@pytest.mark.parametrize("name", ["csl.csv", "csl.json"])
def test_a_person_reads_the_same_in_both_forms(load: Load, official: Official, name: str) -> None:
    person = next(entity for entity in load(WHOLE, official(name)) if entity.source_id == "102")
    assert (person.schema, person.caption) == (Schema.PERSON, "MARROW, Ilya Petrovich")
    assert (person.names[0].given, person.names[0].family) == ("Ilya Petrovich", "MARROW")
    assert person.names[1].text == "MARROV, Ilia"
    assert person.identifiers[0] == Identifier("passport", "A 123", "ir")
    assert person.designations == ("Minister of Tides", "Governor")
    assert person.programs[1:] == ("SDGT", "NPWMD")
    assert person.birth_dates[0] == "1955-01-15"
    assert {"kp", "ru"} <= set(person.countries)
    assert person.remarks is not None
    assert "Gender Male" in person.remarks


def test_what_a_body_and_a_ship_say(load: Load, official: Official) -> None:
    found = {entity.source_id: entity for entity in load(WHOLE, official("csl.csv"))}
    body, ship = found["c3"], found["103"]
    assert [name.text for name in body.names] == [
        *("Quiet Wire Institute (QWI)", "Quiet Wire Institute", "QWI"),
        *("Quiet Wires", "QWI Labs", "Wire Institute 13"),
    ]
    assert (body.countries, body.listed_on, len(body.addresses)) == (("cn", "ir"), "2018-08-01", 2)
    assert (ship.schema, ship.countries, ship.linked_to) == (Schema.VESSEL, ("pa",), ("Quay Lines",))
    assert set(ship.identifiers) == {Identifier("call_sign", "9HXX1"), Identifier("imo", "7406784")}


def test_what_is_written_behind_a_name_is_no_part_of_it(load: Load, official: Official) -> None:
    for name in ("csl.csv", "csl.json"):
        body = load("us_csl_nonproliferation", official(name))[0]
        assert [each.text for each in body.names] == ["Grey Harbour Import and Export Company"]
        assert body.remarks is not None
        assert "and any successor, sub-unit, or subsidiary thereof" in body.remarks


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("csl.csv", '"c3"', '""', "the id is empty"),
        ("csl.csv", ",alt_names,", ",others,", "expected the Consolidated Screening List's CSV"),
        ("csl.json", '"results": [', '"results": ["x", ', "expected a JSON object as entry 1"),
        ("csl.json", '"results": [', '"result": [], "x": ["results", ', "is JSON without 'results'"),
    ],
)
def test_what_is_not_as_it_should_be_is_named(
    load: Load, official: Official, name: str, old: str, new: str, message: str
) -> None:
    text = official(name).decode()
    assert old in text
    with pytest.raises(ListParseError, match=message):
        load(WHOLE, text.replace(old, new, 1).encode())
