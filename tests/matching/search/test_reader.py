from __future__ import annotations

import pytest

from watchlist.matching.index.compiled import CompiledIndex
from watchlist.matching.language.spelling import symbol
from watchlist.matching.search.reader import WordReader


@pytest.fixture(scope="module")
def reader(index: CompiledIndex) -> WordReader:
    return WordReader(index)


def test_words_keep_their_place_and_lose_what_is_no_part_of_a_name(reader: WordReader) -> None:
    text = "said Peskov’s aide; he"
    words = reader.words(text, 0, len(text))
    assert [text[word.start : word.end] for word in words] == ["said", "Peskov", "aide", "he"]
    assert [word.gap for word in words] == ["", " ", "’s ", "; "]


@pytest.mark.parametrize(("word", "points"), [("Peskov", True), ("Yesterday", False), ("Zzyx", False), ("", False)])
def test_only_words_that_listed_names_have_point_anywhere(reader: WordReader, word: str, points: bool) -> None:
    assert (reader.pointers(word) is not None) is points
    assert reader.pointers(word) is reader.pointers(word)


@pytest.mark.parametrize(
    ("word", "listed"),
    [
        ("Peskov", "peskov"),
        ("Песковым", "peskov"),
        ("Peskow", "peskov"),
        ("Pezkov", "peskov"),
        ("Iranian", "iran"),
        ("Hezbollah", "hizballah"),
    ],
)
def test_a_spelling_points_to_the_listed_words_it_may_stand_for(reader: WordReader, word: str, listed: str) -> None:
    pointers = reader.pointers(word)
    assert pointers is not None
    assert symbol(listed) in pointers.stands_for


def names(index: CompiledIndex, found: tuple[int, ...]) -> set[str]:
    return {index.name(id).name.text for id in found}


def test_a_rare_family_name_points_to_its_names_by_itself_a_common_one_with_another(
    reader: WordReader, index: CompiledIndex
) -> None:
    peskov, kim, jong = (reader.pointers(word) for word in ("Peskov", "Kim", "Jong"))
    assert peskov is not None
    assert kim is not None
    assert jong is not None
    assert names(index, peskov.singles) == {"PESKOV, Dmitriy Sergeevich"}
    assert kim.singles == ()
    assert names(index, reader.pair(kim, jong)) == {"KIM, Jong Un", "KIM, Jong Il"}
    assert set(reader.pair(kim, jong)) == set(reader.pair(jong, kim))
    assert reader.pair(kim, peskov) == ()


def test_two_words_point_somewhere_as_one(reader: WordReader) -> None:
    joined = reader.joined(reader.meaning("Ros"), reader.meaning("neft"))
    assert joined is not None
    assert joined.stands_for == (symbol("rosneft"),)
    assert reader.joined(reader.meaning("Ros"), reader.meaning("tov")) is None
    assert reader.joined(reader.meaning("ros"), reader.meaning("neft")) is None


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("KavehSteel sold", ["Kaveh", "Steel", "sold"]),
        ("JSCRosneft", ["JSC", "Rosneft"]),
        ("MacDonald", ["Mac", "Donald"]),
        ("McDonald", ["McDonald"]),
        ("ROSNEFT", ["ROSNEFT"]),
        ("YouTube’s", ["You", "Tube"]),
        ("SBank", ["SBank"]),
    ],
)
def test_two_words_written_as_one_are_two(reader: WordReader, written: str, words: list[str]) -> None:
    assert [written[word.start : word.end] for word in reader.words(written, 0, len(written))] == words


def test_a_word_is_distinctive_unless_language_knows_it(reader: WordReader) -> None:
    distinctive = {word: reader.words(word, 0, len(word))[0].is_distinctive for word in ("Kunlun", "Horizon", "Tehran")}
    assert distinctive == {"Kunlun": True, "Horizon": False, "Tehran": False}
