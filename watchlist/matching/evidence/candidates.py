"""Anchors to candidates: align what the index points to, then read the article as a whole.

A candidate inside a longer match of another entity is dropped; a family name alone belongs to the person whose full
name the article has; entities that fit the same words equally well are kept together as namesakes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

from watchlist.matching.evidence.reading import Candidate, Reading
from watchlist.matching.index.compiled import Index
from watchlist.matching.index.identifiers import FoundIdentifier, find_identifiers
from watchlist.matching.language.lexicon import GIVEN, ORDINARY, PARTICLE, PLACE, TITLE
from watchlist.matching.search.align import FAMILY_ROLES, Alignment
from watchlist.matching.search.chains import Chains
from watchlist.model import Field

#: A family name alone that more listed entities bear cannot be told to belong to one of them.
_MOST_RELATIVES = 3

#: How near an identifier belongs to the name before or after it, in characters.
_BY_THE_NAME = 60

_LONGEST_ARTICLE = 7
_ARTICLE = re.compile(rf"(?<![^\W_])([A-Za-z]{{2,{_LONGEST_ARTICLE - 1}}})[ \-\u2011]$")
_NAME_BEFORE = re.compile(
    r"([^\W\d_a-z][^\W\d_]+)[\s\u200b\u200c\u2060\xa0]{1,3}(?:(?:[Aa]l|[Ee]l|bin|ibn|de|van|von)[\s\-\u2011]+)?$"
)
_NAME_AFTER = re.compile(r"[\s\u200b\u200c\u2060\xa0]{1,3}(?:[Aa]l[\s\-\u2011]+)?([^\W\d_a-z][^\W\d_]+)")

Found = dict[int, list[Candidate]]
#: Says of an entity's number whether it is to be looked for; None takes all.
Wanted = Callable[[int], bool] | None


def find_candidates(reading: Reading, chains: Chains, index: Index, wanted: Wanted) -> Found:
    """The candidates of each entity (by its number in the index) that survive a reading of the whole article."""
    collected = _Collector(reading, index, wanted)
    for field, text in reading.texts.items():
        if text:
            collected.field(field, text, chains)
    found = collected.found
    if index.has_identifiers:
        _read_identifiers(found, reading, index, wanted)
    if len(found) > 1:
        _drop_inner(found)
    if collected.alone and _keep_family_names(collected, index) and len(found) > 1:
        _drop_inner(found)
    if not found:
        return found
    _mark_namesakes(found)
    for candidates in found.values():
        if len(candidates) > 1:
            names = {c.alignment.phrase: (c.alignment.symbols, c.surface) for c in candidates if c.alignment.matches}
            for c in candidates:
                own = c.alignment.symbols
                c.other_names = tuple(s for _, (theirs, s) in sorted(names.items()) if own.isdisjoint(theirs))
    return found


class _Alone(NamedTuple):
    """A family name that stands alone; whose it is shows when the article has been read."""

    field: Field
    start: int
    end: int
    entity: int
    alignment: Alignment


class _Collector:
    """Finds, in each field, the stretches that listed names point to."""

    def __init__(self, reading: Reading, index: Index, wanted: Wanted) -> None:
        self.found: Found = {}
        self.alone: list[_Alone] = []
        self.reading = reading
        self._index = index
        self._wanted = wanted

    def field(self, field: Field, text: str, chains: Chains) -> None:
        """Collect the candidates of one field."""
        stretches, places = chains.read(text)
        self.reading.places |= places
        for at, aligned in stretches:
            for entity, alignment in aligned:
                if self._wanted is not None and not self._wanted(entity):
                    continue
                start, end = at + alignment.start, at + alignment.end
                if start and alignment.lost_particles:
                    start = _with_article(text, start, alignment)
                if alignment.family_name_only:
                    self.alone.append(_Alone(field, start, end, entity, alignment))
                else:
                    self._keep(field, start, end, entity, alignment)

    def keep(self, alone: _Alone) -> None:
        """Make a candidate of a family name that stands alone."""
        self._keep(*alone)

    def _keep(self, field: Field, start: int, end: int, entity: int, alignment: Alignment) -> None:
        candidate = Candidate(field, start, end, alignment, self._index.entity(entity), self.reading)
        kept = self.found.get(entity)
        if kept is None:
            self.found[entity] = [candidate]
        else:
            kept.append(candidate)


def _with_article(text: str, begin: int, alignment: Alignment) -> int:
    """Where a name begins with the small word that the list has too: [al-]Shabaab, [Abdel] Fattah al-Burhan."""
    article = _ARTICLE.search(text, max(0, begin - _LONGEST_ARTICLE), begin)
    if article is None or article.group(1).lower() not in alignment.lost_particles:
        return begin
    return article.start(1)


def _read_identifiers(found: Found, reading: Reading, index: Index, wanted: Wanted) -> None:
    """Let identifiers speak: for the entities that have them, also where no name is near, and against namesakes."""
    for field, text in reading.texts.items():
        standing = find_identifiers(text)
        for identifier in standing:
            for entity in index.with_identifier(identifier.normal):
                if wanted is not None and not wanted(entity):
                    continue
                length = identifier.end - identifier.start
                alignment = Alignment(index.primary_name(entity), 0, 0, 0, length, (), (), (), 1.0)
                by_number = Candidate(field, identifier.start, identifier.end, alignment, index.entity(entity), reading)
                found.setdefault(entity, []).append(by_number)
                for c in found[entity]:
                    c.identifier = f"{identifier.normal.replace(':', ' ')} stands in the {field}"
        if standing:
            _mark_foreign(found, field, [i for i in standing if i.kind == "imo"])


def _mark_foreign(found: Found, field: Field, standing: list[FoundIdentifier]) -> None:
    """Mark ships whose name stands by the IMO number of another ship."""
    for candidates in found.values():
        for c in candidates:
            if c.field != field or c.identifier or not any(i.kind == "imo" for i in c.entity.identifiers):
                continue
            near = [i for i in standing if abs(i.start - c.end) < _BY_THE_NAME or abs(c.start - i.end) < _BY_THE_NAME]
            if near:
                c.foreign_identifier = f"{near[0].normal.replace(':', ' ')} is not the listed one"


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
                if longer and _passed_over(outer, c):
                    dropped.add(id(outer))
                elif longer and outer.alignment.score >= min(0.7, c.alignment.score):
                    dropped.add(id(c))
                elif outer.start == c.start and outer.end == c.end:
                    _drop_worse(outer, c, dropped)
            open_rows.append((entity, c))
    for entity in list(found):
        found[entity] = [c for c in found[entity] if id(c) not in dropped]
        if not found[entity]:
            del found[entity]


def _passed_over(outer: Candidate, inner: Candidate) -> bool:
    """Whether the outer name leaves out, as foreign to it, a word that the inner name needs: Iran's [Mahan Air]."""
    if inner.alignment.score < 0.99 or not outer.alignment.extra:
        return False
    shift = outer.start - outer.alignment.start
    return any(inner.start <= shift + word.start < inner.end for word in outer.alignment.extra)


