"""Chains of words near enough to each other to name somebody together, and whom they name.

Most chains of an article ("President Trump told Congress") name nobody on any list and come again in the next article:
what a chain holds is found out once and remembered, so that it costs one look-up from then on.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from typing import Final, NamedTuple

from watchlist.matching import table
from watchlist.matching.language.known.lexicon import GENERIC, PARTICLE
from watchlist.matching.language.script.normalise import SIGNS_OF_JOINING
from watchlist.matching.language.script.scripts import RARE_HAN, SIGNS
from watchlist.matching.language.syllabic import is_syllabic
from watchlist.matching.language.words import Meaning
from watchlist.matching.search.finder import Aligned, Finder
from watchlist.matching.search.patterns import (
    ANY_WORD,
    MAY_HAVE_MARKS,
    NAMELIKE_LETTERS,
    NAMELIKE_WORD,
    NUMBER,
    PLAIN_WORD,
    SMALL_SYLLABLES,
    WITHOUT_VOWELS,
)
from watchlist.matching.search.signs import NAME_POINTS
from watchlist.matching.search.stretch import runs_in

_CACHED_CHAINS: Final = 1 << 16
#: A longer chain is not likely to come again.
_LONGEST_CACHED: Final = 400


# Possessive throughout: no word is ever tried twice, however long the chain. A syllable after a hyphen (Jong-un)
# belongs to its word.
@cache
def _chain(word: str, but: str = "") -> re.Pattern[str]:
    link = f"{word}{SMALL_SYLLABLES}"
    expression = f"{link}(?>(?:[^{NAMELIKE_LETTERS}]{{0,{table.CHAIN_GAP}}}+{link})*)"
    return re.compile(expression.replace(but, ""))


def _chains_in(text: str) -> Iterator[re.Match[str]]:
    """The chains of a text, by the cheapest expression that will do; each is compiled when first needed."""
    if MAY_HAVE_MARKS.search(text) or (not text.isascii() and any(sign in text for sign in SIGNS_OF_JOINING)):
        return _chain(NAMELIKE_WORD).finditer(text)
    # Only a text with signs beyond the Basic Multilingual Plane takes four bytes a sign, or a very short one.
    wide = sys.getsizeof(text) > 4 * len(text)
    return (_chain(PLAIN_WORD) if wide else _chain(PLAIN_WORD, RARE_HAN)).finditer(text)


@cache
def _clause_end() -> re.Pattern[str]:
    """What stands between two runs of signs of which no name reaches from one into the other."""
    # Compiled when such a text comes: so large a class takes longer than reading a short one.
    signs, points = f"[{SIGNS}{RARE_HAN}]", re.escape("".join(sorted(NAME_POINTS)))
    return re.compile(f"(?<={signs})(?![ {points}]{signs})\\W+(?={signs})")


def _clauses_in(text: str) -> Iterator[tuple[int, str]]:
    """The chains of a text, and where each begins; without capitals a chain is the text as a whole, and comes apart."""
    for match in _chains_in(text):
        words, start = match[0], match.start()
        if len(words) > _LONGEST_CACHED and is_syllabic(words):
            begin = 0
            for end in _clause_end().finditer(words):
                yield start + begin, words[begin : end.start()]
                begin = end.end()
            words, start = words[begin:], start + begin
        yield start, words


class Chain(NamedTuple):
    """What a chain of words holds."""

    #: What was found, provided that nothing beside the chain belongs to it.
    aligned: Aligned
    #: What words beside the chain would belong to it.
    goes_on: frozenset[str]
    #: Those of its words that speak of a country.
    places: frozenset[str]


#: Where in a text somebody is named, and what was found, counted from there. No class: there are thousands of them.
Stretch = tuple[int, Aligned]


class Chains:
    """Finds the stretches of a text that name somebody. The cache is bounded: it is emptied when full."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self.reader = finder.reader
        #: What each chain holds; nothing, for most.
        self._known: dict[str, Chain | tuple[()]] = {}
        small = sorted(self.reader.pack.group("small_name"))
        #: The names of groups that the language writes small.
        self._small = re.compile(rf"\b(?:{'|'.join(small)})\b") if small else None

    def read(self, text: str) -> tuple[list[Stretch], set[str]]:
        """The stretches of a text that name somebody, in order, and its capitalised words that speak of a country."""
        stretches: list[Stretch] = []
        places: set[str] = set()
        get = self._known.get
        has_no_vowels = not text.isascii() and WITHOUT_VOWELS.search(text) is not None
        for start, words in _clauses_in(text):
            if has_no_vowels and WITHOUT_VOWELS.search(words):
                stretches += self._in_runs(words, start)
                places |= self.reader.places(words)
                continue
            chain = get(words)
            if chain is None:
                chain = self._read(words)
            if not chain:
                continue
            aligned, goes_on, named = chain
            places |= named
            if goes_on and _goes_on(text, start, start + len(words), goes_on, self.reader.meaning):
                start, aligned = self._beyond(text, start, start + len(words))
            if aligned:
                stretches.append((start, aligned))
        stretches += self._by_number(text)
        stretches += self._written_small(text)
        return stretches, places

    def _in_runs(self, words: str, start: int) -> Iterator[Stretch]:
        """The stretches of a chain in a script without capitals, which has all the words of a sentence."""
        for run in runs_in(words, self.reader):
            chain = self._known.get(run.words)
            if chain is None:
                chain = self._read(run.words)
            if chain and chain[0]:
                yield start + run.start, chain[0]

    def _read(self, words: str) -> Chain | tuple[()]:
        found = self._finder.find(words)
        chain = Chain(found.aligned, found.goes_on, self.reader.places(words))
        worth_keeping = chain if any(chain) else ()
        if len(words) <= _LONGEST_CACHED:
            self._keep(words, worth_keeping)
        return worth_keeping

    def _keep(self, words: str, chain: Chain | tuple[()]) -> None:
        if len(self._known) > _CACHED_CHAINS:
            self._known.clear()
        self._known[words] = chain

    def _beyond(self, text: str, start: int, end: int) -> Stretch:
        """The same with the words before and behind, small ones too."""
        left, right = 0, len(text)
        if start > table.BEFORE_A_CHAIN:
            left = text.find(" ", start - table.BEFORE_A_CHAIN, start) + 1 or start
        if end + table.BEHIND_A_CHAIN < right:
            right = max(end, text.rfind(" ", end, end + table.BEHIND_A_CHAIN))
        wider = text[left:right]
        chain = self._known.get(wider)
        if chain is None:
            found = self._finder.find(wider)
            chain = Chain(found.aligned, goes_on=frozenset(), places=frozenset())
            self._keep(wider, chain)
        return left, chain[0] if chain else ()

    def _written_small(self, text: str) -> Iterator[Stretch]:
        """Stretches of one word that names a group although the language writes it small, as it does peoples."""
        if self._small is None:
            return
        for match in self._small.finditer(text):
            word = match[0].capitalize()
            chain = self._known.get(word)
            if chain is None:
                chain = self._read(word)
            if chain and chain[0]:
                yield match.start(), chain[0]

    def _by_number(self, text: str) -> Iterator[Stretch]:
        """Stretches around a number that by itself points to a listed name: military unit 74955."""
        for match in NUMBER.finditer(text):
            pointers = self.reader.pointers(match[0])
            if pointers is not None and pointers.singles:
                yield self._beyond(text, match.start(), match.end())


def _goes_on(text: str, start: int, end: int, small: frozenset[str], meaning_of: Callable[[str], Meaning]) -> bool:
    """Whether a word of these symbols stands beside a stretch of the text, with no more than small words between.

    A glance that spares most stretches a second reading.
    """
    flags = GENERIC | PARTICLE
    for word in ANY_WORD.findall(text[end : end + table.NEXT_TO_A_CHAIN]):
        meaning = meaning_of(word)
        if meaning.symbol in small:
            return True
        if not meaning.flags & flags:
            break
    for word in reversed(ANY_WORD.findall(text[max(0, start - table.NEXT_TO_A_CHAIN) : start])):
        meaning = meaning_of(word)
        if meaning.symbol in small:
            return True
        if not meaning.flags & flags:
            break
    return False
