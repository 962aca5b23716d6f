"""Chains of words near enough to each other to name somebody together, and whom they name.

Most chains of an article ("President Trump told Congress") name nobody on any list and come again in the next article:
what a chain holds is found out once and remembered, so that it costs one look-up from then on.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from watchlist.matching.language.lexicon import lexicon
from watchlist.matching.language.normalise import GOD
from watchlist.matching.language.scripts import RARE_HAN
from watchlist.matching.search.finder import Aligned, Finder
from watchlist.matching.search.patterns import NAMELIKE_LETTERS, NAMELIKE_WORD, NUMBER, PLAIN_WORD, SMALL_SYLLABLES

#: How far apart, in characters, two words of a chain may stand.
CHAIN_GAP: Final = 18
_CACHED_CHAINS: Final = 1 << 16
#: A longer chain is not likely to come again.
_LONGEST_CACHED: Final = 400
#: How far beyond a chain, in characters, small words and numbers may belong to a name in it.
_BEFORE, _BEHIND = 48, 72
_NO_GAP: Final = frozenset({"", ",", ";", ":", ")"})
_NEAR_WORD: Final = 24


# Possessive throughout: no word is ever tried twice, however long the chain. A syllable after a hyphen (Jong-un)
# belongs to its word.
@cache
def _chain(word: str, but: str = "") -> re.Pattern[str]:
    link = f"{word}{SMALL_SYLLABLES}"
    expression = f"{link}(?:[^{NAMELIKE_LETTERS}]{{0,{CHAIN_GAP}}}+{link})*+"
    return re.compile(expression.replace(but, ""))


def _chains_in(text: str) -> Iterator[re.Match[str]]:
    """The chains of a text, by the cheapest expression that will do; each is compiled when first needed."""
    if GOD in text:
        return _chain(NAMELIKE_WORD).finditer(text)
    # Only a text with signs beyond the Basic Multilingual Plane takes four bytes a sign, or a very short one.
    wide = sys.getsizeof(text) > 4 * len(text)
    return (_chain(PLAIN_WORD) if wide else _chain(PLAIN_WORD, RARE_HAN)).finditer(text)


class Chain(NamedTuple):
    """What a chain of words holds."""

    #: What was found, provided that nothing beside the chain belongs to it.
    aligned: Aligned
    #: Whether words beside the chain could belong to it.
    may_go_on: bool
    #: Those of its words that speak of a country.
    places: frozenset[str]


#: Where in a text somebody is named, and what was found, counted from there. No class: there are thousands of them.
Stretch = tuple[int, Aligned]


class Chains:
    """Finds the stretches of a text that name somebody. The cache is bounded: it is emptied when full."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._reader = finder.reader
        #: What each chain holds; nothing, for most.
        self._known: dict[str, Chain | tuple[()]] = {}

    def read(self, text: str) -> tuple[list[Stretch], set[str]]:
        """The stretches of a text that name somebody, in order, and its capitalised words that speak of a country."""
        stretches: list[Stretch] = []
        places: set[str] = set()
        get = self._known.get
        for match in _chains_in(text):
            chain = get(match[0])
            if chain is None:
                chain = self._read(match[0])
            if not chain:
                continue
            aligned, may_go_on, named = chain
            places |= named
            start = match.start()
            if may_go_on and _goes_on(text, start, match.end()):
                start, aligned = self._beyond(text, start, match.end())
            if aligned:
                stretches.append((start, aligned))
        stretches += self._by_number(text)
        return stretches, places

    def _read(self, words: str) -> Chain | tuple[()]:
        found = self._finder.find(words)
        chain = Chain(found.aligned, found.may_go_on, self._reader.places(words))
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
        if start > _BEFORE:
            left = text.find(" ", start - _BEFORE, start) + 1 or start
        if end + _BEHIND < right:
            right = max(end, text.rfind(" ", end, end + _BEHIND))
        wider = text[left:right]
        chain = self._known.get(wider)
        if chain is None:
            found = self._finder.find(wider)
            chain = Chain(found.aligned, may_go_on=False, places=frozenset())
            self._keep(wider, chain)
        return left, chain[0] if chain else ()

    def _by_number(self, text: str) -> Iterator[Stretch]:
        """Stretches around a number that by itself points to a listed name: military unit 74955."""
        for match in NUMBER.finditer(text):
            pointers = self._reader.pointers(match[0])
            if pointers is not None and pointers.singles:
                yield self._beyond(text, match.start(), match.end())


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether a name could reach beyond a stretch of the text: a kind of body or a number stands right beside it.

    A glance that spares most stretches a second reading.
    """
    generic, particles = lexicon().generic, lexicon().particles
    following = text[end : end + _NEAR_WORD]
    if following[:1] not in _NO_GAP:
        word = following[1:].partition(" ")[0].rstrip(",.;:")
        if not (following[0] == " " and word.isalpha() and word not in generic and word not in particles):
            return True
    before = text[max(0, start - _NEAR_WORD) : start].rstrip().rpartition(" ")[2]
    return before[:1].isdigit() or before in generic
