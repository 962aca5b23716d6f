"""Runs of words that point to listed names, in scripts without capitals, where all of a sentence is one chain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from watchlist.matching import table
from watchlist.matching.search.patterns import ANY_WORD
from watchlist.matching.search.reader import WordReader

#: What no name reaches across.
_END: Final = re.compile(r"[.!?;:\n؟؛•|]")


class WordRun(NamedTuple):
    """Where a run begins in its chain, and its words."""

    start: int
    words: str


def runs_in(text: str, reader: WordReader) -> Iterator[WordRun]:
    """The stretches of a chain in which a name may stand: words that point to some, near enough to each other.

    A word that points to names together with others only is no run by itself. The next word belongs to it, which may be
    an everyday one that ends a name.
    """
    words = [(match[0], match.start(), match.end()) for match in ANY_WORD.finditer(text)]
    points = reader.points([surface for surface, _, _ in words])
    first = last = -1
    telling = 0
    for at, pointers in enumerate(points):
        if pointers is None:
            continue
        if first >= 0 and _is_apart(text, words[last][2], words[at][1]):
            if telling > 1:
                yield _run(text, words, first, last)
            first, telling = -1, 0
        if first < 0:
            first = at
        last = at
        telling += 2 if pointers.singles or pointers.syllabic else 1
    if telling > 1:
        yield _run(text, words, first, last)


def _is_apart(text: str, end: int, start: int) -> bool:
    return start - end > table.CHAIN_GAP or _END.search(text, end, start) is not None


def _run(text: str, words: Sequence[tuple[str, int, int]], first: int, last: int) -> WordRun:
    start, end = words[first][1], words[last][2]
    if last + 1 < len(words) and words[last + 1][1] - end == 1:
        end = words[last + 1][2]
    return WordRun(start, text[start:end])
