"""Anchors to candidates: align what the index points to, then read the article as a whole.

A candidate inside a longer match of another entity is dropped; a family name alone belongs to the person whose full name the
article has; entities that fit the same words equally well are kept together as namesakes.
"""

from __future__ import annotations

from collections import defaultdict

from watchlist.matching.align import Alignment, align
from watchlist.matching.index import Index, ListedName
from watchlist.matching.names import Role
from watchlist.matching.reading import Candidate, Reading
from watchlist.matching.score import LEAST_ALIGNMENT
from watchlist.matching.tokens import Word
from watchlist.model import Field

#: How far apart, in characters, the two words of a pair may stand.
_PAIR_GAP = 18
_BEFORE, _AFTER = 70, 110
#: How many names one anchor may bring forward, and how often one spelling is tried in an article.
_MOST_NAMES = 24
_MOST_TRIES = 4

Found = dict[int, list[Candidate]]


def find_candidates(
    reading: Reading, index: Index, lists: frozenset[str] | None, entities: frozenset[str] | None
) -> Found:
    """The candidates of each entity (by its number in the index) that survive a reading of the whole article."""
    collected = _Collector(reading, index, lists, entities)
    for field, text in reading.texts.items():
        if text:
            collected.field(field, text)
    found = collected.found
    if not found:
        return found
    _drop_inner(found)
    _read_family_names(found, index)
    _mark_rivals(found)
    for candidates in found.values():
        names = {" ".join(m.word.meaning.form for m in c.alignment.matches): c.surface for c in candidates}
        for c in candidates:
            own = {m.word.meaning.form for m in c.alignment.matches}
            c.other_names = tuple(s for key, s in sorted(names.items()) if not own & set(key.split()))
    return found


class _Collector:
    """Aligns what the anchors of an article point to."""

    def __init__(
        self, reading: Reading, index: Index, lists: frozenset[str] | None, entities: frozenset[str] | None
    ) -> None:
        self.found: Found = {}
        self._reading = reading
        self._index = index
        self._lists = lists
        self._entities = entities

    def field(self, field: Field, text: str) -> None:
        reader = self._reading.reader
        anchors = reader.scan(text)
        last = len(anchors) - 1
        tries: dict[int, int] = defaultdict(int)
        for at, (start, end, key) in enumerate(anchors):
            if key.paired:
                for ahead in range(at + 1, min(last, at + 3) + 1):
                    next_start, _, other = anchors[ahead]
                    if next_start - end > _PAIR_GAP:
                        break
                    if other.paired:
                        names = reader.pair(key, other)
                        if names:
                            self._try(field, text, start, names)
            if key.singles and tries[key.number] < _MOST_TRIES:
                tries[key.number] += 1
                self._try(field, text, start, key.singles)

    def _try(self, field: Field, text: str, start: int, names: tuple[int, ...]) -> None:
        words: list[Word] | None = None
        anchor = 0
        symbols: set[str] = set()
        best: dict[int, Alignment] = {}
        for id in names[:_MOST_NAMES]:
            name = self._index.name(id)
            if not self._wanted(name):
                continue
            if words is None:
                words, anchor = self._window(text, start)
                if anchor < 0:
                    return
                symbols = {symbol for word in words for symbol in word.meaning.symbols}
            if not _may_be_there(name, symbols):
                continue
            found = align(name, words, anchor)
            if found is not None and found.score >= LEAST_ALIGNMENT:
                known = best.get(name.entity)
                if known is None or (found.score, found.last - found.first) > (known.score, known.last - known.first):
                    best[name.entity] = found
        for entity, alignment in best.items():
            assert words is not None  # noqa: S101  # an alignment lies over words
            begin, end = words[alignment.first].start, words[alignment.last].end
            kept = self.found.setdefault(entity, [])
            if not any(c.field == field and c.start == begin and c.end == end for c in kept[-3:]):
                kept.append(Candidate(field, begin, end, alignment, words, self._index.entity(entity), self._reading))

    def _wanted(self, name: ListedName) -> bool:
        if self._lists is None and self._entities is None:
            return True
        entity = self._index.entity(name.entity)
        return (self._lists is None or entity.list_id in self._lists) and (
            self._entities is None or entity.id in self._entities
        )

    def _window(self, text: str, start: int) -> tuple[list[Word], int]:
        """The words around an anchor, and which of them it is."""
        left = max(0, start - _BEFORE)
        while left > 0 and left < start and text[left - 1].isalnum():
            left += 1
        words = self._reading.reader.words(text, left, min(len(text), start + _AFTER))
        for at, word in enumerate(words):
            if word.start == start or word.start < start < word.end:
                return words, at
        return words, -1


