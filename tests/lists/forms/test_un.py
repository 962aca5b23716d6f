from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.strength import WEAK_ALIAS, strength
from watchlist.errors import ListParseError
from watchlist.lists.recognise import read_list
from watchlist.model import Entity, Identifier, NameKind, Schema

LIST = "un_sc_sanctions"
Load = Callable[[str, bytes], list[Entity]]


@pytest.fixture
def un(official: Callable[[str], bytes]) -> bytes:
    return official("un.xml")


def test_the_head_states_when_the_file_was_made(tmp_path: Path, un: bytes) -> None:
    path = tmp_path / "consolidated.xml"
    path.write_bytes(un)
    parsed = read_list(LIST, path)
    assert (parsed.form, parsed.version) == ("un_xml", "2025-03-01")
    assert parsed.published_at == datetime(2025, 3, 2, 1, 23, 7, 617000, tzinfo=UTC)


def test_a_person_has_names_of_each_kind_and_script(load: Load, un: bytes) -> None:
    person = load(LIST, un)[0]
    assert (person.source_id, person.reference, person.schema) == ("7000001", "QDi.901", Schema.PERSON)
    assert [(name.text, strength(name)) for name in person.names] == [
        ("ILYA PETROVICH MARROW", NameKind.PRIMARY),
        ("Илья Петрович Марроу", NameKind.ALIAS),
        ("Ilia Marrov", NameKind.ALIAS),
        ("Elias Marrow", NameKind.ALIAS),
        ("Ilya Lake", NameKind.PREVIOUS),
        ("The Tide", WEAK_ALIAS),
        ("Прилив", WEAK_ALIAS),
        ("Abu Mera", WEAK_ALIAS),
        ("Абу Мера", WEAK_ALIAS),
    ]


def test_a_person_has_dates_places_titles_and_documents(load: Load, un: bytes) -> None:
    person = load(LIST, un)[0]
    assert person.birth_dates == ("1979-12-31", "1955-01-15", "1956", "1951/1953", "1957-11", "1958-09")
    assert person.birth_places == ("Lakeside, Harbour Province, Syrian Arab Republic",)
    assert person.designations == ("Mullah", "Haji", "Minister of Tides", "Governor of Lakeside")
    assert person.countries == ("ir",)
    assert person.identifiers == (
        Identifier("other", "QDi.901", "UN reference"),
        Identifier("passport", "A 123", "ye"),
        Identifier("national_id", "381"),
        Identifier("other", "77", "Ration card number (iq)"),
    )
    assert (person.programs, person.listed_on) == (("Al-Qaida",), "2011-02-26")
    assert person.addresses == ("Pier 4, Mosul, Iraq",)


def test_the_references_of_a_comment_become_links(load: Load, un: bytes) -> None:
    assert load(LIST, un)[0].linked_to == ("LAKESIDE FRONT (LSF)",)


def test_a_group_has_its_short_form_and_the_spellings_in_brackets(load: Load, un: bytes) -> None:
    group = load(LIST, un)[1]
    assert group.schema is Schema.LEGAL_ENTITY
    assert [(name.text, strength(name)) for name in group.names] == [
        ("LAKESIDE FRONT (LSF)", NameKind.PRIMARY),
        ("LAKESIDE FRONT", NameKind.ALIAS),
        ("LSF", NameKind.ACRONYM),
        ("جبهة البحيرة", NameKind.ALIAS),
        ("Jabhat al-Buhayra", NameKind.ALIAS),
        ("Jabhet el Bouhayra", NameKind.ALIAS),
        ("Harbour Front", NameKind.PREVIOUS),
    ]
    assert group.countries == ("sy",)


def test_two_names_in_one_field_stand_alone_too(load: Load, un: bytes) -> None:
    names = [name.text for name in load(LIST, un)[2].names]
    assert names == [
        "GREAT QUAYS COMPANY ; COMPAGNIE DES GRANDS QUAIS",
        "GREAT QUAYS COMPANY",
        "COMPAGNIE DES GRANDS QUAIS",
    ]


