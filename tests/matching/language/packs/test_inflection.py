from __future__ import annotations

import pytest

from watchlist.matching.language.packs.inflection import stems
from watchlist.matching.language.packs.load import pack
from watchlist.matching.language.packs.pack import Pack

MADE_UP = Pack(
    "xx",
    "Made up",
    "latin",
    endings=(("owi", ("", "a")), ("em", ("",))),
    prefixes=(("qa", ("",)), ("q", ("",))),
    spellings=(("^tch", "ch"), ("ou", "u"), ("ine$", "in")),
)


@pytest.mark.parametrize(
    ("code", "word", "expected"),
    [
        ("ru", "путина", ("путина", "путин")),
        ("ru", "орловским", ("орловским", "орловский")),
        ("el", "παπαδοπουλου", ("παπαδοπουλου", "παπαδοπουλος")),
        ("he", "בלבנון", ("בלבנון", "לבנון")),
        ("en", "peskov", ("peskov",)),
    ],
)
def test_a_word_without_its_endings_and_prefixes(code: str, word: str, expected: tuple[str, ...]) -> None:
    assert set(expected) <= set(stems(word, pack(code)))
    assert stems(word, pack(code))[0] == word


def test_what_a_pack_takes_off_and_puts_instead() -> None:
    assert stems("novakem", MADE_UP) == ("novakem", "novak")
    assert stems("novakowi", MADE_UP) == ("novakowi", "novak", "novaka")
    assert stems("qanovak", MADE_UP) == ("qanovak", "novak", "anovak")
    # Letters that must be left.
    assert stems("qas", MADE_UP) == ("qas",)
    assert stems("oem", MADE_UP) == ("oem",)


def test_spellings_hold_at_the_ends_of_words_only_where_they_say_so() -> None:
    assert stems("poutine", MADE_UP) == ("poutine", "putin")
    assert stems("tchatch", MADE_UP) == ("tchatch", "chatch")
