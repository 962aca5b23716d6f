"""Listed names laid over a run of words: which names its words point to, and how each lies there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from watchlist.matching import table
from watchlist.matching.index.compiled import CompiledIndex, ListedName
from watchlist.matching.index.keys import frame_key
from watchlist.matching.language.known.lexicon import LEGAL_FORM
from watchlist.matching.language.roles import FAMILY_ROLES, Role
from watchlist.matching.language.syllabic import is_syllabic
from watchlist.matching.language.words import Word
from watchlist.matching.likeness.matched import PartMatch
from watchlist.matching.search.align import align
from watchlist.matching.search.alignment import Alignment
from watchlist.matching.search.gaps import HYPHENS, Gap, gap_kind
from watchlist.matching.search.patterns import (
    ANY_WORD,
    LETTERS,
    MAY_HAVE_MARKS,
    NAMELIKE_OR_NUMBER,
    WITHOUT_VOWELS,
)
from watchlist.matching.search.pointed import (
    ANY_LEGAL_FORM,
    ANY_WITH_INITIAL,
    MOST_NAMES,
    Pointed,
    Pointing,
    Worthwhile,
    written_small,
)
from watchlist.matching.search.reader import Pointers, WordReader, is_in_one
from watchlist.matching.search.signs import NAME_POINTS, SignReader, may_have_spaces
from watchlist.matching.search.stretch import Stretch
from watchlist.model import NameKind, NameOrigin

#: How many entities the same words may name: a bound on work, which lists of a hundred thousand names that say the same
#: do not come near.
_MOST_ENTITIES: Final = 16
#: The same of a run of signs without spaces.
_MOST_IN_SIGNS: Final = 256

Aligned = tuple[tuple[int, Alignment], ...]
_NOTHING: Final[frozenset[str]] = frozenset()


class Found(NamedTuple):
    """What the words of a stretch name."""

    #: Entities with their best alignment at each place; offsets count from the stretch's start.
    aligned: Aligned
    #: The symbols of words that texts write small, and of numbers, which right beside the stretch would belong to a
    #: name that its words point to.
    goes_on: frozenset[str]


class Finder:
    """Lays the listed names that the words of a stretch point to over it."""

    def __init__(self, index: CompiledIndex, reader: WordReader, worthwhile: Worthwhile | None = None) -> None:
        self.index = index
        self.reader = reader
        self._worthwhile = worthwhile
        self._pointing = Pointing(reader, worthwhile)
        self._signs = SignReader(index)

    def find(self, text: str) -> Found:
        """Whom the words of a text name; the same words name the same in every article."""
        without_vowels = not text.isascii() and WITHOUT_VOWELS.search(text) is not None
        goes_on = None if without_vowels or is_syllabic(text) else self._glance(text)
        if goes_on is not None:
            return Found((), goes_on)
        words = self.reader.words(text, 0, len(text))
        if without_vowels:
            points = self.reader.points([text[word.start : word.end] for word in words])
        else:
            points = [self.reader.pointers(text[word.start : word.end]) if _may_point(word) else None for word in words]
        runs = self._in_signs(text, words, points)
        if all(pointers is not None and pointers.syllabic for pointers in points):
            return Found(runs, _NOTHING)
        stretch = Stretch(words, points, self.reader)
        found: dict[tuple[int, int, int], Alignment] = {}
        tried: set[tuple[int, int]] = set()
        #: Entities that are there by a name in full: its first and last word, and how many parts it has.
        in_full: dict[int, tuple[int, int, int]] = {}
        small: set[str] = set()
        for at, pointers in enumerate(stretch.points):
            if pointers is not None and pointers.syllabic:
                continue
            names, beside = self._names(stretch, at, pointers)
            small |= beside
            for id, is_there in names.items():
                name = self.index.name(id)
                full = in_full.get(name.entity)
                if full is not None and full[0] <= at <= full[1] and len(name.parts) <= full[2]:
                    # The entity is there by another name already, letter for letter.
                    continue
                if is_there or _may_be_there(name, stretch) or not name.joined.isdisjoint(stretch.symbols):
                    self._try(name, stretch, at, tried, found, in_full)
        best: dict[tuple[int, int], Alignment] = {}
        for (entity, first, _), alignment in found.items():
            known = best.get((entity, first))
            if known is None or _better(alignment, known):
                best[entity, first] = alignment
        rows = [(entity, alignment) for (entity, _), alignment in best.items()]
        if self._worthwhile is not None:
            rows = [row for row in rows if self._worthwhile(text[row[1].start : row[1].end], row[1])]
        return Found((*_best_namesakes(rows), *runs), frozenset(small - stretch.symbols))

    def _glance(self, text: str) -> frozenset[str] | None:
        """None where a text wants a closer look; else what the names go on with of which it has too little.

        Most texts need no closer look.
        """
        if MAY_HAVE_MARKS.search(text):
            return None
        pointing = self._pointing
        pointed: list[Pointed] = []
        seen: list[Pointers] = []
        last, end = "", -1
        meaning_of = self.reader.meaning
        for surface, start, stop in _namelike(text):
            pointers = self.reader.pointers(surface)
            if pointers is not None and pointers.syllabic:
                return None
            if end >= 0 and start - end == 1 and self.reader.joined(meaning_of(last), meaning_of(surface)):
                return None
            last, end = surface, stop
            if pointers is None:
                if is_in_one(surface):
                    return None
                continue
            each = pointing.alone(pointers)
            if each.enough:
                return None
            if each.more:
                pointed.append(each)
            for before in seen[-table.PAIR_POINTERS :]:
                each = pointing.together(before, pointers)
                if each.enough:
                    return None
                if each.more:
                    pointed.append(each)
            seen.append(pointers)
        if not pointed:
            return _NOTHING
        keys = self._keys(text, seen)
        if any(not keys.isdisjoint(rest) for each in pointed for _, rest in each.more):
            return None
        return frozenset(symbol for each in pointed for symbol in each.goes_on)

    def _keys(self, text: str, seen: Iterable[Pointers]) -> set[str]:
        """Under which keys the words of a text may stand for parts of a listed name."""
        keys = set()
        if LETTERS.search(text):
            keys.add(ANY_LEGAL_FORM)
        for surface in ANY_WORD.findall(text):
            meaning = self.reader.meaning(surface)
            keys.update((meaning.symbol, meaning.form[:1] + ANY_WITH_INITIAL))
            if len(meaning.form) == 1:
                keys.add(meaning.form)
            if meaning.flags & LEGAL_FORM:
                keys.add(ANY_LEGAL_FORM)
        for pointers in seen:
            keys.update(pointers.stands_for)
            if pointers.meaning is not None:
                keys.add(frame_key(pointers.meaning.symbol))
        return keys

    def _names(self, stretch: Stretch, at: int, pointers: Pointers | None) -> tuple[dict[int, bool], set[str]]:
        """The names that a word points to, by itself, with one of the next, or written as one with the next.

        With each, whether it is sure to be there so far that a closer look is worth its while. Then what they go on
        with in small letters or numbers.
        """
        if pointers is None:
            # Half a word may point nowhere by itself.
            apart = self._written_apart(stretch, at) if self._may_go_together(stretch, at) else []
            return dict.fromkeys(apart, True), self._small(apart)
        names: dict[int, bool] = {}
        small: set[str] = set()

        def add(pointed: Pointed) -> None:
            small.update(pointed.goes_on)
            for id in pointed.enough:
                names[id] = True
            for id, rest in pointed.more:
                if id not in names and not stretch.keys.isdisjoint(rest):
                    names[id] = False

        add(self._pointing.alone(pointers))
        seconds = 0
        before = stretch.words[at]
        for beyond in range(at + 1, min(len(stretch.words), at + table.PAIR_WORDS)):
            next_word = stretch.words[beyond]
            if gap_kind(next_word.gap, before.meaning.form) is Gap.END:
                break
            before = next_word
            other = stretch.points[beyond]
            if beyond == at + 1 and self._may_go_together(stretch, at):
                apart = self._written_apart(stretch, at)
                names.update(dict.fromkeys(apart, True))
                small |= self._small(apart)
            if other is None or other.syllabic:
                continue
            add(self._pointing.together(pointers, other))
            seconds += 1
            if seconds == table.PAIR_POINTERS:
                break
        return names, small

    def _small(self, names: Iterable[int]) -> set[str]:
        """What names have in small letters or numbers."""
        found = [self.index.name(id) for id in names]
        return {symbol for name in found if not name.person for symbol in written_small(name, name.parts)}

    @staticmethod
    def _may_go_together(stretch: Stretch, at: int) -> bool:
        """Whether no more than a space or a hyphen stands between a word and the next."""
        if at + 1 == len(stretch.words):
            return False
        gap = stretch.words[at + 1].gap
        return gap == " " or gap in HYPHENS

    def _written_apart(self, stretch: Stretch, at: int) -> list[int]:
        """The names that a word and the next point to as one word: Electro-Mechanical."""
        joined = self.reader.joined(stretch.words[at].meaning, stretch.words[at + 1].meaning)
        if joined is None:
            return []
        names = [*joined.singles[:MOST_NAMES]]
        for near in (at - 1, at + 2):
            beside = stretch.points[near] if 0 <= near < len(stretch.points) else None
            if beside is not None and not beside.syllabic:
                names += self._most_likely(self.reader.pair(joined, beside), stretch)
        return names

    def _most_likely(self, names: Sequence[int], stretch: Stretch) -> Sequence[int]:
        """The few names of a posting to try; of a fleet whose ships differ by a number, those whose number is there."""
        if len(names) <= table.A_FLEET or not stretch.has_number:
            return names[:MOST_NAMES]
        return [id for id in names[:MOST_NAMES] if _numbers(self.index.name(id)) <= stretch.symbols]

    def _try(
        self,
        name: ListedName,
        stretch: Stretch,
        at: int,
        tried: set[tuple[int, int]],
        found: dict[tuple[int, int, int], Alignment],
        in_full: dict[int, tuple[int, int, int]],
    ) -> None:
        place = stretch.place(at, name.person)
        if (name.id, place) in tried:
            return
        tried.add((name.id, place))
        words = stretch.words if name.person else stretch.things
        alignment = align(name, words, place)
        if alignment is None:
            return
        if any(m.word.start == words[place].start for m in alignment.matches):
            # Of a word that stands for nothing by itself (the T of "M/T Taganrog") the next may be the whole name.
            tried.update((name.id, each) for each in range(alignment.first, alignment.last + 1))
        if alignment.score < table.LEAST_ALIGNMENT:
            return
        if stretch.as_written and not alignment.missing and all(m.likeness == 1.0 for m in alignment.matches):
            in_full[name.entity] = (alignment.first, alignment.last, len(name.parts))
        key = (name.entity, alignment.start, alignment.end)
        if key not in found or _better(alignment, found[key]):
            found[key] = alignment

    def _in_signs(self, text: str, words: Sequence[Word], points: Sequence[Pointers | None]) -> Aligned:
        """Entities whose names stand in the runs of signs of a text."""
        found: list[tuple[int, Alignment]] = []
        read_up_to = -1
        for at, pointers in enumerate(points):
            if at > read_up_to and pointers is not None and pointers.syllabic:
                read_up_to = _end_of_signs(words, points, at, text)
                found += self._read_signs(text, words[at].start, words[read_up_to].end)
        return tuple(found)

    def _read_signs(self, text: str, start: int, end: int) -> list[tuple[int, Alignment]]:
        """Entities whose names stand in a run of signs; a longer name goes before one inside it."""
        found: dict[int, Alignment] = {}
        for each in self._signs.names(text[start:end])[:_MOST_IN_SIGNS]:
            first, last = start + each.start, start + each.end
            name = self.index.name(each.name)
            word = Word(first, last, self.reader.meaning(text[first:last]), "")
            there = [part for part in name.parts if not each.family_only or part.role in FAMILY_ROLES]
            score = each.likeness
            if each.family_only:
                of_press = name.name.origin is NameOrigin.PRESS
                score = table.FAMILY_NAME_OF_THE_PRESS if of_press else table.FAMILY_NAME_THERE
            known = found.get(name.entity)
            if known is None or (score, last - first) > (known.score, known.end - known.start):
                matches = tuple(PartMatch(part, word, each.likeness) for part in there)
                missing = tuple(part for part in name.parts if part not in there)
                found[name.entity] = Alignment(name, 0, 0, first, last, matches, missing, (), score)
        return list(found.items())


def _end_of_signs(words: Sequence[Word], points: Sequence[Pointers | None], at: int, text: str) -> int:
    """The last word of a run of signs: a point joins the names of a foreigner, a space those of Korean or Thai."""
    while at + 1 < len(words):
        following = points[at + 1]
        gap = words[at + 1].gap
        if following is None or not following.syllabic:
            break
        if not (gap in NAME_POINTS or (gap == " " and may_have_spaces(text[words[at].end - 1]))):
            break
        at += 1
    return at


def _namelike(text: str) -> list[tuple[str, int, int]]:
    """The words of a text that may be part of a name, with where they begin and end; letters also as one word."""
    found = [(match[0], match.start(), match.end()) for match in NAMELIKE_OR_NUMBER.finditer(text)]
    if LETTERS.search(text):
        for letters in LETTERS.finditer(text):
            joined = "".join(letter for letter in letters[0] if letter.isupper())
            found.append((joined, letters.start(), letters.end()))
        found.sort(key=lambda each: each[1])
    return found


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


def _may_point(word: Word) -> bool:
    return word.meaning.capital or word.gap in HYPHENS or word.meaning.form.isdigit()


def _may_be_there(name: ListedName, stretch: Stretch) -> bool:
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
    return found >= (table.LEAST_SHARE if told else table.LEAST_OF_COMMON_WORDS) * total
