"""Words of a text as the index knows them: looked up once per spelling, then cached.

`WordReader.scan` finds the words that point to listed names: one compiled expression that yields only words with a
capital or of a script without case, and one dictionary look-up for each. `WordReader.words` reads every word of a short
stretch, for aligning a candidate.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from watchlist.matching.index.compiled import CompiledIndex
from watchlist.matching.language.lexicon import lexicon
from watchlist.matching.language.roles import Role
from watchlist.matching.language.syllabic import is_syllabic
from watchlist.matching.search.meanings import Meanings
from watchlist.matching.search.patterns import (
    ANY_WORD,
    INNER_WORDS,
    LONGEST_STRIP,
    NAMELIKE,
    STRIP,
    TAIL_WORDS,
    visible_end,
)
from watchlist.matching.search.words import Anchor, Meaning, Pointers, Word

_CACHED_WORDS: Final = 1 << 17
_LONGEST: Final = 48
_NO_GAP: Final = frozenset({"", ",", ";", ":", ")"})
#: As far as it takes to see whether a strip goes on after a word.
_GLANCE: Final = 24

_word: Final = partial(tuple.__new__, Word)


class WordReader:
    """Reads words against one index. Caches are bounded: they are emptied when full."""

    def __init__(self, index: CompiledIndex) -> None:
        self.index = index
        self._unread = Meanings(index)
        self._pointers: dict[str, Pointers | None] = {}
        self._meanings: dict[str, Meaning] = {}
        self._pairs: dict[int, tuple[int, ...]] = {}

    def scan(self, text: str) -> list[Anchor]:
        """The words of a text that point to listed names, in order, with their place."""
        found: list[Anchor] = []
        append = found.append
        known = self._pointers
        get = known.get
        for match in NAMELIKE.finditer(text):
            word = match.group()
            pointers = get(word)
            if pointers is None:
                if word in known:
                    continue
                pointers = self._point(word)
                if pointers is None:
                    continue
            start = match.start()
            append((start, start + pointers.length, pointers))
        return found

    def places(self, text: str) -> frozenset[str]:
        """The forms of a text's capitalised words that speak of a country."""
        forms = {self.meaning(word).form for word in NAMELIKE.findall(text)}
        return frozenset(forms & lexicon().countries.keys())

    def pair(self, first: Pointers, second: Pointers) -> tuple[int, ...]:
        """The names that two words together point to."""
        number = first.number << 32 | second.number
        names = self._pairs.get(number)
        if names is None:
            found: dict[int, None] = {}
            for a in first.paired:
                for b in second.paired:
                    if a != b:
                        found.update(dict.fromkeys(self.index.pair(a, b)))
            if len(self._pairs) > _CACHED_WORDS * 4:
                self._pairs.clear()
            names = self._pairs[number] = tuple(found)
        return names

    def strip_end(self, text: str, start: int) -> int:
        """Where the stretch ends that a name could cover: words with capitals, and small words between them."""
        found = STRIP.match(text, start, start + LONGEST_STRIP)
        return found.end() if found is not None else start

    @staticmethod
    def may_go_on(text: str, end: int) -> bool:
        """Whether a strip could reach beyond a word that ends here and has no other with a capital near after it.

        A glance that spares most of them the expression: what follows is a comma, or an everyday word.
        """
        following = text[end : end + _GLANCE]
        if following[:1] in _NO_GAP:
            return False
        word = following[1:].partition(" ")[0].rstrip(",.;:")
        everyday = following[0] == " " and word.isalpha() and word not in INNER_WORDS and word not in TAIL_WORDS
        return not everyday

    def words(self, text: str, start: int, end: int) -> list[Word]:
        """Every word that lies wholly in this stretch of the text."""
        found = []
        get = self._meanings.get
        # Split rather than searched, and made without the class's own constructor: this is where the time goes.
        pieces = iter(ANY_WORD.split(text[start:end]))
        gap, at = next(pieces), start
        at += len(gap)
        for surface in pieces:
            meaning = get(surface) or self.meaning(surface)
            stop = at + len(surface)
            if surface.isalnum():
                found.append(_word((at, stop, meaning, gap)))
                gap = next(pieces)
                at = stop + len(gap)
            else:
                seen = len(visible_end(surface))
                found.append(_word((at, at + seen, meaning, gap)))
                between = next(pieces)
                gap = surface[seen:] + between
                at = stop + len(between)
        return found

    def meaning(self, surface: str) -> Meaning:
        """What is known of a spelling."""
        meaning = self._meanings.get(surface)
        if meaning is None:
            meaning = self._unread.meaning(surface)
            if len(surface) <= _LONGEST:
                if len(self._meanings) > _CACHED_WORDS:
                    self._meanings.clear()
                self._meanings[surface] = meaning
        return meaning

    def _point(self, surface: str) -> Pointers | None:
        if is_syllabic(surface):
            return Pointers(-1, len(surface), (), (-1,), syllabic=True)
        if len(surface) > _LONGEST:
            return None
        meaning = self.meaning(surface)
        ids = [id for text in meaning.symbols if (id := self.index.symbol_id(text)) is not None]
        paired = tuple(id for id in ids if self.index.has_pairs(id))
        own = [id for id in ids if meaning.symbols[self.index.symbol_text(id)] >= 0.99][:1]
        singles = tuple(name for id in own for name in self.index.singles(id))
        if len(meaning.form) == 2 and meaning.all_caps:
            # Two letters name nobody, but with a number they do: MS-13.
            singles = tuple(name for name in singles if self._has_number(name))
        elif len(meaning.form) < 3:
            singles = ()
        if len(self._pointers) > _CACHED_WORDS:
            self._pointers.clear()
            self._pairs.clear()
        pointers = None
        if (paired or singles) and len(meaning.form) > 1:
            pointers = Pointers(len(self._pointers), len(visible_end(surface)), paired, singles)
        self._pointers[surface] = pointers
        return pointers

    def _has_number(self, name: int) -> bool:
        return any(part.role is Role.NUMBER for part in self.index.name(name).parts)