def _drop_worse(one: Candidate, other: Candidate, dropped: set[int]) -> None:
    difference = one.alignment.score - other.alignment.score
    if difference > 0.1:
        dropped.add(id(other))
    elif difference < -0.1:
        dropped.add(id(one))


def _keep_family_names(collected: _Collector, index: Index) -> bool:
    """A family name alone goes to the person named in full; otherwise it stays where it can be one person's.

    It cannot where many listed entities bear it, or where the article gives it to somebody by another given name.
    Says whether any was kept.
    """
    owners: dict[str, set[int]] = defaultdict(set)
    for entity, candidates in collected.found.items():
        for c in candidates:
            for m in c.alignment.matches:
                if m.part.role in FAMILY_ROLES:
                    owners[m.word.meaning.form].add(entity)
    by_entity: dict[int, list[_Alone]] = defaultdict(list)
    for alone in collected.alone:
        by_entity[alone.entity].append(alone)
    kept = False
    for entity, places in by_entity.items():
        match = places[0].alignment.matches[0]
        if match.word.meaning.form in owners:
            stays = entity in owners[match.word.meaning.form]
        else:
            id = index.symbol_id(match.part.symbol)
            holders = index.counts(id)[1] if id is not None else 0
            elsewhere = any(_of_somebody_else(each, collected.reading) for each in places)
            stays = holders <= _MOST_RELATIVES and not elsewhere
        if stays:
            kept = True
            for each in places:
                collected.keep(each)
    return kept


