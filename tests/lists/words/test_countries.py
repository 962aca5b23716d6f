from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlist.lists.words.countries import CountryCell, codes, known_country, read_countries
from watchlist.lists.words.places import countries_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Myanmar (Burma)", "mm"),
        ("Iran (Islamic Republic of)", "ir"),
        ("Iran, Islamic Rep. of", "ir"),
        ("Congo (Kinshasa)", "cd"),
        ("Republic of Congo", "cg"),
        ("Democratic Republic of Congo", "cd"),
        ("Republic of Korea", "kr"),
        ("Korea (North)", "kp"),
        ("the Kingdom of the Netherlands", "nl"),
        ("Sultanate of Oman", "om"),
        ("Guinea Bissau", "gw"),
        ("U.S.A.", "us"),
        ("St. Kitts & Nevis", "kn"),
        ("Turkiye", "tr"),
        ("TÜRKİYE", "tr"),
        ("Côte d’Ivoire", "ci"),
        ("Türkiyish", "tr"),
        ("Belarussian", "by"),
        ("Republic of Northern Cyprus", None),
        ("Syria (Lebanon)", None),
        ("Northern Mali", None),
    ],
)
def test_a_country_is_known_however_it_is_written(text: str, code: str | None) -> None:
    assert known_country(text) == code


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Russian and Ukrainian", ("ru", "ua")),
        ("Moldovan, Russian and Ukrainian", ("md", "ru", "ua")),
        ("Malian / Mauritanian", ("ml", "mr")),
        ("Turkish/Jordanian", ("tr", "jo")),
        ("Uzbek; Afghan", ("uz", "af")),
        ("Bosnia and Herzegovina and Trinidad and Tobago", ("ba", "tt")),
        ("Possibly Ethiopian", ("et",)),
        ("Indonesian (as at Dec. 2003)", ("id",)),
        ("Tunisian citizenship", ("tn",)),
        ("Kuwaiti citizenship withdrawn in 2002", ("Kuwaiti citizenship withdrawn in 2002",)),
        ("USSR (until 1991)", ("USSR (until 1991)",)),
        ("Stateless", ("Stateless",)),
        ("", ()),
        (" - ", ()),
        ("Unknown", ()),
        ("N/A", ()),
    ],
)
def test_the_countries_of_a_cell_are_told_apart(text: str, found: tuple[str, ...]) -> None:
    assert read_countries(text) == CountryCell(found)


@pytest.mark.parametrize(
    ("text", "found"),
    [("Atlantean", ("Atlantean",)), ("Russian; Atlantean", ("ru", "Atlantean")), ("one, two", ("one, two",))],
)
def test_words_that_nothing_is_known_of_stay_and_are_noted(text: str, found: tuple[str, ...]) -> None:
    assert read_countries(text) == CountryCell(found, unread=True)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12 Quay Road, Lakeside, Syria.", ("sy",)),
        ("12 Quay Road, Lakeside Syria 12345", ("sy",)),
        ("P.O. Box 12, Lakeside, Iran, Islamic Republic of", ("ir",)),
        ("P.O. Box 12, Lakeside, Iran (Islamic Republic of)", ("ir",)),
        ("(12 Quay Road, Lakeside, Pakistan; Phone 587-2545)", ("pk",)),
        ("Lakeside, Kenya (at time of listing)", ("ke",)),
        ("Lakeside, Russia, 197022, St. Lake, PO Box 128", ("ru",)),
        ("Quay, Iran; Mole, Syrian Arab Republic", ("ir", "sy")),
        ("26 Quay, Saint Helier, Jersey, JE2 3RA", ("je",)),
        ("1 Main Street, Lakeside, Georgia, USA", ("us",)),
        ("1 Main Street, Lakeside, New Mexico", ()),
        ("12 Quay Road, Lakeside", ()),
        ("NA", ()),
        ("Lakeside, DE", ()),
    ],
)
def test_an_address_ends_in_its_country(text: str, found: tuple[str, ...]) -> None:
    assert countries_of(text) == found


@given(st.text())
def test_no_cell_breaks_the_readers(text: str) -> None:
    assert all(read_countries(text).countries)
    assert all(len(code) == 2 for code in countries_of(text))


@given(
    st.lists(
        st.sampled_from(["Iranian", "Bosnia and Herzegovina", "Korea, North", "uk", "Togo"]), min_size=1, max_size=6
    )
)
def test_countries_joined_in_any_way_come_back(names: list[str]) -> None:
    codes = {"Iranian": "ir", "Bosnia and Herzegovina": "ba", "Korea, North": "kp", "uk": "gb", "Togo": "tg"}
    wanted = tuple(dict.fromkeys(codes[name] for name in names))
    for joint in ("; ", " and ", " / "):
        assert read_countries(joint.join(names)).countries == wanted


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Russland", ("ru",)),
        ("Türkei; Syrien", ("tr", "sy")),
        ("DEUTSCHLAND und Frankreich", ("de", "fr")),
        ("Royaume-Uni et Suisse", ("gb", "ch")),
        ("Estados Unidos", ("us",)),
        ("Российская Федерация", ("ru",)),
        ("Иран и Сирия", ("ir", "sy")),
        ("روسيا", ("ru",)),
        ("伊朗", ("ir",)),
        ("Trinidad y Tobago y Cuba", ("tt", "cu")),
    ],
)
def test_countries_are_known_by_their_names_in_other_languages(text: str, found: tuple[str, ...]) -> None:
    assert read_countries(text) == CountryCell(found)


def test_an_address_does_not_end_in_a_country_of_another_language() -> None:
    # A town or a person's name may be one: Haiti is "Aiti" somewhere.
    assert countries_of("12 Quay Road, Irak") == ()


def test_no_name_of_another_language_is_that_of_a_country_in_english() -> None:
    content = (files("watchlist.lists") / "data" / "countries_abroad.txt").read_text("utf-8")
    rows = [line.partition(": ") for line in content.splitlines() if not line.startswith("#")]
    assert len(rows) > 200
    for code, _, names in rows:
        assert code in codes()
        assert {known_country(name) for name in names.split("; ")} == {code}
        assert {known_country(name, abroad=False) for name in names.split("; ")} == {None}
