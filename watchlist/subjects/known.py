"""Entities that are subjects which a list describes that nobody watches here: pure decisions, made as groups are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from watchlist.model import Entity, GroupDecision, GroupMember, NameOrigin
from watchlist.subjects.grouping import group_entities
from watchlist.subjects.naming import Naming


def same_subjects(known: Collection[Entity], listed: Iterable[Entity], naming: Naming) -> dict[str, str]:
    """The authority's id of each listed entity that is one of the known, to the id of that one.

    Only what the authority itself says of an entity is asked, not what was added to it.
    """
    subjects = {each.id for each in known}
    source_ids: dict[str, str] = {}

    def everybody() -> Iterator[Entity]:
        # One by one, for a list may be too long to have all of it at once.
        yield from known
        for each in listed:
            source_ids[each.id] = each.source_id
            yield replace(each, names=tuple(name for name in each.names if name.origin is NameOrigin.AUTHORITY))

    same: dict[str, str] = {}
    for members in _groups(group_entities(everybody(), naming)):
        one = next((each.entity_id for each in members if each.entity_id in subjects), None)
        if one is not None:
            same |= {source_ids[each.entity_id]: one for each in members if each.entity_id in source_ids}
    return same


def group_with_known(
    found: Iterable[Entity], known: Collection[Entity], naming: Naming, decisions: Iterable[GroupDecision] = ()
) -> tuple[GroupMember, ...]:
    """What `group_entities` says of the entities found, when those known are among them, which then are left out.

    Two entries that do not say enough of each other are one where both are the same known subject. Of a list that is
    watched itself nothing is known beside what it says.
    """
    entries: set[str] = set()
    watched: set[str] = set()

    def everybody() -> Iterator[Entity]:
        for each in found:
            entries.add(each.id)
            watched.add(each.list_id)
            yield each
        yield from (each for each in known if each.list_id not in watched)

    left = []
    for members in _groups(group_entities(everybody(), naming, decisions)):
        own = [each for each in members if each.entity_id in entries]
        if len(own) > 1:
            first = min(each.entity_id for each in own)
            left += [replace(each, group_id=first) for each in own]
    return tuple(sorted(left, key=lambda each: each.entity_id))


def _groups(members: Iterable[GroupMember]) -> Iterable[list[GroupMember]]:
    found: defaultdict[str, list[GroupMember]] = defaultdict(list)
    for each in members:
        found[each.group_id].append(each)
    return found.values()
