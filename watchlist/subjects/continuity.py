"""Whether two descriptions are of one entity: a pure decision, by which reused and renumbered ids are noticed.

An authority's id is taken at its word unless everything speaks against it, and two ids are two entities unless nearly
everything speaks for one: a wrong guess would hide an entity's history, or give it another's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from watchlist.model import Entity, Name
from watchlist.subjects.likeness import kind_of, spelling, strong_names

#: Identifiers that several entities may well share.
_SHARED = frozenset({"email", "website", "phone"})
#: How alike two spellings of one name are at least.
_ALIKE = 0.75

#: What two entities have in common only if they are one.
Key = tuple[str, ...]


def is_same(before: Entity, after: Entity) -> bool:
    """Whether two descriptions under one id can be of one entity.

    They can when they share a name or one much like it, an identifier, a whole date of birth, or the reference or the
    day of listing; without any of these the authority has given the id to somebody else.
    """
    if _spellings(before.names) & _spellings(after.names) or _numbers(before) & _numbers(after):
        return True
    if kind_of(before.schema) == kind_of(after.schema):
        if {date for date in before.birth_dates if len(date) > 4} & set(after.birth_dates):
            return True
        if before.listed_on is not None and before.listed_on == after.listed_on:
            return True
    if before.reference is not None and before.reference == after.reference:
        return True
    return any(_alike(one, other) for one in _spellings(before.names) for other in _spellings(after.names))


def renumbered(gone: Iterable[Entity], come: Iterable[Entity]) -> dict[str, str]:
    """The new id of each entity that went under one id while the same came under another, by its old id.

    Taken for the same are two of one kind that share an identifier, a strong name and a date of birth, or all their
    names and programs. Where it could be more than one, nobody can tell, and it is none.
    """
    before: defaultdict[Key, set[str]] = defaultdict(set)
    for entity in gone:
        for key in _keys(entity):
            before[key].add(entity.id)
    if not before:
        return {}
    forth: defaultdict[str, set[str]] = defaultdict(set)
    back: defaultdict[str, set[str]] = defaultdict(set)
    for entity in come:
        for old in {id for key in _keys(entity) for id in before.get(key, ())}:
            forth[old].add(entity.id)
            back[entity.id].add(old)
    pairs = {old: next(iter(new)) for old, new in forth.items() if len(new) == 1}
    return {old: new for old, new in sorted(pairs.items()) if len(back[new]) == 1}


def _keys(entity: Entity) -> Iterator[Key]:
    kind = kind_of(entity.schema)
    for number in _numbers(entity):
        yield ("number", kind, *number)
    for spelled in _spellings(strong_names(entity)):
        for date in entity.birth_dates:
            yield "born", kind, spelled, date
    yield "names", kind, *sorted(_spellings(entity.names)), "", *sorted(entity.programs)


def _numbers(entity: Entity) -> set[Key]:
    return {
        (each.kind, re.sub(r"[^\w]", "", each.value).casefold())
        for each in entity.identifiers
        if each.kind not in _SHARED and len(each.value) > 4
    }


def _spellings(names: Iterable[Name]) -> set[str]:
    """Each name without case, accents, punctuation and order of words."""
    return {spelled for name in names if (spelled := spelling(name.text))}


def _alike(one: str, other: str) -> bool:
    """Whether one name may be another spelling of the other, or what became of it when the body was renamed."""
    words, others = set(one.split()), set(other.split())
    shared = len(words & others)
    return (shared > 1 and shared * 2 >= min(len(words), len(others))) or (
        SequenceMatcher(None, one, other).ratio() >= _ALIKE
    )
