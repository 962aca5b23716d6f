"""Listed names laid over a run of words: which names its words point to, and how each lies there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from watchlist.matching.index.compiled import CompiledIndex, ListedName
from watchlist.matching.index.keys import frame_key
from watchlist.matching.language.lexicon import GENERIC, lexicon
from watchlist.matching.language.merging import thing_words
from watchlist.matching.language.roles import Role
from watchlist.matching.language.syllabic import find_keys
from watchlist.matching.language.words import Word, meaning_of
from watchlist.matching.likeness.matched import PartMatch
from watchlist.matching.search.align import align
from watchlist.matching.search.alignment import Alignment
from watchlist.matching.search.gaps import HYPHENS, Gap, gap_kind
from watchlist.matching.search.patterns import NAMELIKE_OR_NUMBER
from watchlist.matching.search.reader import Pointers, WordReader, is_in_one
from watchlist.model import NameKind

#: An alignment below this says nothing.
LEAST_ALIGNMENT: Final = 0.45
#: How many names one anchor may bring forward, the shortest first, and how many entities the same words may name: a
#: bound on work, which lists of a hundred thousand names that say the same do not come near.
_MOST_NAMES: Final = 512
_MOST_ENTITIES: Final = 64
#: From this many names of a posting on, those of a fleet are told by the number that stands in the text.
_A_FLEET: Final = 24
#: How many words that point somewhere, and how many words in all, the second word of a pair may stand away.
_PAIR_POINTERS: Final = 3
_PAIR_WORDS: Final = 6
#: This share of a name's weight must be there for a try to be worth its while.
_LEAST_SHARE: Final = 0.4
#: The same of a name of which none but common words are there; see `likeness.thing`.
_LEAST_OF_COMMON_WORDS: Final = 0.7
_CACHED_SYLLABLES: Final = 1 << 17

Aligned = tuple[tuple[int, Alignment], ...]


class Found(NamedTuple):
    """What the words of a stretch name."""

    #: Entities with their best alignment at each place; offsets count from the stretch's start.
    aligned: Aligned
    #: Whether small words or numbers right beside the stretch could belong to a name that was tried.
    may_go_on: bool


class _Stretch:
    """The words of a stretch, as a person's name and as a body's has them, and what they may stand for."""

    def __init__(self, words: list[Word], points: list[Pointers | None]) -> None:
        self.words = words
        self.things = thing_words(words)
        self.points = points
        self._merged = _places(words, self.things) if self.things is not words else None
        self.symbols = {word.meaning.symbol for word in words}
        if self._merged is not None:
            self.symbols.update(word.meaning.symbol for word in self.things)
        self.frames: set[str] = set()
        for word, pointers in zip(words, points, strict=True):
            if pointers is not None:
                self.symbols.update(pointers.stands_for)
                self.frames.add(frame_key(word.meaning.symbol))
        self.has_number = any(symbol.isdigit() for symbol in self.symbols)

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


class Finder:
    """Lays the listed names that the words of a stretch point to over it."""

    def __init__(self, index: CompiledIndex, reader: WordReader) -> None:
        self.index = index
        self.reader = reader
        self._syllables: dict[str, list[int]] = {}

    def find(self, text: str) -> Found:
        """Whom the words of a text name; the same words name the same in every article."""
        if not self._points_anywhere(text):
            return Found((), may_go_on=False)
        words = self.reader.words(text, 0, len(text))
        points = [self.reader.pointers(text[word.start : word.end]) if _may_point(word) else None for word in words]
        stretch = _Stretch(words, points)
        found: dict[tuple[int, int, int], Alignment] = {}
        tried: set[tuple[int, int]] = set()
        may_go_on = False
        runs: list[tuple[int, Alignment]] = []
        for at, pointers in enumerate(points):
            if pointers is None:
                continue
            if pointers.syllabic:
                runs += self._read_syllables(text, words[at])
                continue
            for id, is_there in self._names(stretch, at, pointers).items():
                name = self.index.name(id)
                may_go_on = may_go_on or _may_go_on(name, stretch.symbols)
                if not is_there and not _may_be_there(name, stretch):
                    continue
                self._try(name, stretch, at, tried, found)
        best: dict[tuple[int, int], Alignment] = {}
        for (entity, first, _), alignment in found.items():
            known = best.get((entity, first))
            if known is None or _better(alignment, known):
                best[entity, first] = alignment
        rows = [(entity, alignment) for (entity, _), alignment in best.items()]
        return Found((*_best_namesakes(rows), *runs), may_go_on)

    def _points_anywhere(self, text: str) -> bool:
        """Whether any word, or two near each other, point to a name: most stretches need no closer look."""
        before: list[Pointers] = []
        last, end = "", -1
        for match in NAMELIKE_OR_NUMBER.finditer(text):
            surface = match[0]
            pointers = self.reader.pointers(surface)
            if pointers is not None and (pointers.singles or pointers.syllabic):
                return True
            if end >= 0 and match.start() - end == 1 and self.reader.joined(meaning_of(last), meaning_of(surface)):
                return True
            last, end = surface, match.end()
            if pointers is None:
                if is_in_one(surface):
                    return True
                continue
            if any(self.reader.pair(each, pointers) for each in before):
                return True
            before = [*before[1 - _PAIR_POINTERS :], pointers]
        return False

    def _names(self, stretch: _Stretch, at: int, pointers: Pointers) -> dict[int, bool]:
        """The names that a word points to, by itself, with one of the next, or written as one with the next.

        With each, whether it is sure to be there so far that a closer look is worth its while.
        """
        word = stretch.words[at]
        names: dict[int, bool] = dict.fromkeys(pointers.singles[:_MOST_NAMES], False)
        seconds = 0
        before = word
        for beyond in range(at + 1, min(len(stretch.words), at + _PAIR_WORDS)):
            next_word = stretch.words[beyond]
            if gap_kind(next_word.gap, before.meaning.form) is Gap.END:
                break
            before = next_word
            other = stretch.points[beyond]
            if beyond == at + 1 and (next_word.gap == " " or next_word.gap in HYPHENS):
                names.update(dict.fromkeys(self._written_apart(stretch, at), True))
            if other is None or other.syllabic:
                continue
            for id in self._most_likely(self.reader.pair(pointers, other), stretch):
                names.setdefault(id, False)
            seconds += 1
            if seconds == _PAIR_POINTERS:
                break
        return names

    def _written_apart(self, stretch: _Stretch, at: int) -> list[int]:
        """The names that a word and the next point to as one word: Electro-Mechanical."""
        joined = self.reader.joined(stretch.words[at].meaning, stretch.words[at + 1].meaning)
        if joined is None:
            return []
        names = [*joined.singles[:_MOST_NAMES]]
        for near in (at - 1, at + 2):
            beside = stretch.points[near] if 0 <= near < len(stretch.points) else None
            if beside is not None and not beside.syllabic:
                names += self._most_likely(self.reader.pair(joined, beside), stretch)
        return names

    def _most_likely(self, names: Sequence[int], stretch: _Stretch) -> Sequence[int]:
        """The few names of a posting to try; of a fleet whose ships differ by a number, those whose number is there."""
        if len(names) <= _A_FLEET or not stretch.has_number:
            return names[:_MOST_NAMES]
        return [id for id in names[:_MOST_NAMES] if _numbers(self.index.name(id)) <= stretch.symbols]

    def _try(
        self,
        name: ListedName,
        stretch: _Stretch,
        at: int,
        tried: set[tuple[int, int]],
        found: dict[tuple[int, int, int], Alignment],
    ) -> None:
        place = stretch.place(at, name.person)
        if (name.id, place) in tried:
            return
        tried.add((name.id, place))
        alignment = align(name, stretch.words if name.person else stretch.things, place)
        if alignment is None:
            return
        tried.update((name.id, each) for each in range(alignment.first, alignment.last + 1))
        if alignment.score < LEAST_ALIGNMENT:
            return
        key = (name.entity, alignment.start, alignment.end)
        if key not in found or _better(alignment, found[key]):
            found[key] = alignment

    def _read_syllables(self, text: str, run: Word) -> list[tuple[int, Alignment]]:
        """Entities whose names stand in a run of signs without spaces; a longer name goes before one inside it."""
        found: dict[int, Alignment] = {}
        signs = text[run.start : run.end]
        for first, last, key, likeness in find_keys(signs, lambda key: bool(self._syllable_key(key))):
            start, end = run.start + first, run.start + last
            for id in self._syllable_key(key):
                name = self.index.name(id)
                word = Word(start, end, self.reader.meaning(text[start:end]), "")
                matches = tuple(PartMatch(part, word, likeness) for part in name.parts)
                known = found.get(name.entity)
                if known is None or (likeness, end - start) > (known.score, known.end - known.start):
                    found[name.entity] = Alignment(name, 0, 0, start, end, matches, (), (), likeness)
        return list(found.items())

    def _syllable_key(self, key: str) -> list[int]:
        ids = self._syllables.get(key)
        if ids is None:
            if len(self._syllables) > _CACHED_SYLLABLES:
                self._syllables.clear()
            ids = self._syllables[key] = self.index.with_syllables(key)[:_MOST_ENTITIES]
        return ids


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
    return (one.score, one.end - one.start) > (other.score, other.end - other.start)


def _may_go_on(name: ListedName, symbols: set[str]) -> bool:
    """Whether the name has, beyond what is there, words that texts write small, or numbers."""
    if name.person:
        return False
    flags = lexicon().flags
    return any(
        part.symbol not in symbols
        and (part.form[:1].isdigit() or any(flags.get(word, 0) & GENERIC for word in part.form.split()))
        for part in name.parts
    )


def _may_point(word: Word) -> bool:
    return word.meaning.capital or word.gap in HYPHENS or word.meaning.form.isdigit()


def _may_be_there(name: ListedName, stretch: _Stretch) -> bool:
    """Whether the words around hold enough of the name for an alignment to be worth its while."""
    total = found = 0.0
    number, told, other_lost = 0, name.person, False
    for symbol, frame, weight, telling in name.weights:
        total += weight
        if symbol in stretch.symbols or frame in stretch.frames:
            found += weight
            number += 1
            told = told or telling
        elif telling:
            other_lost = True
    if number < 2 and (other_lost and not name.person):
        # One word of a body's name is not enough where another tells it from others.
        return False
    return found >= (_LEAST_SHARE if told else _LEAST_OF_COMMON_WORDS) * total
