from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.strength import WEAK_ALIAS, strength
from watchlist.errors import ListParseError
from watchlist.lists.recognise import read_list
from watchlist.model import Entity, Identifier, NameKind, Schema

LIST = "eu_fsf"
Load = Callable[[str, bytes], list[Entity]]
Official = Callable[[str], bytes]


@pytest.mark.parametrize(
    ("name", "published"),
    [("eu.xml", datetime(2026, 8, 4, 22, 47, 4, 449000, tzinfo=UTC)), ("eu.csv", datetime(2026, 8, 5, tzinfo=UTC))],
)
def test_both_forms_state_when_they_were_made(
    tmp_path: Path, official: Official, name: str, published: datetime
) -> None:
    path = tmp_path / "content"
    path.write_bytes(official(name))
    parsed = read_list(LIST, path)
    assert (parsed.form, parsed.version) == (name.replace("eu.", "eu_"), "2026-08-05")
    assert parsed.published_at == published


def test_the_first_strong_name_is_the_primary_one(load: Load, official: Official) -> None:
    person = load(LIST, official("eu.xml"))[0]
    assert (person.source_id, person.reference, person.schema) == ("13", "EU.27.28", Schema.PERSON)
    assert [(name.text, strength(name), name.lang) for name in person.names] == [
        ("Ilya Petrovich Marrow", NameKind.PRIMARY, None),
        ("Elias Lake", WEAK_ALIAS, None),
        ("Илья Петрович Марроу", NameKind.ALIAS, "ru"),
        ("The Tide", WEAK_ALIAS, "en"),
        ("Ilya Harbour", NameKind.PREVIOUS, "en"),
    ]
    assert (person.names[0].given, person.names[0].family) == ("Ilya Petrovich", "Marrow")


def test_a_person_has_offices_dates_and_documents(load: Load, official: Official) -> None:
    person = load(LIST, official("eu.xml"))[0]
    assert person.designations == ("Colonel", "Minister of Tides", "Governor of Lakeside")
    assert person.birth_dates == ("1955-01-15", "1956", "1957-11", "1951/1953")
    assert person.birth_places == ("Lakeside, Syria",)
    assert (person.countries, person.programs, person.listed_on) == (("iq",), ("TAQA",), "2016-11-30")
    assert person.identifiers == (
        Identifier("other", "QDi.901", "UN reference"),
        Identifier("passport", "А 123", "iq"),
        Identifier("passport", "A 123", "iq"),
        Identifier("other", "77", "Other identification number"),
    )
    assert person.addresses == ("P.O. Box 7, Corner of Quay road, 11011, Yangon, Myanmar",)
    assert person.url == "http://eur-lex.europa.eu/legal-content/EN/TXT/PDF/?uri=CELEX:32018R0223&from=EN"


def test_an_enterprise_has_its_earliest_act_and_ways_to_reach_it(load: Load, official: Official) -> None:
    company = load(LIST, official("eu.xml"))[1]
    assert company.schema is Schema.LEGAL_ENTITY
    assert [name.text for name in company.names] == [
        "Grey Harbour Shipping Company (GHS)",
        "Grey Harbour Shipping Company",
        "GHS",
    ]
    assert (company.programs, company.listed_on, company.countries) == (("SYR", "RUS"), "2011-05-09", ("ir",))
    assert company.identifiers == (
        Identifier("bic", "GREYIR2L"),
        Identifier("imo", "9074729"),
        Identifier("email", "quay@harbour.example"),
        Identifier("email", "ship@harbour.example"),
        Identifier("website", "www.harbour.example"),
    )


def test_the_csv_gathers_the_rows_of_an_entity_wherever_they_stand(load: Load, official: Official) -> None:
    person, company = load(LIST, official("eu.csv"))
    assert [(name.text, strength(name), name.lang) for name in person.names] == [
        ("Ilya Petrovich Marrow", NameKind.PRIMARY, None),
        ("Илья Петрович Марроу", NameKind.ALIAS, "ru"),
        ("The Tide", WEAK_ALIAS, "en"),
    ]
    assert person.birth_dates == ("1955-01-15", "1951/1953", "1957-11")
    assert person.designations == ("Minister of Tides; Governor",)
    assert (person.countries, person.listed_on, person.programs) == (("iq",), "2016-11-30", ("TAQA",))
    assert person.identifiers[1:] == (Identifier("passport", "A 123", "iq"),)
    assert (company.caption, company.addresses) == (
        'Grey Harbour Shipping Company "Quay"',
        ("Pier 4, Bandar Abbas, Iran",),
    )
    assert company.listed_on == "2011-05-09"


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("eu.xml", "generationDate=", "date=", "expected a generationDate such as"),
        ("eu.csv", "05/08/2026;13", "today;13", "expected a fileGenerationDate such as 01/09/2026, found 'today'"),
        ("eu.csv", "Entity_SubjectType;", "Entity_Kind;", "the header has no column Entity_SubjectType"),
        ("eu.csv", ";A 123;", ";A 123", "line 9: .*expected 56 cells as in the header, found 55"),
    ],
)
def test_what_is_not_as_it_should_be_is_named(
    load: Load, official: Official, name: str, old: str, new: str, message: str
) -> None:
    text = official(name).decode()
    assert old in text
    with pytest.raises(ListParseError, match=message):
        load(LIST, text.replace(old, new, 1 if name == "eu.csv" and ";99;" not in old else -1).encode())


def test_a_csv_cut_off_within_its_last_row_is_refused(load: Load, official: Official) -> None:
    with pytest.raises(ListParseError, match="expected 56 cells as in the header"):
        load(LIST, official("eu.csv")[:-30])


def test_the_first_form_says_the_same_in_other_words(load: Load, official: Official) -> None:
    person, body = load(LIST, official("eu_1_0.xml"))
    assert [(name.text, name.given, name.family, name.lang) for name in person.names] == [
        ("Ilya Petrovich Marrow", "Ilya Petrovich", "Marrow", None),
        ("Илья Марроу", None, None, "ru"),
    ]
    assert (person.source_id, person.listed_on, person.countries) == ("13", "2009-01-27", ("iq",))
    assert person.birth_dates == ("1955-01-15", "1956")
    assert person.designations == ("Colonel", "Minister of Tides", "Governor of Lakeside")
    assert set(person.identifiers) == {
        Identifier("other", "QDi.901", "UN reference"),
        Identifier("passport", "A 123", "iq"),
        Identifier("national_id", "77-81"),
        Identifier("passport", "D 9", "XXX"),
    }
    assert (body.schema, body.countries) == (Schema.LEGAL_ENTITY, ("ir",))
    assert body.addresses == ("Old Pier 4, 79177, Bandar Abbas, Tel. 12, IRN",)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('Date="30/10/2009"', "", "expected a Date such as 30/10/2009"),
    ],
)
def test_what_is_not_as_it_should_be_in_the_first_form_is_named(
    load: Load, official: Official, old: str, new: str, message: str
) -> None:
    text = official("eu_1_0.xml").decode()
    assert old in text
    with pytest.raises(ListParseError, match=message):
        load(LIST, text.replace(old, new, 1).encode())
