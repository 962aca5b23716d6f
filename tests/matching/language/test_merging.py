from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlist.matching.index.compile import compile_index
from watchlist.matching.language.merging import merged, thing_words
from watchlist.matching.language.spelling import words_of
from watchlist.matching.search.reader import WordReader

READER = WordReader(compile_index([], {}))


def in_a_list(text: str) -> list[str]:
    forms = words_of(text)
    return [one.form for one in merged(forms, [" "] * len(forms))]


def in_a_text(text: str) -> list[tuple[str, str]]:
    """The merged words, and how they stand in the text."""
    words = thing_words(READER.words(text, 0, len(text)))
    return [(word.meaning.form, text[word.start : word.end]) for word in words]


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("L D S KOMPYUTAR", ["lds", "kompyutar"]),
        ("S & D KAVERON", ["sd", "kaveron"]),
        ("S and D KAVERON", ["sd", "kaveron"]),
        ("M Sophia", ["m", "sophia"]),
        ("Open Joint-Stock Company Rosneft", ["open joint stock company", "rosneft"]),
        ("Fifty-Fifth Brigade", ["55", "brigade"]),
        ("Fifty Brigade", ["fifty", "brigade"]),
        ("Grey Gull", ["grey", "gull"]),
        ("", []),
    ],
)
def test_words_of_a_listed_name_that_are_one(text: str, forms: list[str]) -> None:
    assert in_a_list(text) == forms


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the L D S Kompyutar", [("the", "the"), ("lds", "L D S"), ("kompyutar", "Kompyutar")]),
        ("J.P. Kaveron", [("jp", "J.P"), ("kaveron", "Kaveron")]),
        ("S & D Kaveron", [("sd", "S & D"), ("kaveron", "Kaveron")]),
        ("S, D Kaveron", [("s", "S"), ("d", "D"), ("kaveron", "Kaveron")]),
        ("Fifty-Fifth Brigade", [("55", "Fifty-Fifth"), ("brigade", "Brigade")]),
        ("Fifty. Fifth Brigade", [("fifty", "Fifty"), ("5", "Fifth"), ("brigade", "Brigade")]),
    ],
)
def test_words_of_a_text_that_are_one_keep_their_place(text: str, found: list[tuple[str, str]]) -> None:
    assert in_a_text(text) == found


def test_legal_forms_of_one_kind_have_one_symbol_however_long() -> None:
    symbols = {merged(words_of(form), [" "] * 9)[0].symbol for form in ("Ltd", "Limited", "L.T.D.")}
    assert len(symbols) == 1
    [long] = merged(words_of("Limited Liability Company"), [" "] * 3)
    [short] = merged(words_of("LLC"), [" "])
    assert long.is_legal_form
    assert long.symbol == short.symbol


def test_words_of_which_none_are_one_stay_the_same_list() -> None:
    words = READER.words("Grey Gull", 0, 9)
    assert thing_words(words) is words


@given(st.lists(st.sampled_from(("L", "D", "&", "and", "LLC", "Joint", "Stock", "Company", "Fifty", "Fifth", "Gull"))))
def test_no_word_is_lost_and_none_counted_twice(words: list[str]) -> None:
    forms = words_of(" ".join(words))
    found = merged(forms, [" "] * len(forms))
    assert [at for one in found for at in range(one.first, one.last + 1)] == list(range(len(forms)))
