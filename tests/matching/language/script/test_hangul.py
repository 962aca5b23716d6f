from __future__ import annotations

import pytest

from watchlist.matching.language.script.hangul import is_hangul, sound_of, sound_of_latin


@pytest.mark.parametrize(
    ("syllables", "spellings"),
    [
        ("정은", ("jongun", "jeongeun", "jongeun", "chongun")),
        ("영철", ("yongchol", "youngcheol", "youngchul")),
        ("룡해", ("ryonghae",)),
        ("희", ("hui", "hee")),
    ],
)
def test_every_romanisation_of_a_given_name_comes_to_its_sound(syllables: str, spellings: tuple[str, ...]) -> None:
    assert {sound_of_latin(spelling) for spelling in spellings} == {sound_of(syllables)}


@pytest.mark.parametrize(
    ("syllable", "spellings"),
    [("이", ("lee", "yi", "ri", "rhee")), ("박", ("park", "pak")), ("최", ("choe", "choi")), ("노", ("roh", "no"))],
)
def test_a_family_name_is_one_in_both_halves_of_the_country(syllable: str, spellings: tuple[str, ...]) -> None:
    assert {sound_of_latin(each, family=True) for each in spellings} == {sound_of(syllable, family=True)}
    assert sound_of("림", family=True) == sound_of("임", family=True)


def test_only_syllables_are_hangul() -> None:
    assert [is_hangul(word) for word in ("김", "김x", "")] == [True, False, False]
