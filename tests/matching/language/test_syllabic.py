from __future__ import annotations

import pytest

from watchlist.matching.index.name_parts import parse_name
from watchlist.matching.language.syllabic import (
    is_korean_family_name,
    is_one_korean_syllable,
    keys_of,
    sound_of_signs,
    sound_of_syllables,
)
from watchlist.model import Name, Schema


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("KIM, Jong Un", ["~kimjongun", "≈kim coNon"]),
        ("王毅", ["=王毅", "^王毅"]),
        ("普京, 弗拉基米尔", ["=弗拉基米尔普京", "^弗拉", "§普京", "^普京"]),
        ("김, 정은", ["=김정은", "^김정"]),
        ("PESKOV, Dmitriy", []),
    ],
)
def test_a_listed_name_has_keys_as_written_or_by_its_sound(text: str, keys: list[str]) -> None:
    assert list(keys_of(text, parse_name(Name(text), Schema.PERSON))) == keys


def test_signs_and_syllables_have_the_key_of_the_name_they_sound_like() -> None:
    assert sound_of_signs("习近平") == "~xijinping"
    assert sound_of_syllables("김정은") == "≈kim coNon"
    assert sound_of_syllables("리설주") == sound_of_syllables("이설주")


@pytest.mark.parametrize("word", ["김정", "가나다라", "キム", "뷁정은"])
def test_what_is_no_family_name_with_two_syllables_has_none(word: str) -> None:
    assert sound_of_syllables(word) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("chol", "cheol", True),
        ("yong", "young", True),
        ("jong", "chong", True),
        ("guk", "kuk", True),
        ("chol", "chul", True),
        ("chol", "chon", False),
        ("yong", "yon", False),
        ("xiao", "xiao", False),
        ("u", "eu", False),
        ("sergey", "sergei", False),
    ],
)
def test_a_korean_syllable_is_written_in_many_ways(one: str, other: str, same: bool) -> None:
    assert is_one_korean_syllable(one, other) is is_one_korean_syllable(other, one) is same


@pytest.mark.parametrize(
    ("name", "korean"),
    [("kim", True), ("pak", True), ("park", True), ("ri", True), ("choe", True), ("chen", False), ("smith", False)],
)
def test_family_names_are_known_in_any_romanisation(name: str, korean: bool) -> None:
    assert is_korean_family_name(name) is korean
