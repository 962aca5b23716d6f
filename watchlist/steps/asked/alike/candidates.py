"""The listed names that may be forms of a name: those that the compiled index leads to by its words."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from typing import Final

from watchlist.matching.index.compiled import CompiledIndex
from watchlist.matching.index.identifiers import normal_form
from watchlist.matching.language.packs.detect import language_of
from watchlist.matching.search.reader import Pointers, WordReader
from watchlist.matching.search.signs import SignReader
from watchlist.model import Identifier

#: So many words of a name are looked up; no listed name is told by more.
_MOST_WORDS: Final = 12
#: So many names are compared: those that share the most words, and of these, that have as many.
_MOST_NAMES: Final = 150


class Candidates:
    """Looks names up. Holds caches of words, bounded; use one per thread."""

    def __init__(self, index: CompiledIndex) -> None:
        self._index = index
        self._readers: dict[str, WordReader] = {}
        self._signs = SignReader(index)

    def names(self, text: str) -> list[int]:
        """The numbers of the listed names that may be forms of a name, the likeliest first."""
        reader = self._reader(language_of("", text))
        surfaces = [_capital(text[word.start : word.end]) for word in reader.words(text, 0, len(text))][:_MOST_WORDS]
        found = Counter(each.name for each in self._signs.names(text)) if not text.isascii() else Counter[int]()
        pointed = list(self._pointed(reader, surfaces))
        for pointers in pointed:
            found.update(pointers.singles)
        for one, other in combinations(pointed, 2):
            found.update(reader.pair(one, other))
        if len(found) <= _MOST_NAMES:
            return list(found)
        return heapq.nsmallest(_MOST_NAMES, found, key=lambda name: (-found[name], self._differs(name, len(surfaces))))

    def with_identifiers(self, identifiers: Iterable[Identifier]) -> Iterator[int]:
        """The entities of the index that have one of these identifiers."""
        for each in identifiers:
            normal = normal_form(each.kind, each.value)
            if normal is not None:
                yield from self._index.with_identifier(normal)

    def _differs(self, name: int, words: int) -> int:
        return abs(len(self._index.name(name).parts) - words)

    def _reader(self, language: str) -> WordReader:
        found = self._readers.get(language)
        if found is None:
            found = self._readers[language] = WordReader(self._index, language)
        return found

    @staticmethod
    def _pointed(reader: WordReader, surfaces: list[str]) -> Iterator[Pointers]:
        for surface in surfaces:
            pointers = reader.pointers(surface)
            if pointers is not None and not pointers.syllabic:
                yield pointers
        # Two words that the list writes as one.
        for one, other in pairwise(surfaces):
            joined = reader.joined(reader.meaning(one), reader.meaning(other))
            if joined is not None:
                yield joined


def _capital(word: str) -> str:
    """A word as it is written in a name, where somebody wrote it small."""
    return word.capitalize() if word.islower() else word
