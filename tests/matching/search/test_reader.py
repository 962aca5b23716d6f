from __future__ import annotations

import pytest

from watchlist.matching.index.compiled import CompiledIndex
from watchlist.matching.search.reader import WordReader


@pytest.fixture(scope="module")
def reader(index: CompiledIndex) -> WordReader:
    return WordReader(index)


def test_words_keep_their_place_and_lose_what_is_no_part_of_a_name(reader: WordReader) -> None:
    text = "said Peskov’s aide; he"
    words = reader.words(text, 0, len(text))
    assert [text[word.start : word.end] for word in words] == ["said", "Peskov", "aide", "he"]
    assert [word.gap for word in words] == ["", " ", "’s ", "; "]


def test_only_words_that_point_to_a_listed_name_are_anchors(reader: WordReader) -> None:
    text = "Yesterday Dmitry Peskov met nobody, and peskov is small"
    assert [text[start:end] for start, end, _ in reader.scan(text)] == ["Dmitry", "Peskov"]


@pytest.mark.parametrize(
    ("word", "symbol"),
    [("Peskov", "peskov"), ("Песковым", "peskov"), ("Peskow", "peskov"), ("Iranian", "iran"), ("Hezbollah", "hezbola")],
)
def test_a_spelling_means_the_listed_words_it_may_stand_for(reader: WordReader, word: str, symbol: str) -> None:
    assert symbol in reader.meaning(word).symbols


def test_a_word_is_distinctive_unless_language_knows_it(reader: WordReader) -> None:
    distinctive = {word: reader.words(word, 0, len(word))[0].is_distinctive for word in ("Kunlun", "Horizon", "Tehran")}
    assert distinctive == {"Kunlun": True, "Horizon": False, "Tehran": False}
