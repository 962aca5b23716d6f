from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlist.matching.match import match_names
from watchlist.model import Schema


@pytest.mark.parametrize(
    ("one", "other", "schema"),
    [
        ("PESKOV, Dmitriy Sergeevich", "Dmitry Peskov", Schema.PERSON),
        ("Ayman al-Zawahiri", "Aiman Alzawahiri", Schema.PERSON),
        ("Ben Carter", "Benjamin Carter", Schema.PERSON),
        ("N. Markovic", "Nikola Markovic", Schema.PERSON),
        ("Владимир Климов", "Vladimir Klimov", Schema.PERSON),
        ("Northern Star Shipping Ltd", "Northern Star Shipping Limited", Schema.COMPANY),
        ("OAO Zvezda", "Open Joint Stock Company Zvezda", Schema.COMPANY),
        ("Harbor Defense Institute", "Harbour Defence Institute", Schema.ORGANIZATION),
    ],
)
def test_two_spellings_of_one_name_match(one: str, other: str, schema: Schema) -> None:
    assert match_names(one, other, schema).predicted


@pytest.mark.parametrize(
    ("one", "other", "schema"),
    [
        ("Kim Jong-un", "KIM Jong Il", Schema.PERSON),
        ("Iran", "IRAN AIR", Schema.COMPANY),
        ("Omar bin Salim", "Salim bin Omar", Schema.PERSON),
        ("Anna Klimova", "Irina Klimova", Schema.PERSON),
        ("Zvezda Systems Ltd", "Zvezda Ltd", Schema.COMPANY),
        ("Limited Liability Company", "Holding Company Limited", Schema.COMPANY),
        ("", "", None),
    ],
)
def test_different_names_do_not_match(one: str, other: str, schema: Schema | None) -> None:
    assert not match_names(one, other, schema).predicted


def test_a_comparison_says_what_it_found() -> None:
    match = match_names("Ahmad Hassan al-Rawi", "Ahmad Hassan al-Tikriti", Schema.PERSON)
    assert {p.feature: p.detail for p in match.features}["conflict"] == "rawi against tikriti"


@given(st.text(max_size=30), st.text(max_size=30))
def test_comparing_is_symmetrical_and_never_raises(one: str, other: str) -> None:
    assert match_names(one, other).predicted == match_names(other, one).predicted
    assert match_names(one, other).score == match_names(other, one).score
    assert 0 <= match_names(one, other, Schema.COMPANY).score <= 1
