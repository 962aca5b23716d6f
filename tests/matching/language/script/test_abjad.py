from __future__ import annotations

import pytest

from watchlist.matching.language.script.abjad import claimed_share, frame, frames, share
from watchlist.matching.language.script.normalise import fold, native
from watchlist.matching.table import TOLD_AT_LEAST, TOLD_IN_A_TEXT

SAME = [
    ("حسين", "Hussein"), ("حسين", "Hossein"), ("حسن", "Hassan"), ("محمود", "Mahmoud"), ("عباس", "Abbas"),
    ("قاسم", "Qassem"), ("خامنئي", "Khamenei"), ("موسى", "Musa"), ("שלום", "Shalom"), ("إبراهيم", "Ibrahim"),
    ("پوتین", "Putin"), ("چاوز", "Chavez"), ("گوتیرش", "Guterres"), ("קדאפי", "Qaddafi"), ("زرداری", "Zardari"),
]  # fmt: skip


@pytest.mark.parametrize(("word", "name"), SAME)
def test_a_word_without_vowels_tells_the_name(word: str, name: str) -> None:
    assert share(native(word), fold(name.lower())) >= TOLD_IN_A_TEXT


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("حسن", "Hossein"), ("وزارة", "Vaziri"), ("الخزانة", "Hossein"), ("سلاح", "Sahloul"), ("ملك", "Malinka"),
        ("לתמונה", "Lithiumion"), ("abc", "abc"), ("حسن", ""),
    ],
)  # fmt: skip
def test_a_word_with_other_consonants_does_not(word: str, name: str) -> None:
    assert share(native(word), fold(name.lower())) < TOLD_IN_A_TEXT


def test_a_letter_may_sound_otherwise_where_somebody_says_that_both_are_one() -> None:
    word, sound = native("نورمبرغ"), fold("lurmberg")
    assert share(word, sound) == 0.0
    assert claimed_share(word, sound) >= TOLD_AT_LEAST > claimed_share(word, fold("leonardo"))


@pytest.mark.parametrize(("word", "name"), SAME)
def test_the_frames_of_a_word_find_the_names_it_may_be(word: str, name: str) -> None:
    assert frame(fold(name.lower())) in list(frames(native(word)))


def test_what_is_longer_than_any_name_is_read_in_no_time() -> None:
    assert share("ا" * 10_000, "a" * 10_000) == 0.0
    assert list(frames("ب" * 10_000)) == ["p"] or len(list(frames("ب" * 10_000))) < 100
