from __future__ import annotations

from itertools import pairwise

import pytest

from watchlist.matching.language.name_frequency import (
    Commonness,
    bearers,
    commonness,
    family_name,
    firm_word,
    given_name,
)


@pytest.mark.parametrize(
    ("one", "other"), [("belyakov", "bulgakov"), ("kobyakov", "kotyakov"), ("lynn", "lin"), ("karimi", "kerimov")]
)
def test_both_of_two_family_names_exist(one: str, other: str) -> None:
    assert family_name(one) is not None
    assert family_name(other) is not None


@pytest.mark.parametrize("misspelt", ["trudoau", "mitsotakos", "jinpeng", "rotenbrg", "putn", ""])
def test_a_slip_of_the_pen_is_no_name(misspelt: str) -> None:
    assert commonness(misspelt) == Commonness(None, None, None)


def test_a_common_family_name_is_told_from_a_rare_one() -> None:
    shares = [family_name(form) or 0.0 for form in ("zawahiri", "petrenko", "volkov", "lin", "kim", "smith")]
    assert all(rare < common for rare, common in pairwise(shares))
    assert 0.005 < shares[-1] < 0.02


def test_a_given_name_is_told_from_a_family_name() -> None:
    for form in ("sergey", "mohammad", "maria", "viktor"):
        assert (given_name(form) or 0) > 10 * (family_name(form) or 0)
    for form in ("petrenko", "smith", "zawahiri", "ivanov"):
        assert (given_name(form) or 0) < (family_name(form) or 0) / 10


def test_words_of_firms() -> None:
    assert (firm_word("company") or 0) > (firm_word("trading") or 0) > (firm_word("petroleum") or 0) > 0
    assert firm_word("zawahiri") is None


def test_two_common_names_have_many_bearers_together_a_rare_one_hardly_any() -> None:
    many = [("michael", "brown"), ("ali", "hassan"), ("maria", "garcia"), ("sergey", "ivanov")]
    few = [("viktor", "medvedchuk"), ("vladimir", "putin"), ("igor", "sechin"), ("ayman", "zawahiri")]
    assert min(bearers(*name) for name in many) > 1 > 0.1 > max(bearers(*name) for name in few)
    assert bearers("sergey", "trudoau") == 0
