"""Words of names against each other, by tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlist.matching.language.roles import NamePart, Role
from watchlist.matching.language.script.normalise import clean
from watchlist.matching.language.spelling import symbol
from watchlist.matching.language.words import meanings
from watchlist.matching.likeness.word import alike, is_known_for, likeness
from watchlist.matching.table import LEAST_LIKENESS, SAME_WORD


def part(word: str, role: Role) -> NamePart:
    form = clean(word)
    return NamePart(form, symbol(form), role)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("dmitry", "dmitriy"),
        ("mohammed", "muhammad"),
        ("khamenei", "khameneyi"),
        ("yevgeny", "ievgeny"),
        ("technology", "technologies"),
        ("armoured", "armored"),
        ("centre", "center"),
    ],
)
def test_spellings_of_one_word_are_alike(one: str, other: str) -> None:
    assert alike(one, other) == SAME_WORD


@pytest.mark.parametrize(
    ("given", "other"),
    [("jeffrey", "jeff"), ("benjamin", "ben"), ("aleksandr", "sasha"), ("nicholas", "nick")],
)
def test_only_given_names_have_short_forms(given: str, other: str) -> None:
    assert alike(given, other, is_given=True) > 0.9 > alike(given, other)


def test_an_initial_stands_for_a_given_name_that_begins_so() -> None:
    assert 0.7 < alike("denis", "d", is_given=True) < 0.9
    assert alike("denis", "k", is_given=True) == 0.0
    assert alike("denis", "d") == 0.0


@pytest.mark.parametrize(("one", "other"), [("jon", "john"), ("erik", "eric"), ("mark", "marc"), ("anna", "hanna")])
def test_a_sound_is_the_same_to_the_ear_of_the_west_but_not_at_the_beginning(one: str, other: str) -> None:
    assert (alike(one, other) >= 0.9) is (one != "anna")


@pytest.mark.parametrize(
    ("listed", "slip"),
    [
        ("ermakovitsky", "ermakovitzky"),
        ("zubrovka", "zubrvoka"),
        ("orlovetsky", "orlovetski"),
        ("tarvasyan", "tarvasian"),
        ("amru", "amr"),
    ],
)
def test_a_slip_of_the_pen_leaves_a_long_word_what_it_is(listed: str, slip: str) -> None:
    assert LEAST_LIKENESS <= alike(listed, slip) < 1.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("belyakov", "bulgakov"),
        ("hashem", "hashemi"),
        ("ivanov", "ivanova"),
        ("peskov", "zubrovka"),
        ("horizon", "horizont"),
        ("li", "lu"),
        ("", "peskov"),
    ],
)
def test_two_words_are_two(one: str, other: str) -> None:
    assert alike(one, other) < 0.9


@pytest.mark.xfail(strict=True, reason="one sound is one symbol, whoever bears either spelling")
def test_two_family_names_of_one_sound_that_both_exist_are_two() -> None:
    assert alike("lynn", "lin") < 0.9


@pytest.mark.parametrize(("one", "other"), [("belyakov", "bulyakov"), ("sokolov", "sobolov"), ("volkov", "bolkov")])
def test_a_difference_weighs_more_between_names_that_both_exist_and_less_where_one_name_is_claimed(
    one: str, other: str
) -> None:
    assert alike(one, other) <= alike(one, other, is_claimed=True)


def test_an_ordinary_word_is_no_misspelt_name_unless_somebody_says_so() -> None:
    assert alike("lantern", "lantarn") == 0.0
    assert alike("lantern", "lantarn", is_claimed=True) >= LEAST_LIKENESS


@pytest.mark.parametrize(
    ("full", "short"),
    [("telecommunications", "telecom"), ("petrochemical", "petrochem"), ("pharmaceuticals", "pharma")],
)
def test_a_trade_word_is_cut_short(full: str, short: str) -> None:
    assert alike(full, short) > 0.9


def test_a_name_is_not_cut_short() -> None:
    assert alike("zubrovka", "zubro") == 0.0


def test_a_country_stands_for_its_adjective() -> None:
    assert alike("russia", "russian") > 0.9


@pytest.mark.parametrize(
    ("listed", "written", "same"),
    [
        ("Peskov", "Песковым", True),
        ("Peskov", "Петров", False),
        ("Khamenei", "خامنه‌ای", True),
        ("Assad", "الأسد", True),
        ("Assad", "المالكي", False),
    ],
)
def test_a_word_of_another_script_is_compared_by_what_it_may_be(listed: str, written: str, same: bool) -> None:
    assert (likeness(part(listed, Role.FAMILY_NAME), meanings("en")(written)) >= LEAST_LIKENESS) is same


def test_legal_forms_and_numbers_are_what_they_are() -> None:
    assert likeness(part("17", Role.NUMBER), meanings("en")("18")) == 0.0
    assert likeness(part("17", Role.NUMBER), meanings("en")("17th")) == 1.0
    assert likeness(part("ltd", Role.LEGAL_FORM), meanings("en")("Led")) == 0.0


@pytest.mark.parametrize(
    ("role", "listed", "written", "known"),
    [
        (Role.GIVEN_NAME, "jeffrey", "jeff", True),
        (Role.GIVEN_NAME, "jeffrey", "j", True),
        (Role.GIVEN_NAME, "jeffrey", "k", False),
        (Role.FAMILY_NAME, "jeffrey", "j", False),
        (Role.FAMILY_NAME, "orlovetsky", "orlovedsky", False),
        (Role.GENERIC, "petrochemical", "petrochem", True),
    ],
)
def test_what_is_known_for_a_word_is_no_slip_of_the_pen(role: Role, listed: str, written: str, known: bool) -> None:
    assert is_known_for(part(listed, role), written) is known


_FORMS = st.one_of(
    st.sampled_from(("peskov", "pezkov", "d", "dmitry", "jeff", "jeffrey", "lynn", "lin", "horizon", "KMSNKN", "17")),
    st.text(alphabet="abdehiklmnorstuvyz", max_size=10),
    st.text(alphabet="BDKLMNRST", max_size=6),
)


@given(_FORMS, _FORMS, st.booleans(), st.booleans())
def test_likeness_is_symmetrical_and_lies_between_nothing_and_all(
    one: str, other: str, is_given: bool, is_claimed: bool
) -> None:
    found = alike(one, other, is_given, is_claimed=is_claimed)
    assert found == alike(other, one, is_given, is_claimed=is_claimed)
    assert found == 0.0 or 0.5 <= found <= 1.0
    assert (found == 1.0) is (one == other)
