from __future__ import annotations

import pytest

from watchlist.matching.language.name_words import CHILD_AND_FATHER, PATRONYMIC, is_abd, without_abd


@pytest.mark.parametrize(
    ("word", "is_first_half", "rest"),
    [
        ("abdul", True, "abdul"),
        ("abdel", True, "abdel"),
        ("abdulmalik", False, "malik"),
        ("abdelkader", False, "kader"),
        ("abdurrahman", False, "rahman"),
        ("abdullah", False, "abdullah"),
        ("malik", False, "malik"),
    ],
)
def test_abdul_is_half_a_name_written_apart_or_joined(word: str, is_first_half: bool, rest: str) -> None:
    assert (is_abd(word), without_abd(word)) == (is_first_half, rest)


def test_a_fathers_name_is_known_by_its_word() -> None:
    found = CHILD_AND_FATHER.search("Salim bin Omar")
    assert found is not None
    assert found.groups() == ("Salim", "Omar")


@pytest.mark.parametrize(
    ("word", "is_patronymic"),
    [
        ("sergeevich", True),
        ("leonidovich", True),
        ("petrovych", True),
        ("ivanavich", True),
        ("nikolaevna", True),
        ("ivanauna", True),
        ("ilyich", True),
        ("peskov", False),
        ("heinrich", False),
        ("shauna", False),
    ],
)
def test_a_patronymic_is_known_by_its_ending(word: str, is_patronymic: bool) -> None:
    assert (PATRONYMIC.search(word) is not None) is is_patronymic
