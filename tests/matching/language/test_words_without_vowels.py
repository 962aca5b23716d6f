"""What is known of words of Arabic, Persian, Hebrew and Urdu: which are everyday words, and what small words hide."""

from __future__ import annotations

import pytest

from watchlist.matching.language.known.lexicon import GENERIC, GIVEN_NAME, ORDINARY, TITLE
from watchlist.matching.language.words import meanings


@pytest.mark.parametrize(
    ("code", "word"),
    [("ar", "القادة"), ("ar", "بطريقة"), ("ar", "للرؤساء"), ("fa", "کتاب‌های"), ("he", "בראשות"), ("ur", "حکومت")],
)
def test_an_everyday_word_is_written_as_with_a_small_letter(code: str, word: str) -> None:
    meaning = meanings(code)(word)
    assert meaning.flags & ORDINARY
    assert not meaning.capital


@pytest.mark.parametrize(
    ("code", "word"), [("ar", "حسين"), ("ar", "بشار"), ("ar", "كريم"), ("fa", "محمود"), ("he", "חוסיין")]
)
def test_a_name_that_people_have_is_none(code: str, word: str) -> None:
    meaning = meanings(code)(word)
    assert meaning.capital
    assert meaning.flags & GIVEN_NAME


@pytest.mark.parametrize(
    ("code", "word", "stem"),
    [
        ("ar", "للحوثي", "الحوثی"), ("ar", "وعبد الملك", "ملک"), ("ar", "عبدالملك", "ملک"), ("fa", "ابومهدی", "مهدی"),
        ("he", "וחמאס", "חמאס"),
    ],
)  # fmt: skip
def test_what_is_written_together_with_a_name_comes_off(code: str, word: str, stem: str) -> None:
    assert stem in meanings(code)(word).stems


def test_words_with_other_letters_are_other_words() -> None:
    of = meanings("ar")
    assert of("القاعدة").form != of("القادة").form
    assert meanings("he")("חזק").form != meanings("he")("הזק").form


def test_letters_of_both_keyboards_are_one() -> None:
    of = meanings("fa")
    assert len({of(word).symbol for word in ("علي", "علی", "على", "عـلی")}) == 1
    assert of("كريم").symbol == of("کریم").symbol
    assert {of("۱۴۰۲").form, of("١٤٠٢").form} == {"1402"}


def test_a_pack_tells_titles_and_kinds_of_bodies() -> None:
    assert meanings("ar")("الرئيس").flags & TITLE
    bank = meanings("fa")("بانک")
    assert bank.flags & GENERIC
    assert bank.english == ("bank",)


@pytest.mark.parametrize(("code", "word", "other"), [("ar", "واشكيرون", "ماشكيرون"), ("he", "ושקירון", "משקירון")])
def test_a_word_that_may_begin_with_an_and_is_as_unheard_of_as_another(code: str, word: str, other: str) -> None:
    one, another = meanings(code)(word), meanings(code)(other)
    assert (one.and_before, another.and_before) == (True, False)
    assert one.flags == another.flags == 0


def test_a_letter_that_only_sounds_like_a_small_word_is_none() -> None:
    # Of Persian's "ke" the first letter has no more than the sound in Khamenei.
    assert not meanings("fa")("خامنه").and_before
