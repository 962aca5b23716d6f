from __future__ import annotations

import pytest

from watchlist.matching.language.script.normalise import clean, consonants, fold, native, skeleton, without_possessive


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("Putin’s", "putin"),
        ("Houthis'", "houthis"),
        ("Kata'ib", "kataib"),
        ("Vla\u200bdimir", "vladimir"),
        ("Globovisión", "globovision"),
        ("Дмитрий", "dmitriy"),
        ("ＦＵＬＬ", "full"),
        ("\u200b", ""),
    ],
)
def test_a_word_is_cleaned(word: str, form: str) -> None:
    assert clean(word) == form


def test_a_native_form_keeps_its_script() -> None:
    assert native("الأَسَد") == "الاسد"
    assert without_possessive("Assad’s") == "Assad"


def test_habits_of_transliteration_are_levelled() -> None:
    assert fold("khamenei") == fold("khameney")
    assert fold("soleimani") == fold("soleymani")


def test_the_frame_of_a_sound_is_its_consonants_in_broad_classes() -> None:
    assert skeleton(fold("kadyrov")) == skeleton(fold("gadirof")) == "kdrf"
    assert (skeleton("ivanov"), skeleton("")) == ("afnf", "")
    assert consonants("ivanov") == "vnv"
