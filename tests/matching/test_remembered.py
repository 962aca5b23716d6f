"""What one engine read, told to another: it finds the same, and reads nothing of it again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import examples
from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.index.compiled import CompiledIndex
from watchlist.matching.remembered import RememberedChains
from watchlist.matching.search.chains import Chains
from watchlist.matching.search.finder import Finder, Found
from watchlist.matching.search.reader import WordReader
from watchlist.model import Article, Mention

#: Names in full and in part, in several scripts, what stands beside them, and words that name nobody.
PIECES = (
    "Iran Air",
    "Air",
    "Hezbollah",
    "Dmitry Peskov",
    "Peskov",
    "Дмитрий Песков",
    "Песков",
    "Houthis",
    "Nicolás Maduro",
    "Maduro Moros",
    "Kim Jong-un",
    "金正恩",
    "Kim",
    "IRGC",
    "Quds Force",
    "Rosneft",
    "Роснефть",
    "Horizon",
    "IMO 9074729",
    "9074729",
    "آية الله علي خامنئي",
    "Ayman al-Zawahiri",
    "al",
    "President",
    "the tanker",
    "of the",
    "in Tehran",
    "said on Monday.",
    "Lakeside Bakery",
    "und der",
    "Сегодня",
    "\n",
)


class Memory:
    """Shared memory as a dictionary, which keeps all or only what it is let keep."""

    def __init__(self) -> None:
        self.kept: dict[bytes, bytes] = {}
        self.answered = 0

    def get(self, key: bytes) -> bytes | None:
        found = self.kept.get(key)
        self.answered += found is not None
        return found

    def put(self, key: bytes, found: bytes) -> None:
        assert len(key) == 16
        self.kept[key] = found


def screened(engine: Engine, texts: list[str]) -> list[tuple[Mention, ...]]:
    return [engine.screen(Article("a", text[:20], text)) for text in texts]


@given(st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map(" ".join), min_size=1, max_size=4))
@settings(max_examples=examples(60), deadline=None)
def test_an_engine_that_is_told_finds_what_one_finds_that_reads(index: CompiledIndex, texts: list[str]) -> None:
    memory, alone = Memory(), screened(Engine(index, MatchingConfig()), texts)
    assert screened(Engine(index, MatchingConfig(), memory), texts) == alone
    before = dict(memory.kept)
    assert screened(Engine(index, MatchingConfig(), memory), texts) == alone
    # All that there was to read was there.
    assert memory.kept == before


def test_what_is_known_is_not_read_again(index: CompiledIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Iran Air hired Dmitry Peskov, and Lakeside Bakery of Valletta did not."
    memory = Memory()
    (told,) = screened(Engine(index, MatchingConfig(), memory), [text])
    assert len(told) == 2
    read: list[str] = []

    def find(self: Finder, words: str) -> Found:
        read.append(words)
        return Found((), frozenset())

    monkeypatch.setattr(Finder, "find", find)
    assert screened(Engine(index, MatchingConfig(), memory), [text]) == [told]
    assert memory.answered
    assert read == []
    # What was forgotten is.
    memory.kept.clear()
    assert screened(Engine(index, MatchingConfig(), memory), [text]) == [()]
    assert read


def test_languages_are_kept_apart_and_names_go_by_their_number(index: CompiledIndex) -> None:
    memory = Memory()
    english, german = (RememberedChains(memory, index, code) for code in ("en", "de"))
    words = "Nicolas Maduro Moros"
    chain = Chains(Finder(index, WordReader(index)))._read(words)
    assert chain
    assert english.get(words) is None
    english.put(words, chain)
    assert english.get(words) == chain
    assert german.get(words) is None
    german.put(words, ())
    assert (english.get(words), german.get(words)) == (chain, ())
    (stored,) = (each for each in memory.kept.values() if each)
    # The list's own writing of a name goes to nobody: every process has it.
    assert b"MADURO MOROS" not in stored
