from __future__ import annotations

import pytest

from watchlist.matching.language.known.gazetteer import Kind, is_well_known_place, place
from watchlist.matching.language.spelling import words_of


def named(text: str) -> str:
    return " ".join(words_of(text))


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        ("Al-Quds", Kind.SETTLEMENT, "ps"),
        ("King's Lynn", Kind.SETTLEMENT, "gb"),
        ("Sanandaj", Kind.SETTLEMENT, "ir"),
        ("Avdiivka", Kind.SETTLEMENT, "ua"),
        ("Avdeyevka", Kind.SETTLEMENT, "ua"),
        ("Yaroslavl Oblast", Kind.DIVISION, "ru"),
        ("Yaroslavl", Kind.DIVISION, "ru"),
        ("Washington County", Kind.DIVISION, "us"),
        ("Imam Khomeini International Airport", Kind.AIRPORT, "ir"),
        ("North Korea", Kind.COUNTRY, "kp"),
        ("Novaya Zemlya", Kind.ISLAND, "ru"),
        ("Yalu River", Kind.RIVER, None),
        ("Yalu", Kind.RIVER, None),
        ("Lake Baikal", Kind.LAKE, None),
        ("Black Sea", Kind.SEA, None),
        ("Mount Everest", Kind.MOUNTAIN, None),
        ("Negev", Kind.DESERT, None),
        ("Darfur", Kind.REGION, None),
        ("Buckingham Palace", Kind.BUILDING, None),
    ],
)
def test_what_a_place_is(name: str, kind: Kind, country: str | None) -> None:
    found = place(named(name))
    assert found is not None
    assert kind in found.kinds
    assert country is None or country in found.countries


@pytest.mark.parametrize("name", ["Zawahiri", "Tikriti", "Islamic Jihad", "Khamenei", "the", ""])
def test_what_is_no_place(name: str) -> None:
    assert place(named(name)) is None


def test_how_large_the_largest_of_a_name_is() -> None:
    sizes = [found.magnitude if (found := place(form)) else -1 for form in ("justice", "lynn", "sanandaj", "tehran")]
    assert sizes == sorted(sizes)
    assert sizes[-1] == 6


@pytest.mark.parametrize(("name", "known"), [("nizhny novgorod", True), ("yalu", True), ("khamenei", False)])
def test_a_village_or_a_building_is_no_well_known_place(name: str, known: bool) -> None:
    assert is_well_known_place(name) is known
    assert not is_well_known_place("buckingham palace")
