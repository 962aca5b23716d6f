"""What packs of languages in Latin letters know of a word."""

from __future__ import annotations

import pytest

from watchlist.matching.language.known.lexicon import GENERIC, ORDINARY, PLACE, TITLE
from watchlist.matching.language.latin import is_noun, read_latin
from watchlist.matching.language.packs.load import pack
from watchlist.matching.language.words import as_stem, meanings


@pytest.mark.parametrize(
    ("code", "surface", "stem"),
    [
        ("pl", "Putina", "putin"),
        ("pl", "Siergiejem", "sergey"),
        ("pl", "Zacharowej", "zakharova"),
        ("cs", "Vladimirem", "vladimir"),
        ("cs", "Rosněftí", "rosneft"),
        ("cs", "Puškov", "pushkov"),
        ("cs", "Hizballáhu", "hizballah"),
        ("sk", "Putinom", "putin"),
        ("sl", "Viktorja", "viktor"),
        ("sl", "Janukoviča", "yanukovich"),
        ("hr", "Putinova", "putin"),
        ("de", "Assads", "assad"),
        ("de", "Prigoschin", "prigozhin"),
        ("fr", "Poutine", "putin"),
        ("fr", "Choïgou", "shoigu"),
        ("es", "Zajárova", "zakharova"),
        ("nl", "Poetin", "putin"),
        ("tr", "Hizbullah'ın", "hizbullah"),
        ("tr", "Şoygu’nun", "shoygu"),
        ("ro", "Șoigu", "shoigu"),
        ("hu", "Putyinnal", "putin"),
    ],
)
def test_a_name_in_another_case_or_spelling_has_the_english_one_among_its_stems(
    code: str, surface: str, stem: str
) -> None:
    assert stem in read_latin(surface, capital=True, everyday=False, pack=pack(code)).stems


def test_words_without_a_capital_and_everyday_words_have_no_stems() -> None:
    assert not read_latin("putina", capital=False, everyday=False, pack=pack("pl")).stems
    assert not read_latin("Jutro", capital=True, everyday=True, pack=pack("pl")).stems


@pytest.mark.parametrize(
    ("code", "surface", "flag"),
    [
        ("pl", "prezydentem", TITLE),
        ("cs", "ministra", TITLE),
        ("fr", "présidente", TITLE),
        ("tr", "Cumhurbaşkanı", TITLE),
        ("cs", "skupiny", GENERIC),
        ("de", "Stiftung", GENERIC),
        ("cs", "Bulharsku", PLACE),
        ("tr", "Ankara'ya", PLACE),
        ("es", "ruso", PLACE),
    ],
)
def test_titles_kinds_of_bodies_and_places_are_known_in_every_case(code: str, surface: str, flag: int) -> None:
    found = read_latin(surface, capital=surface[0].isupper(), everyday=False, pack=pack(code))
    assert found.flags & flag


def test_a_kind_of_body_stands_for_the_english_word() -> None:
    assert meanings("cs")("skupiny").symbol == meanings("en")("group").symbol


@pytest.mark.parametrize("word", ["Regierung", "Terrororganisation", "Kremlsprecher", "Islamistenmiliz"])
def test_german_nouns_are_known_by_their_last_word(word: str) -> None:
    meaning = meanings("de")(word)
    assert is_noun(meaning.form, meaning.flags, pack("de"))
    assert not is_noun(meaning.form, meaning.flags, pack("fr"))


@pytest.mark.parametrize("word", ["Lukaschenko", "Rosneft", "Klinsmann"])
def test_a_name_is_no_german_noun(word: str) -> None:
    meaning = meanings("de")(word)
    assert not is_noun(meaning.form, meaning.flags & ~ORDINARY, pack("de"))


def test_a_word_that_stands_for_a_stem_is_read_as_if_the_text_had_that() -> None:
    read = as_stem(meanings("pl")("Putinem"), "putin")
    english = meanings("en")("Putin")
    assert (read.form, read.symbol, read.flags) == (english.form, english.symbol, english.flags)
