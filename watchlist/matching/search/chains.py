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

from watchlist.matching.language.normalise import GOD
from watchlist.matching.language.scripts import RARE_HAN
from watchlist.matching.search.patterns import NAMELIKE_LETTERS, NAMELIKE_WORD, PLAIN_WORD, SMALL_SYLLABLES
from watchlist.matching.search.strips import PAIR_GAP, Aligned, Strips
from watchlist.matching.search.words import Anchor

#: How many words that point to nobody may stand before one that does, and belong to its name.
_FIRST_NAMES: Final = 3
_SPACES: Final = frozenset({" ", "-", "\u00a0"})
_CACHED_CHAINS: Final = 1 << 16
#: A longer chain is not likely to come again.
_LONGEST_CACHED: Final = 200


# Possessive throughout: no word is ever tried twice, however long the chain. A syllable after a hyphen (Jong-un)
# belongs to its word.
@cache
def _chain(word: str, but: str = "") -> re.Pattern[str]:
    link = f"{word}{SMALL_SYLLABLES}"
    expression = f"{link}(?:[^{NAMELIKE_LETTERS}]{{0,{PAIR_GAP}}}+{link})*+"
    return re.compile(expression.replace(but, ""))


def _chains_in(text: str) -> Iterator[re.Match[str]]:
    """The chains of a text, by the cheapest expression that will do; each is compiled when first needed."""
    if GOD in text:
        return _chain(NAMELIKE_WORD).finditer(text)
    # Only a text with signs beyond the Basic Multilingual Plane takes four bytes a sign, or a very short one.
    wide = sys.getsizeof(text) > 4 * len(text)
    return (_chain(PLAIN_WORD) if wide else _chain(PLAIN_WORD, RARE_HAN)).finditer(text)


class Piece(NamedTuple):
    """A stretch of a chain that listed names were laid over."""

    start: int
    #: What was found, provided that nothing after the chain belongs to it.
    aligned: Aligned
    #: Whether words after the chain could belong to it.
    may_go_on: bool


class Chain(NamedTuple):
    """What a chain of words holds."""

    pieces: tuple[Piece, ...]
    #: Those of its words that speak of a country.
    places: frozenset[str]


#: Where in a text somebody is named, and what was found, counted from there. No class: there are thousands of them.
Stretch = tuple[int, Aligned]


class Chains:
    """Finds the stretches of a text that name somebody. The cache is bounded: it is emptied when full."""

    def __init__(self, strips: Strips) -> None:
        self._strips = strips
        self._reader = strips.reader
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
            pieces, named = chain
            places |= named
            for start, aligned, may_go_on in pieces:
                start += match.start()
                if may_go_on and self._reader.may_go_on(text, match.end()):
                    aligned = self._strips.read(text[start : self._reader.strip_end(text, start)]).aligned
                if aligned:
                    stretches.append((start, aligned))
        return stretches, places

    def _read(self, words: str) -> Chain | tuple[()]:
        chain = Chain(tuple(self._pieces(words)), self._reader.places(words))
        worth_keeping = chain if chain.pieces or chain.places else ()
        if len(words) <= _LONGEST_CACHED:
            if len(self._known) > _CACHED_CHAINS:
                self._known.clear()
            self._known[words] = worth_keeping
        return worth_keeping

    def _pieces(self, chain: str) -> Iterator[Piece]:
        anchors = self._reader.scan(chain)
        # A chain begins where a word does: the space says so to what looks back.
        spaced = f" {chain}"
        done = 0
        for at, (start, end, pointers) in enumerate(anchors):
            if start < done:
                continue
            if pointers.syllabic:
                if aligned := self._strips.read_syllables(chain[start:end]):
                    yield Piece(start, aligned, may_go_on=False)
                continue
            if not (pointers.singles or self._is_paired(anchors, at)):
                continue
            first = max(done, _first(chain, anchors, at))
            done = self._reader.strip_end(spaced, first + 1) - 1
            strip = self._strips.read(chain[first:done])
            may_go_on = strip.may_go_on and done == len(chain)
            if strip.aligned or may_go_on:
                yield Piece(first, strip.aligned, may_go_on)

    def _is_paired(self, anchors: list[Anchor], at: int) -> bool:
        """Whether the word points to a name together with one of the two words after it."""
        _, end, pointers = anchors[at]
        if not pointers.paired:
            return False
        for next_start, _, other in anchors[at + 1 : at + 3]:
            if next_start - end > PAIR_GAP:
                return False
            if other.paired and self._reader.pair(pointers, other):
                return True
        return False


def _first(chain: str, anchors: list[Anchor], at: int) -> int:
    """Where the given names before a word begin: a first one that points to nobody still belongs to the name."""
    begin = at
    while begin and at - begin < _FIRST_NAMES and chain[anchors[begin - 1][1] : anchors[begin][0]] in _SPACES:
        begin -= 1
    return anchors[begin][0]
