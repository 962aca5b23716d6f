"""Strips and the listed names in them, remembered: the same words give the same alignments in every article."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from watchlist.matching.index.compiled import CompiledIndex, ListedName
from watchlist.matching.language.lexicon import GENERIC, lexicon
from watchlist.matching.language.roles import Role
from watchlist.matching.language.syllabic import find_keys
from watchlist.matching.search.align import align
from watchlist.matching.search.alignment import Alignment, PartMatch
from watchlist.matching.search.reader import WordReader
from watchlist.matching.search.words import Word
from watchlist.model import NameKind

#: An alignment below this says nothing.
LEAST_ALIGNMENT: Final = 0.45
#: How many names one anchor may bring forward, the shortest first, and how many entities the same words may name: a
#: bound on work, which lists of a hundred thousand names that say the same do not come near.
_MOST_NAMES: Final = 512
_MOST_ENTITIES: Final = 64
#: From this many names of a posting on, those of a fleet are told by the number that stands in the text.
_A_FLEET: Final = 24
#: How far apart, in characters, the two words of a pair may stand.
PAIR_GAP: Final = 18
_CACHED_STRIPS: Final = 1 << 15
_CACHED_SYLLABLES: Final = 1 << 17

Aligned = tuple[tuple[int, Alignment], ...]


class Strip(NamedTuple):
    """What the words of a strip name."""

    #: Entities with their best alignment at each place; offsets count from the strip's start.
    aligned: Aligned
    #: Whether small-lettered words or numbers right after the strip could belong to a name that was tried.
    may_go_on: bool


class Strips:
    """Lays the listed names that its words point to over a stretch of text.

    ``worthwhile`` says of a stretch, an entity's number and an alignment whether it is worth a look in any article.
    """

    def __init__(
        self, index: CompiledIndex, reader: WordReader, worthwhile: Callable[[str, int, Alignment], bool]
    ) -> None:
        self.index = index
        self.reader = reader
        self._worthwhile = worthwhile
        self._strips: dict[str, Strip] = {}
        self._syllables: dict[str, list[int]] = {}

    def read(self, strip: str) -> Strip:
        """What a stretch names; the same words name the same in every article."""
        found = self._strips.get(strip)
        if found is None:
            found = self._read(strip)
            if len(self._strips) > _CACHED_STRIPS:
                self._strips.clear()
            self._strips[strip] = found
        return found

    def read_syllables(self, run: str) -> Aligned:
        """Entities whose names stand in a run of signs without spaces; a longer name goes before one inside it."""
        found: dict[int, Alignment] = {}
        for start, end, key, likeness in find_keys(run, lambda key: bool(self._syllable_key(key))):
            for id in self._syllable_key(key):
                name = self.index.name(id)
                word = Word(start, end, self.reader.meaning(run[start:end]), "")
                matches = tuple(PartMatch(part, word, likeness) for part in name.parts)
                known = found.get(name.entity)
                if known is None or (likeness, end - start) > (known.score, known.end - known.start):
                    found[name.entity] = Alignment(name, 0, 0, start, end, matches, (), (), likeness)
        return tuple(found.items())

    def _syllable_key(self, key: str) -> list[int]:
        ids = self._syllables.get(key)
        if ids is None:
            if len(self._syllables) > _CACHED_SYLLABLES:
                self._syllables.clear()
            ids = self._syllables[key] = self.index.with_syllables(key)[:_MOST_ENTITIES]
        return ids

    def _read(self, strip: str) -> Strip:
        words = self.reader.words(strip, 0, len(strip))
        symbols = {symbol for word in words for symbol in word.meaning.symbols}
        places = {word.start: at for at, word in enumerate(words)}
        anchors = self.reader.scan(strip)
        found: dict[tuple[int, int, int], Alignment] = {}
        tried: set[tuple[int, int]] = set()
        may_go_on = False
        for at, (start, end, pointers) in enumerate(anchors):
            names = list(pointers.singles[:_MOST_NAMES])
            for next_start, _, other in anchors[at + 1 : at + 4]:
                if next_start - end > PAIR_GAP:
                    break
                paired = self.reader.pair(pointers, other)
                # Of a fleet, the number after the strip tells which ships to try.
                may_go_on = may_go_on or len(paired) > _A_FLEET
                names += self._most_likely(paired, symbols)
            place = places.get(start)
            if place is None:
                continue
            for id in dict.fromkeys(names):
                name = self.index.name(id)
                may_go_on = may_go_on or _may_go_on(name, symbols)
                self._try(name, words, place, symbols, tried, found)
        best: dict[tuple[int, int], Alignment] = {}
        for (entity, first, _), alignment in found.items():
            known = best.get((entity, first))
            if known is None or _better(alignment, known):
                best[entity, first] = alignment
        rows = [(entity, alignment) for (entity, _), alignment in best.items()]
        return Strip(tuple(row for row in _best_namesakes(rows) if self._worthwhile(strip, *row)), may_go_on)

    def _most_likely(self, names: Sequence[int], symbols: set[str]) -> Sequence[int]:
        """The few names of a posting to try; of a fleet whose ships differ by a number, those whose number is there."""
        if len(names) <= _A_FLEET or not any(symbol.isdigit() for symbol in symbols):
            return names[:_MOST_NAMES]
        return [id for id in names[:_MOST_NAMES] if _numbers(self.index.name(id)) <= symbols]

    @staticmethod
    def _try(
        name: ListedName,
        words: list[Word],
        place: int,
        symbols: set[str],
        tried: set[tuple[int, int]],
        found: dict[tuple[int, int, int], Alignment],
    ) -> None:
        if (name.id, place) in tried or not _may_be_there(name, symbols):
            return
        alignment = align(name, words, place)
        if alignment is None:
            return
        tried.update((name.id, at) for at in range(alignment.first, alignment.last + 1))
        if alignment.score < LEAST_ALIGNMENT:
            return
        key = (name.entity, alignment.first, alignment.last)
        if key not in found or _better(alignment, found[key]):
            found[key] = alignment


def _numbers(name: ListedName) -> set[str]:
    return {part.form for part in name.parts if part.role is Role.NUMBER}


def _best_namesakes(rows: list[tuple[int, Alignment]]) -> list[tuple[int, Alignment]]:
    """Of very many entities that fit the very same words, those that fit them best."""
    by_span: dict[tuple[int, int], list[tuple[int, Alignment]]] = {}
    for row in rows:
        by_span.setdefault((row[1].start, row[1].end), []).append(row)
    kept = []
    for namesakes in by_span.values():
        if len(namesakes) > _MOST_ENTITIES:
            namesakes.sort(key=lambda row: (-row[1].score, row[1].name.name.kind is not NameKind.PRIMARY, row[0]))
        kept += namesakes[:_MOST_ENTITIES]
    return kept


def _better(one: Alignment, other: Alignment) -> bool:
    return (one.score, one.last - one.first) > (other.score, other.last - other.first)


def _may_go_on(name: ListedName, symbols: set[str]) -> bool:
    """Whether the name has, beyond what is there, words that texts write small, or that begin with a digit."""
    if name.person:
        return False
    flags = lexicon().flags
    small = {
        part.symbol
        for part in name.parts
        if part.form[:1].isdigit() or any(flags.get(word, 0) & GENERIC for word in part.form.split())
    }
    return not small <= symbols and _may_be_there(name, small | symbols)


def _may_be_there(name: ListedName, symbols: set[str]) -> bool:
    """Whether the words around hold enough of the name for an alignment to be worth its while."""
    total = found = 0.0
    for symbol, weight in name.weights:
        total += weight
        if symbol in symbols:
            found += weight
    return found >= 0.4 * total
