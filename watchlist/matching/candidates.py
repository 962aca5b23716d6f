"""Anchors to candidates: align what the index points to, then read the article as a whole.

A candidate inside a longer match of another entity is dropped; a family name alone belongs to the person whose full name the
article has; entities that fit the same words equally well are kept together as namesakes.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Callable

from watchlist.matching.aligner import PAIR_GAP, Aligner
from watchlist.matching.align import Alignment
from watchlist.matching.index import Index
from watchlist.matching.names import Role, parse_name
from watchlist.matching.reading import Candidate, Reading
from watchlist.model import Field

#: A family name alone that more listed entities bear cannot be told to belong to one of them.
_MOST_RELATIVES = 3

Found = dict[int, list[Candidate]]


def find_candidates(reading: Reading, aligner: Aligner, wanted: Callable[[int], bool] | None) -> Found:
    """The candidates of each entity (by its number in the index) that survive a reading of the whole article.

    ``wanted`` says of an entity's number whether it is to be looked for; None takes all.
    """
    collected = _Collector(reading, aligner, wanted)
    for field, text in reading.texts.items():
        if text:
            collected.field(field, text)
    found = collected.found
    if not found:
        return found
    _drop_inner(found)
    _read_family_names(found, aligner.index)
    _mark_namesakes(found)
    for candidates in found.values():
        if len(candidates) > 1:
            names = {" ".join(m.word.meaning.form for m in c.alignment.matches): c.surface for c in candidates}
            for c in candidates:
                own = {m.word.meaning.form for m in c.alignment.matches}
                c.other_names = tuple(s for key, s in sorted(names.items()) if not own & set(key.split()))
    return found


class _Collector:
    """Finds, in each field, the stretches that listed names point to, and lays the names over them."""

    def __init__(self, reading: Reading, aligner: Aligner, wanted: Callable[[int], bool] | None) -> None:
        self.found: Found = {}
        self._reading = reading
        self._aligner = aligner
        self._wanted = wanted

    def field(self, field: Field, text: str) -> None:
        """Collect the candidates of one field."""
        reader = self._reading.reader
        pair = reader.pair
        anchors = reader.scan(text)
        last = len(anchors) - 1
        done = 0
        for at, (start, end, key) in enumerate(anchors):
            if start < done:
                continue
            if not key.singles:
                if at == last or not key.paired:
                    continue
                next_start, _, other = anchors[at + 1]
                if next_start - end > PAIR_GAP:
                    continue
                if not (other.paired and pair(key, other)):
                    if at + 2 > last:
                        continue
                    next_start, _, other = anchors[at + 2]
                    if next_start - end > PAIR_GAP or not (other.paired and pair(key, other)):
                        continue
            done = reader.strip_end(text, start)
            for entity, alignment in self._aligner.read(text[start:done]):
                if self._wanted is None or self._wanted(entity):
                    self._keep(field, start, entity, alignment)

    def _keep(self, field: Field, start: int, entity: int, alignment: Alignment) -> None:
        begin, end = start + alignment.start, start + alignment.end
        kept = self.found.setdefault(entity, [])
        kept.append(Candidate(field, begin, end, alignment, self._aligner.index.entity(entity), self._reading))


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
    if difference > 0.1:
        dropped.add(id(other))
    elif difference < -0.1:
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
                holders = index.counts(id)[1] if id is not None else 0
                if holders > _MOST_RELATIVES and not owners.get(form):
                    continue
            kept.append(c)
        found[entity] = kept
        if not kept:
            del found[entity]


def _mark_namesakes(found: Found) -> None:
    """Tell candidates for the same span of each other, and the lesser ones why another fits better."""
    by_span: dict[tuple[str, int, int], list[Candidate]] = defaultdict(list)
    for candidates in found.values():
        for c in candidates:
            by_span[c.field, c.start, c.end].append(c)
    for rivals in by_span.values():
        if len(rivals) < 2:
            continue
        best = max(rivals, key=_fit)
        for c in rivals:
            c.rivals = tuple(_told_apart(r) for r in rivals if r is not c)
            if c is not best and _fit(c) < _fit(best):
                c.better = f"{_told_apart(best)} fits the same words better"


def _fit(c: Candidate) -> tuple[float, int, bool]:
    """What tells namesakes apart: nearness of the name, support in the article, primary name before alias."""
    countries, words = c.support()
    return (
        round(c.alignment.score, 2),
        2 * len(countries) + len(words),
        [p.symbol for p in c.alignment.name.parts[:2]]
        == [p.symbol for p in parse_name(c.entity.names[0], c.schema)[:2]],
    )


def _told_apart(c: Candidate) -> str:
    """An entity with what tells it from its namesakes."""
    e = c.entity
    about = [*e.designations[:1], *(f"born {b}" for b in e.birth_dates[:1]), *(e.programs[:2])]
    return f"{e.caption} ({', '.join([e.id, *about])})"
