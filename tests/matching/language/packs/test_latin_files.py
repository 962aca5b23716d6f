"""The files of packs of languages in Latin letters: what each has, and that it is sound."""

from __future__ import annotations

from pathlib import Path

import pytest

from watchlist.matching.language.known.lexicon import lexicon
from watchlist.matching.language.packs import load
from watchlist.matching.language.packs.load import everyday_words, pack

LANGUAGES = ("cs", "de", "es", "fr", "hr", "hu", "it", "nl", "pl", "pt", "ro", "sk", "sl", "tr")
FOLDER = Path(load.__file__).parent


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_pack_has_all_that_reading_news_takes(code: str) -> None:
    found = pack(code)
    assert found.endings
    assert found.spellings
    assert len(found.titles) > 50
    assert {"private_role", "kind_of_place", "civil_office", "office", "at_a_place"} <= found.groups.keys()
    assert {"ru", "ir", "sy", "us"} <= {country for codes in found.places.values() for country in codes}
    assert "bank" in {word for words in found.generic.values() for word in words}
    assert {"sanctions", "terrorist"} <= {word for words in found.matters.values() for word in words}
    assert len(everyday_words(code)) > 5000


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_file_says_where_its_words_come_from(code: str) -> None:
    for path in sorted((FOLDER / code).iterdir()):
        if path.name != "pack.txt":
            first = path.read_text(encoding="utf-8").partition("\n")[0]
            assert first.startswith("#"), path.name
            assert first.endswith("."), path.name


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_the_english_words_of_a_pack_are_is_known(code: str) -> None:
    known = lexicon()
    assert {word for words in pack(code).generic.values() for word in words} <= known.flags.keys()
    assert {word for words in pack(code).matters.values() for word in words} <= known.flags.keys()


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_ending_leaves_a_word_as_it_is(code: str) -> None:
    assert not [(ending, instead) for ending, instead in pack(code).endings if ending in instead]
