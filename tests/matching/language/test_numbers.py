from __future__ import annotations

import pytest

from watchlist.matching.language.numbers import as_digits, joined_number


@pytest.mark.parametrize(
    ("form", "digits"),
    [
        ("55th", "55"),
        ("1st", "1"),
        ("33rd", "33"),
        ("fifth", "5"),
        ("twelfth", "12"),
        ("nineteenth", "19"),
        ("twentieth", "20"),
        ("fortieth", "40"),
        ("17", "17"),
        ("5g", "5g"),
        ("fifty", "fifty"),
        ("second", "2"),
        ("secondary", "secondary"),
        ("", ""),
    ],
)
def test_an_ordinal_is_its_digits_and_every_other_word_itself(form: str, digits: str) -> None:
    assert as_digits(form) == digits


@pytest.mark.parametrize(
    ("first", "second", "number"),
    [("fifty", "5", "55"), ("twenty", "1", "21"), ("ninety", "9", "99"), ("fifty", "0", None), ("fifty", "12", None)],
)
def test_two_words_are_one_number_of_two_digits(first: str, second: str, number: str | None) -> None:
    assert joined_number(first, second) == number
    assert joined_number(second, first) is None