def _may_be_there(name: ListedName, symbols: set[str]) -> bool:
    """Whether the words around hold enough of the name for an alignment to be worth its while."""
    total = found = 0.0
    for symbol, weight in name.weights:
        total += weight
        if symbol in symbols:
            found += weight
    return found >= 0.4 * total


def _drop_inner(found: Found) -> None:
    """Drop candidates that lie inside a longer and no worse match of another entity."""
    everything = [(entity, c) for entity, candidates in found.items() for c in candidates]
    by_field: dict[str, list[tuple[int, Candidate]]] = defaultdict(list)
    for row in everything:
        by_field[row[1].field].append(row)
    dropped: set[int] = set()
    for rows in by_field.values():
        rows.sort(key=lambda row: (row[1].start, -row[1].end))
        open_rows: list[tuple[int, Candidate]] = []
        for entity, c in rows:
            open_rows = [row for row in open_rows if row[1].end > c.start]
            for other, outer in open_rows:
                if other == entity:
                    continue
                longer = outer.end - outer.start > c.end - c.start and outer.end >= c.end
                if longer and outer.alignment.score >= min(0.7, c.alignment.score):
                    dropped.add(id(c))
                elif outer.start == c.start and outer.end == c.end:
                    _drop_worse(outer, c, dropped)
            open_rows.append((entity, c))
    for entity in list(found):
        found[entity] = [c for c in found[entity] if id(c) not in dropped]
        if not found[entity]:
            del found[entity]


def _drop_worse(one: Candidate, other: Candidate, dropped: set[int]) -> None:
    difference = one.alignment.score - other.alignment.score
    if difference > 0.05:
        dropped.add(id(other))
    elif difference < -0.05:
        dropped.add(id(one))


def _is_family_only(c: Candidate) -> bool:
    roles = {m.part.role for m in c.alignment.matches}
    return bool(roles & {Role.SURNAME, Role.SURNAME2}) and not roles & {Role.GIVEN, Role.MIDDLE}


def _read_family_names(found: Found, index: Index) -> None:
    """A family name alone goes to the person named in full; otherwise it stays, with how many bear it."""
    owners: dict[str, set[int]] = defaultdict(set)
    for entity, candidates in found.items():
        for c in candidates:
            if not _is_family_only(c):
                for m in c.alignment.matches:
                    if m.part.role in (Role.SURNAME, Role.SURNAME2):
                        owners[m.word.meaning.form].add(entity)
    for entity in list(found):
        kept = []
        for c in found[entity]:
            if _is_family_only(c):
                form = c.alignment.matches[0].word.meaning.form
                if owners.get(form) and entity not in owners[form]:
                    continue
                id = index.symbol_id(c.alignment.matches[0].part.symbol)
                c.family_holders = index.counts(id)[1] if id is not None else 0
            kept.append(c)
        found[entity] = kept
        if not kept:
            del found[entity]


def _mark_rivals(found: Found) -> None:
    """Tell candidates for the same span of each other."""
    by_span: dict[tuple[str, int, int], list[Candidate]] = defaultdict(list)
    for candidates in found.values():
        for c in candidates:
            by_span[c.field, c.start, c.end].append(c)
    for rivals in by_span.values():
        if len(rivals) > 1:
            for c in rivals:
                c.rivals = tuple(f"{r.entity.caption} ({r.entity.id})" for r in rivals if r is not c)
