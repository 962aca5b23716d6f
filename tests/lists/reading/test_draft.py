from __future__ import annotations

from pathlib import Path

import pytest

from tests.strength import WEAK_ALIAS, strength
from watchlist.lists.reading.draft import Draft, clean, split_lettered
from watchlist.lists.reading.files import file_at
from watchlist.lists.words.countries import known_country
from watchlist.lists.words.languages import to_lang
from watchlist.model import Identifier, Name, NameKind, Schema


def draft(schema: Schema = Schema.LEGAL_ENTITY) -> Draft:
    return Draft(file_at("mine", Path("list.xml")), "1", schema, 7)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("a) one b) two", ["one", "two"]),
        ("(a) one, (b) two", ["one", "two"]),
        ("(1) one (2)-(3) two", ["one", "two"]),
        ("1) one 2) two", ["one", "two"]),
        ("one (a part of two)", ["one (a part of two)"]),
        ("Deputy a) of nothing", ["Deputy a) of nothing"]),
        ("", []),
    ],
)
def test_lettered_points_stand_alone(text: str, points: list[str]) -> None:
    assert split_lettered(text) == points


def test_white_space_of_every_kind_is_one_space() -> None:
    assert clean(" one_x000D_\n\u00a0two\u200b ") == "one two"


def test_a_name_given_twice_keeps_its_strongest_kind() -> None:
    it = draft(Schema.PERSON)
    for text, kind, weak in (
        ("Tide", NameKind.ALIAS, True),
        ("Ilya", NameKind.PRIMARY, False),
        ("Tide", NameKind.ALIAS, False),
        ("Elias", NameKind.PRIMARY, False),
    ):
        it.name(Name(text, kind, weak=weak))
    assert [(name.text, strength(name)) for name in it.entity().names] == [
        ("Ilya", NameKind.PRIMARY),
        ("Tide", NameKind.ALIAS),
        ("Elias", NameKind.ALIAS),
    ]


def test_without_a_primary_name_the_first_strong_one_is_it() -> None:
    it = draft(Schema.PERSON)
    it.name(Name("Tide", NameKind.ALIAS, weak=True))
    it.name(Name("Ilya", NameKind.ALIAS))
    assert [(name.text, strength(name)) for name in it.entity().names] == [
        ("Ilya", NameKind.PRIMARY),
        ("Tide", WEAK_ALIAS),
    ]


def test_an_entity_without_a_name_is_kept_and_called_by_its_id() -> None:
    it = draft()
    it.name(Name(" "))
    assert it.entity().caption == "1"
    assert [(cell.field, cell.unread) for cell in it.file.notes.counts()] == [("names", 1)]


def test_everything_is_kept_once() -> None:
    it = draft()
    it.name(Name("Quay"))
    for _ in range(2):
        it.country(
            "Iran (Islamic Republic of)", "Yemeni", "Pakistan (at time of listing)", "Bahrain (citizenship revoked)"
        )
        it.address("Pier 4", None, "Aleppo", country="Syria")
        it.identifier("imo", " 9074729 ")
        it.identifier("imo", None)
        it.un_references("UN Ref QDi.901, not qdi.902")
    entity = it.entity()
    assert entity.countries == ("ir", "ye", "pk", "Bahrain (citizenship revoked)", "sy")
    assert entity.addresses == ("Pier 4, Aleppo, Syria",)
    assert entity.identifiers == (Identifier("imo", "9074729"), Identifier("other", "QDi.901", "UN reference"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Iran (Islamic Republic of)", "ir"),
        ("SAUDI ARABIAN", "sa"),
        ("State of Palestine", "ps"),
        ("Hong Kong Special Administrative Region", "hk"),
        ("Crimea", None),
    ],
)
def test_countries_are_known_by_their_nationals_too(text: str, code: str | None) -> None:
    assert known_country(text) == code


@pytest.mark.parametrize(
    ("text", "script", "code"),
    [
        ("RU", None, "ru"),
        ("rus", None, "ru"),
        ("Chinese (Traditional)", "Han", "zh"),
        ("Farsi/Persian", None, None),
        ("Dari", "Arabic", "fa"),
        (None, "Hangul", "ko"),
        (None, "Cyrillic", None),
        ("", "", None),
    ],
)
def test_languages_are_codes(text: str | None, script: str | None, code: str | None) -> None:
    assert to_lang(text, script) == code
