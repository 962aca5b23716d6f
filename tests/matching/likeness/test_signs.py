from __future__ import annotations

import pytest

from watchlist.matching.likeness.signs import across_signs
from watchlist.matching.match import match_names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("김정은", "KIM Jong Un"),
        ("이영호", "Ri Yong Ho"),
        ("블라디미르", "Vladimir"),
        ("포레스트", "Forest"),
        ("马杜罗", "Maduro"),
        ("弗拉基米尔", "Vladimir"),
    ],
)
def test_a_name_in_signs_is_the_one_in_latin_letters(one: str, other: str) -> None:
    assert match_names(one, other).predicted
    assert match_names(other, one).predicted


@pytest.mark.parametrize(
    ("one", "other"), [("김정은", "KIM Chol Nam"), ("블라디미르", "Nicolas"), ("马杜罗", "Hernandez")]
)
def test_another_name_is_not(one: str, other: str) -> None:
    assert not match_names(one, other).predicted


def test_other_scripts_are_left_to_others() -> None:
    assert across_signs("Ivanov", "Ivanov") is None
    assert across_signs("Иванов", "Ivanov") is None
