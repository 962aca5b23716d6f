"""The script of a name, told from its letters or from a list's word for it."""

from __future__ import annotations

import pytest

from watchlist.model import Name, script_of, to_script


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("MARROW, Ilya", "Latn"),
        ("Pétrovich Ýl", "Latn"),
        ("МАРРОУ Илья", "Cyrl"),
        ("مراد البحر", "Arab"),
        ("马罗", "Hani"),
        ("마로우", "Hang"),
        ("マロウ", "Kana"),
        ("真ん中", "Jpan"),
        ("מרו", "Hebr"),
        ("Μάρω", "Grek"),
        ("მარო", "Geor"),
        ("МАРРОУ (M)", "Cyrl"),
        ("9074729", None),
        ("—", None),
    ],
)
def test_the_letters_tell_the_script(text: str, script: str | None) -> None:
    assert script_of(text) == script
    assert Name(text).script == script


@pytest.mark.parametrize(
    ("words", "script"),
    [
        ("Latin", "Latn"),
        ("CYRL", "Cyrl"),
        ("Chinese Simplified", "Hani"),
        ("Hant", "Hani"),
        ("Arabic (Naskh)", "Arab"),
        ("Runes", None),
        ("", None),
        (None, None),
    ],
)
def test_a_lists_word_for_a_script(words: str | None, script: str | None) -> None:
    assert to_script(words) == script


def test_what_a_list_says_goes_before_the_letters() -> None:
    assert Name("AL-BAHR", script="Arab").script == "Arab"
