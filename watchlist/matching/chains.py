"""Chains of words near enough to each other to name somebody together, and the places in them where a name may begin.

Most chains of an article ("President Trump told Congress") name nobody on any list and come again in the next article:
what a chain holds is found out once and remembered, so that it costs one look-up from then on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from watchlist.matching.tokens import NAMELIKE_LETTERS, NAMELIKE_WORD, Anchor, Reader

#: How far apart, in characters, the two words of a pair may stand.
PAIR_GAP: Final = 18
#: How many words that point to nobody may stand before one that does, and belong to its name.
_FIRST_NAMES: Final = 3
_SPACES: Final = frozenset({" ", "-", "\u00a0"})
_CACHED_CHAINS: Final = 1 << 16
#: A longer chain is not likely to come again.
_LONGEST_CACHED: Final = 200

# Possessive throughout: no word is ever tried twice, however long the chain.
_CHAIN: Final = re.compile(f"{NAMELIKE_WORD}(?:[^{NAMELIKE_LETTERS}]{{0,{PAIR_GAP}}}+{NAMELIKE_WORD})*+")


class Opening(NamedTuple):
    """A word that points to a listed name, alone or together with a word after it."""

    #: Where the name may begin: at the word itself or, where given names stand before it, at the first of them.
    first: int
    start: int
    end: int
    #: Written in signs without spaces between words.
    syllabic: bool


class Chains:
    """Finds the openings of a text. The cache is bounded: it is emptied when full."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known: dict[str, tuple[Opening, ...]] = {}

    def openings(self, text: str) -> Iterator[tuple[int, Opening]]:
        """The openings of a text in order, each with the place of its chain, from which its own places count."""
        get = self._known.get
        for match in _CHAIN.finditer(text):
            chain = match.group()
            openings = get(chain)
            if openings is None:
                openings = self._read(chain)
            if openings:
                at = match.start()
                for opening in openings:
                    yield at, opening

    def _read(self, chain: str) -> tuple[Opening, ...]:
        anchors = self._reader.scan(chain)
        openings = tuple(
            Opening(_first(chain, anchors, at), start, end, key.syllabic)
            for at, (start, end, key) in enumerate(anchors)
            if key.singles or self._is_paired(anchors, at)
        )
        if len(chain) <= _LONGEST_CACHED:
            if len(self._known) > _CACHED_CHAINS:
                self._known.clear()
            self._known[chain] = openings
        return openings

    def _is_paired(self, anchors: list[Anchor], at: int) -> bool:
        """Whether the word points to a name together with one of the two words after it."""
        _, end, key = anchors[at]
        if not key.paired:
            return False
        for next_start, _, other in anchors[at + 1 : at + 3]:
            if next_start - end > PAIR_GAP:
                return False
            if other.paired and self._reader.pair(key, other):
                return True
        return False


def _first(chain: str, anchors: list[Anchor], at: int) -> int:
    """Where the given names before a word begin: a first one that points to nobody still belongs to the name."""
    begin = at
    while begin and at - begin < _FIRST_NAMES and chain[anchors[begin - 1][1] : anchors[begin][0]] in _SPACES:
        begin -= 1
    return anchors[begin][0]