def test_a_quality_that_is_not_known_makes_an_alias(load: Load, un: bytes) -> None:
    front = load(LIST, un.replace(b"<QUALITY>f.k.a.<", b"<QUALITY>Fine<"))[1]
    assert front.names[-1].kind is NameKind.ALIAS


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("dateGenerated=", "made=", "expected a dateGenerated such as"),
        ("<CONSOLIDATED_LIST", "<!DOCTYPE CONSOLIDATED_LIST [<!ENTITY x 'y'>]><CONSOLIDATED_LIST", "document type"),
    ],
)
def test_what_is_not_as_it_should_be_is_named(load: Load, un: bytes, old: str, new: str, message: str) -> None:
    text = un.decode()
    assert old in text
    with pytest.raises(ListParseError, match=message):
        load(LIST, text.replace(old, new).encode())


@pytest.mark.parametrize(
    ("name", "note", "found"),
    [
        ("حاجي مارو", "Haji Marrow; Hajji Marrou", ["حاجي مارو", "Haji Marrow", "Hajji Marrou"]),
        ("أبو مارو", "(Abu Marrow; Abu Marou’) known by this nom de guerre", ["أبو مارو", "Abu Marrow", "Abu Marou’"]),
        (
            "Abu Quay",
            "Abu Quai, Abu Kay (transliterations of original script name)",
            ["Abu Quay", "Abu Quai", "Abu Kay"],
        ),
        (
            "Ilya Marou",
            "born in 1971 in Samarra, Iraq (Ilya ‘Awad Marrow; Dr. Ilya Marow)",
            ["Ilya Marou", "Ilya ‘Awad Marrow", "Dr. Ilya Marow"],
        ),
        (
            "شيخ مارو ، الفاتح",
            "transliterations: Shaykh Marrow; Al Fatih ) (Translation: The Conqueror) (Nom de guerre",
            ["شيخ مارو", "الفاتح", "Shaykh Marrow", "Al Fatih"],
        ),
        ("Ilya Marou, born in Kandahar on 01 Jan.1967", "", ["Ilya Marou"]),
        ("Ilya Marou (false identity related to passport number 4340)", "", ["Ilya Marou"]),
        ("Marou, Maru, Marrou, Maroou", "", ["Marou", "Maru", "Marrou", "Maroou"]),
        ("MAROU, Ilya", "", ["MAROU, Ilya"]),
        ("Romeo", "Call sign", ["Romeo"]),
        ("Abu Quay", "nom de guerre; combat name", ["Abu Quay"]),
        ("Abu Quay", "DOB: 1948; POB: Anefif (Kidal), Mali; Passport number: B0515260", ["Abu Quay"]),
        ("Abu Quay", "Mother: Fatma; Address: Mosul", ["Abu Quay"]),
        ("Ilya Marou إيليا مارو", "formerly listed as", ["Ilya Marou", "إيليا مارو"]),
    ],
)
def test_every_name_of_an_alias_and_its_note_is_found_and_what_is_none_is_not(
    load: Load, un: bytes, name: str, note: str, found: list[str]
) -> None:
    alias = "<ALIAS_NAME>The Tide</ALIAS_NAME><NOTE>original script: Прилив</NOTE>"
    text = un.decode()
    assert alias in text
    before = {each.text for each in load(LIST, text.replace(alias, "").encode())[0].names}
    changed = text.replace(alias, f"<ALIAS_NAME>{name}</ALIAS_NAME><NOTE>{note}</NOTE>")
    person = load(LIST, changed.encode())[0]
    assert [each.text for each in person.names if each.text not in before] == found
    # What is no name is kept in words.
    assert all(figures in (person.remarks or "") for figures in re.findall(r"\d{4,}", name + note))
