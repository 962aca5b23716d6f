from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlist.lists.words.two_scripts import by_script

LATIN = ["Ilya", "Marrow", "Quay", "Osprey"]
OTHERS = {
    "in Russian": ["Илья", "Марроу", "Ильич"],
    "in Arabic script": ["إيليا", "مارو", "علي"],
    "original script": ["金铁三", "漁船", "海洋"],
    "Hebrew": ["איליה", "מארו"],
}
NAMES = st.lists(st.sampled_from(LATIN), min_size=2, max_size=4).map(" ".join)
LABELLED = st.sampled_from(sorted(OTHERS)).flatmap(
    lambda label: st.tuples(
        st.just(label), st.lists(st.sampled_from(OTHERS[label]), min_size=2, max_size=4).map(" ".join)
    )
)
BRACKETS = st.sampled_from(
    ["{name} ({other})", "{name} ({label}: {other})", "{name} (previously listed as. {label}: {other})"]
)


@given(NAMES, LABELLED, BRACKETS | st.sampled_from(["{name} {other}", "{other} {name}", "{other} ({name})"]))
def test_a_name_and_the_same_in_another_script_are_both_found_as_they_are_written(
    name: str, labelled: tuple[str, str], form: str
) -> None:
    label, other = labelled
    found = by_script(form.format(name=name, label=label, other=other))
    assert sorted(each.text for each in found) == sorted([name, other])
    assert {each.former for each in found} == {"previously" in form}


@given(st.text(max_size=60))
def test_no_letter_is_lost_but_for_what_a_bracket_says_and_none_is_made_up(text: str) -> None:
    found = by_script(text)
    assert found
    assert all(each.text in text or " ".join(text.split()).find(each.text) >= 0 for each in found)


@pytest.mark.parametrize(
    "text",
    [
        "AO Байкал Электроникс",
        "ЧВК Española",
        # One letter of another alphabet that looks the same.
        "Iгор Миколайович ХАЛЕПА",
        "Раман Iванавiч БIЗЮК",
        "Сбербанк (Moscow)",
        "金正恩 (North Korea)",
        "Причал Волна (ПВ)",
        "Ilya Marrow (Nickname: Илья Марроу)",
        "Ilya Marrow;Илья Марроу",
        "Ilya Marrow Илья Марроу Ilya Marrow",
        "Ilya Marrow (the Tide)",
    ],
)
def test_what_is_one_name_stays_one(text: str) -> None:
    assert [each.text for each in by_script(text)] == [text]


def test_a_language_in_brackets_is_the_names_own() -> None:
    assert by_script("ኤርሚኣስ ግርማይ (Tigrinya)") == (("ኤርሚኣስ ግርማይ", "ti", False),)
    assert by_script("Илья Марроу (in Russian: Илья)") == (("Илья Марроу (in Russian: Илья)", None, False),)
