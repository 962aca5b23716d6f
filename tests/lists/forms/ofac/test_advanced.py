from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.strength import WEAK_ALIAS, strength
from watchlist.errors import ListParseError
from watchlist.lists.recognise import read_list
from watchlist.model import Entity, Identifier, NameKind, Schema

LIST = "us_ofac_sdn"
Load = Callable[[str, bytes], list[Entity]]


@pytest.fixture
def advanced(official: Callable[[str], bytes]) -> bytes:
    return official("sdn_advanced.xml")


def test_the_head_states_the_day_of_issue(tmp_path: Path, advanced: bytes) -> None:
    path = tmp_path / "SDN_ADVANCED.XML"
    path.write_bytes(advanced)
    parsed = read_list(LIST, path)
    assert (parsed.form, parsed.version) == ("ofac_advanced", "2026-05-21")
    assert parsed.published_at == datetime(2026, 5, 21, tzinfo=UTC)


def test_names_have_parts_scripts_and_the_flag_of_low_quality(load: Load, advanced: bytes) -> None:
    person = load(LIST, advanced)[0]
    assert (person.source_id, person.schema) == ("9001", Schema.PERSON)
    assert [(name.text, strength(name), name.lang, name.given, name.family) for name in person.names] == [
        ("MARROW, Ilya Petrovich", NameKind.PRIMARY, None, "Ilya Petrovich", "MARROW"),
        ("THE TIDE", WEAK_ALIAS, None, None, None),
        ("МАРРОУ Илья", NameKind.ALIAS, None, "Илья", "МАРРОУ"),
        ("马罗", NameKind.PREVIOUS, "zh", "罗", "马"),
    ]


def test_what_stands_outside_the_party_is_joined(load: Load, advanced: bytes) -> None:
    person, front, _ = load(LIST, advanced)
    assert (person.programs, person.listed_on) == (("SDGT",), "2019-09-13")
    assert person.linked_to == ("LAKESIDE FRONT",)
    assert person.identifiers == (Identifier("passport", "A 123", "sy"),)
    assert person.addresses == ("Pier 4, Aleppo, Syria",)
    assert (person.countries, front.countries, front.listed_on) == (("ru",), ("sy",), None)
    assert person.url == "https://sanctionssearch.ofac.treas.gov/Details.aspx?id=9001"


def test_features_are_read_as_the_labels_of_the_other_forms(load: Load, advanced: bytes) -> None:
    person, front, ship = load(LIST, advanced)
    assert person.birth_dates == ("1955-01-15", "1956/1958", "1957-02")
    assert person.birth_places == ("Lakeside, Syria",)
    assert person.designations == ("Minister of Tides", "Member of the Council")
    assert person.remarks == "Gender Male"
    assert front.identifiers == (Identifier("crypto", "1Kuf2", "XBT"), Identifier("bic", "GREYIR2L"))
    assert front.names[1].kind is NameKind.ACRONYM
    assert ship.identifiers == (Identifier("imo", "9074729"), Identifier("call_sign", "9HXX1"))
    assert (ship.schema, ship.countries, ship.remarks) == (Schema.VESSEL, ("pa",), "VESSEL TYPE Crude Oil Tanker")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("<Year>2026</Year>", "", "expected a DateOfIssue with Year, Month and Day"),
    ],
)
def test_what_is_not_as_it_should_be_is_named(load: Load, advanced: bytes, old: str, new: str, message: str) -> None:
    text = advanced.decode()
    assert old in text
    with pytest.raises(ListParseError, match=message):
        load(LIST, text.replace(old, new, 1).encode())
