"""Runs of words that point to listed names, in scripts without capitals, where all of a sentence is one chain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from watchlist.matching import table
from watchlist.matching.search.patterns import ANY_WORD
from watchlist.matching.search.reader import Pointers, WordReader

#: What no name reaches across.
_END: Final = re.compile(r"[.!?;:\n؟؛•|]")


class Run(NamedTuple):
    """Where a run begins in its chain, and its words."""

    start: int
    words: str


def runs_in(text: str, reader: WordReader) -> Iterator[Run]:
    """The stretches of a chain in which a name may stand: words that point to some, near enough to each other.

    A word that points to names together with others only is no run by itself.
    """
    first = last = -1
    telling = 0
    words = [(match[0], match.start(), match.end()) for match in ANY_WORD.finditer(text)]
    points = reader.points([surface for surface, _, _ in words])
    for (_, start, end), pointers in zip(words, points, strict=True):
        if pointers is None:
            continue
        if first >= 0 and (start - last > table.CHAIN_GAP or _END.search(text, last, start)):
            if telling > 1:
                yield Run(first, text[first:last])
            first, telling = -1, 0
        if first < 0:
            first = start
        last = end
        telling += 2 if _points_alone(pointers) else 1
    if telling > 1:
        yield Run(first, text[first:last])


def _points_alone(pointers: Pointers) -> bool:
    return bool(pointers.singles) or pointers.syllabic
