from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.strength import WEAK_ALIAS, strength
from watchlist.errors import ListParseError
from watchlist.lists.recognise import read_list
from watchlist.model import Entity, Identifier, NameKind, Schema

LIST = "ch_seco_sanctions"
Load = Callable[[str, bytes], list[Entity]]


@pytest.fixture
def seco(official: Callable[[str], bytes]) -> bytes:
    return official("seco.xml")


def test_the_root_states_the_day(tmp_path: Path, seco: bytes) -> None:
    path = tmp_path / "list.xml"
    path.write_bytes(seco)
    parsed = read_list(LIST, path)
    assert (parsed.form, parsed.version) == ("seco_xml", "2026-09-28")
    assert parsed.published_at == datetime(2026, 9, 28, tzinfo=UTC)


def test_targets_are_entities_but_neither_copies_in_their_history_nor_delisted_ones(load: Load, seco: bytes) -> None:
    assert [(entity.source_id, entity.schema) for entity in load(LIST, seco)] == [
        ("1000", Schema.PERSON),
        ("1100", Schema.LEGAL_ENTITY),
        ("1200", Schema.VESSEL),
    ]


def test_a_target_listed_again_after_its_removal_is_on_the_list(load: Load, seco: bytes) -> None:
    again = b'<modification modification-type="listed" effective-date="2019-01-01"/>'
    gone = b'<modification modification-type="de-listed" publication-date="2016-03-01"'
    assert len(load(LIST, seco.replace(gone, again + gone))) == 4


def test_names_are_put_together_from_their_parts_in_each_script(load: Load, seco: bytes) -> None:
    person = load(LIST, seco)[0]
    assert [(name.text, strength(name), name.lang) for name in person.names] == [
        ("Marrow Ilya Petrovich", NameKind.PRIMARY, "en"),
        ("Marrov Ilya Petrovich", NameKind.ALIAS, "en"),
        ("The Tide", WEAK_ALIAS, None),
        ("المد", WEAK_ALIAS, "ar"),
        ("Ilya Harbour", NameKind.PREVIOUS, None),
        ("Elias Lake", NameKind.ALIAS, None),
    ]
    assert (person.names[0].given, person.names[0].family) == ("Ilya Petrovich", "Marrow")
    assert (person.names[1].given, person.names[1].family) == ("Ilya Petrovich", "Marrov")


def test_a_name_is_spelt_in_another_script_when_every_part_is(load: Load, seco: bytes) -> None:
    father = b'<name-part order="3" name-part-type="father-name"><value>Petrovich</value></name-part>'
    names = load(LIST, seco.replace(father, b""))[0].names
    assert ("Марроу Илья", "ru", "Илья", "Марроу") in [
        (name.text, name.lang, name.given, name.family) for name in names
    ]


def test_places_and_programs_are_looked_up(load: Load, seco: bytes) -> None:
    person, body, ship = load(LIST, seco)
    assert person.birth_places == ("Lakeside, Harbour Province, Syria",)
    assert person.addresses == ("Harbour Club, Pier 4, 220029, Lakeside, Harbour Province, Syria",)
    assert (person.programs, body.programs, ship.programs) == (("Lakeside",), ("Lakeside",), ("Lakeside",))
    assert (person.countries, body.countries) == (("by",), ("sy",))
    assert person.linked_to == ("Grey Harbour Shipping (GHS)",)


def test_dates_documents_and_other_information(load: Load, seco: bytes) -> None:
    person, body, ship = load(LIST, seco)
    assert (person.birth_dates, person.listed_on) == (("1980-03-23", "1981"), "2012-03-24")
    assert (body.birth_dates, body.listed_on) == ((), "2020-11-24")
    assert (person.reference, person.designations) == ("QDi.901", ("Colonel",))
    assert person.identifiers == (
        Identifier("other", "QDi.901", "UN reference"),
        Identifier("passport", "BK 177", "by"),
        Identifier("other", "77", "driving-license"),
        Identifier("email", "quay@harbour.example"),
    )
    assert person.remarks == "Travel ban until 2027.; Minister of Tides."
    assert body.identifiers == (Identifier("bic", "GREYIR2L"), Identifier("registration", "101472209"))
    assert ship.identifiers == (Identifier("imo", "9074729"),)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'date="2026-09-28"',
            'date="lately"',
            "expected a date such as 2026-09-28 in the root element, found 'lately'",
        ),
        ("<object object-type", "<thing object-type", "damaged"),
    ],
)
def test_what_is_not_as_it_should_be_is_named(load: Load, seco: bytes, old: str, new: str, message: str) -> None:
    text = seco.decode()
    assert old in text
    with pytest.raises(ListParseError, match=message):
        load(LIST, text.replace(old, new).encode())


@pytest.mark.parametrize(("kind", "whole"), [("whole-list", True), ("full", True), ("delta-list", False), ("x", False)])
def test_what_changed_is_not_the_whole_list(load: Load, seco: bytes, kind: str, whole: bool) -> None:
    content = seco.replace(b'list-type="whole-list"', f'list-type="{kind}"'.encode())
    if whole:
        assert load(LIST, content)
    else:
        with pytest.raises(ListParseError, match=f"has the list-type '{kind}', which is not the whole list"):
            load(LIST, content)