def _of_somebody_else(alone: _Alone, reading: Reading) -> bool:
    """Whether a name that is not the entity's touches its family name: a given name before, or any name after."""
    text = reading.texts[alone.field]
    meaning = reading.reader.meaning
    before = _NAME_BEFORE.search(text, max(0, alone.start - 30), alone.start)
    if before is not None:
        flags = meaning(before.group(1)).flags
        if not flags & (TITLE | PLACE | PARTICLE) and (not flags & ORDINARY or flags & GIVEN):
            return True
    after = _NAME_AFTER.match(text, alone.end, alone.end + 30)
    return after is not None and not meaning(after.group(1)).flags & (TITLE | ORDINARY | PLACE | PARTICLE)


def _mark_namesakes(found: Found) -> None:
    """Tell candidates for the same span of each other, and the lesser ones why another fits better.

    Of the lesser ones only the best is kept: it is enough to see that there is a choice.
    """
    by_span: dict[tuple[str, int, int], list[Candidate]] = defaultdict(list)
    for candidates in found.values():
        for c in candidates:
            by_span[c.field, c.start, c.end].append(c)
    dropped: set[int] = set()
    # A name that stands in the article again and again has the same namesakes each time.
    known: dict[tuple[tuple[int, float], ...], tuple[int, list[int]]] = {}
    for rivals in by_span.values():
        if len(rivals) < 2:
            continue
        key = tuple((c.alignment.name.id, c.alignment.score) for c in rivals)
        ranked = known.get(key)
        if ranked is None:
            ranked = known[key] = _ranked(rivals)
        best, lesser = ranked
        dropped.update(id(rivals[at]) for at in lesser[1:])
        for at in lesser[:1]:
            rivals[at].better = rivals[best]
        kept = [c for c in rivals if id(c) not in dropped]
        for c in kept:
            c.rivals = tuple(r for r in kept if r is not c)
    if dropped:
        for entity in list(found):
            found[entity] = [c for c in found[entity] if id(c) not in dropped]
            if not found[entity]:
                del found[entity]


def _ranked(rivals: list[Candidate]) -> tuple[int, list[int]]:
    """Which of them fits best, and which fit less well, the better first, by their places in the list.

    What tells namesakes apart: nearness of the name; and, where that is the same, support in the article, then a
    primary name before an alias.
    """
    nearness = [round(c.alignment.score, 2) for c in rivals]
    nearest = max(nearness)
    near = [at for at, score in enumerate(nearness) if score == nearest]
    far = sorted(
        (at for at, score in enumerate(nearness) if score < nearest), key=lambda at: -rivals[at].alignment.score
    )
    if len(near) == 1:
        return near[0], far
    ranked = sorted(((_fit(rivals[at]), -at) for at in near), reverse=True)
    return -ranked[0][1], [-at for fit, at in ranked if fit < ranked[0][0]] + far


def _fit(c: Candidate) -> tuple[int, bool]:
    countries, words = c.support()
    known = c.alignment.memory
    leads: bool | None = known.get("leads")
    if leads is None:
        leading = c.reading.reader.index.leading_symbols(c.alignment.name.entity)
        leads = known["leads"] = c.alignment.leading_symbols == leading
    return 2 * len(countries) + len(words), leads
