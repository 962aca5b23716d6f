from __future__ import annotations

import pytest

from watchlist.matching.language.script.abjad import fits, frames
from watchlist.matching.language.script.normalise import fold, native, skeleton


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("حسين", "Hussein"), ("حسين", "Hossein"), ("حسن", "Hassan"), ("محمود", "Mahmoud"), ("عباس", "Abbas"),
        ("قاسم", "Qassem"), ("خامنئي", "Khamenei"), ("موسى", "Musa"), ("שלום", "Shalom"), ("إبراهيم", "Ibrahim"),
    ],
)  # fmt: skip
def test_a_word_without_vowels_fits_the_name(word: str, name: str) -> None:
    assert fits(native(word), fold(name.lower()))


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("حسن", "Hossein"), ("من", "Muamen"), ("وزارة", "Vaziri"), ("الخزانة", "Hossein"), ("على", "Alawi"),
        ("سلاح", "Sahloul"), ("ملك", "Malinka"), ("abc", "abc"),
    ],
)  # fmt: skip
def test_a_word_with_other_consonants_does_not(word: str, name: str) -> None:
    assert not fits(native(word), fold(name.lower()))


def test_the_frames_of_a_word_find_the_names_it_may_be() -> None:
    assert skeleton(fold("hussein")) in list(frames(native("حسين")))
