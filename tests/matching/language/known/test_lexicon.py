from __future__ import annotations

import pytest

from watchlist.matching.language.known import lexicon as words
from watchlist.matching.language.known.lexicon import lexicon


@pytest.mark.parametrize(
    ("word", "flags"),
    [
        ("horizon", words.ORDINARY),
        ("hamas", words.PROPER),
        ("kim", words.ORDINARY | words.GIVEN_NAME | words.EASTERN),
        ("ivanov", words.FAMILY_NAME),
        ("president", words.ORDINARY | words.TITLE),
        ("ltd", words.PROPER | words.LEGAL_FORM),
        ("group", words.ORDINARY | words.GENERIC),
        ("al", words.ORDINARY | words.PARTICLE),
        ("tehran", words.PROPER | words.PLACE),
    ],
)
def test_what_a_word_is_known_to_be(word: str, flags: int) -> None:
    assert lexicon().flags[word] == flags


def test_what_the_lexicon_tells_of_words() -> None:
    known = lexicon()
    assert known.legal_forms["limited", "liability", "company"] == "llc"
    assert known.spelling_class["dmitriy"] == known.spelling_class["dmitry"]
    assert known.nicknames["sasha"] == {"aleksandr"}
    assert (known.adjectives["cuban"], known.countries["cuba"]) == ("cuba", {"cu"})
