"""Stretches of words over which names are laid; in scripts without capitals, where one may be.

There all of a sentence is one chain: *runs* of words that point to listed names are what is worth a look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from watchlist.matching import table
from watchlist.matching.index.keys import frame_key
from watchlist.matching.language.known.lexicon import LEGAL_FORM
from watchlist.matching.language.merging import thing_words
from watchlist.matching.language.words import Word
from watchlist.matching.search.patterns import ANY_WORD
from watchlist.matching.search.pointed import ANY_LEGAL_FORM, ANY_WITH_INITIAL
from watchlist.matching.search.reader import Pointers, WordReader

#: What no name reaches across.
_END: Final = re.compile(r"[.!?;:\n؟؛•|]")


class Stretch:
    """The words of a stretch, as a person's name and as a body's has them, and what they may stand for."""

    def __init__(self, words: list[Word], points: Sequence[Pointers | None], reader: WordReader) -> None:
        self.words = words
        self.things = thing_words(words)
        self.points = [*points]
        self._merged = _places(words, self.things) if self.things is not words else None
        #: Whether a body's name has the very words of the stretch, so that both are counted alike.
        self.as_written = self._merged is None
        if self._merged is not None:
            self._point_letters(reader)
        self.symbols = {word.meaning.symbol for word in words}
        if self._merged is not None:
            self.symbols.update(word.meaning.symbol for word in self.things)
        self.frames: set[str] = set()
        for word, pointers in zip(words, self.points, strict=True):
            if pointers is not None:
                self.symbols.update(pointers.stands_for)
                self.frames.add(frame_key(word.meaning.symbol))
        #: What parts of listed names are looked for under.
        self.keys = {*self.symbols, *self.frames, *(word.meaning.form for word in words if len(word.meaning.form) == 1)}
        self.keys.update(word.meaning.form[:1] + ANY_WITH_INITIAL for word in words)
        if any(word.meaning.flags & LEGAL_FORM for word in self.things):
            self.keys.add(ANY_LEGAL_FORM)
        self.has_number = any(symbol.isdigit() for symbol in self.symbols)

    def _point_letters(self, reader: WordReader) -> None:
        """Let letters that are one word (``A.C.S.``) point to what that word points to."""
        firsts = {word.start: at for at, word in enumerate(self.words)}
        for thing in self.things:
            at = firsts[thing.start]
            if thing.end != self.words[at].end and not thing.meaning.flags & LEGAL_FORM:
                self.points[at] = reader.pointers(thing.meaning.form.upper()) or self.points[at]

    def place(self, at: int, person: bool) -> int:
        """Where the word ``at`` stands among the words of a body's name, or of a person's."""
        return at if person or self._merged is None else self._merged[at]


def _places(words: list[Word], things: list[Word]) -> list[int]:
    """For each word the one of the merged words that it is part of."""
    places = []
    at = 0
    for word in words:
        while things[at].end < word.end:
            at += 1
        places.append(at)
    return places


class NameRun(NamedTuple):
    """Where a run begins in its chain, and its words."""

    start: int
    words: str


def runs_in(text: str, reader: WordReader) -> Iterator[NameRun]:
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


def _run(text: str, words: Sequence[tuple[str, int, int]], first: int, last: int) -> NameRun:
    start, end = words[first][1], words[last][2]
    if last + 1 < len(words) and words[last + 1][1] - end == 1:
        end = words[last + 1][2]
    return NameRun(start, text[start:end])
