"""Entities that are subjects which a list describes that nobody watches here: pure decisions, made as groups are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from watchlist.model import Entity, GroupDecision, GroupMember, NameOrigin
from watchlist.subjects.grouping import group_entities
from watchlist.subjects.naming import Naming


def same_subjects(known: Iterable[Entity], listed: Iterable[Entity], naming: Naming) -> dict[str, str]:
    """The authority's id of each listed entity that is one of the known, to the id of that one.

    Only what the authority itself says of an entity is asked, not what was added to it.
    """
    by_authority = (
        replace(each, names=tuple(name for name in each.names if name.origin is NameOrigin.AUTHORITY))
        for each in listed
    )
    subjects = {each.id: each for each in known}
    entries = {each.id: each for each in by_authority}
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for member in group_entities([*subjects.values(), *entries.values()], naming):
        groups[member.group_id].append(member.entity_id)
    same = {}
    for members in groups.values():
        one = next((id for id in members if id in subjects), None)
        if one is not None:
            same.update({entries[id].source_id: one for id in members if id in entries})
    return same


def group_with_known(
    found: Iterable[Entity], known: Iterable[Entity], naming: Naming, decisions: Iterable[GroupDecision] = ()
) -> tuple[GroupMember, ...]:
    """What `group_entities` says of the entities found, when those known are among them, which then are left out.

    Two entries that do not say enough of each other are one where both are the same known subject. Of a list that is
    watched itself nothing is known beside what it says.
    """
    entries: set[str] = set()
    watched: set[str] = set()

    def everybody() -> Iterator[Entity]:
        # One by one: nobody needs all that the lists say at once.
        for each in found:
            entries.add(each.id)
            watched.add(each.list_id)
            yield each
        yield from (each for each in known if each.list_id not in watched)

    groups: defaultdict[str, list[GroupMember]] = defaultdict(list)
    for member in group_entities(everybody(), naming, decisions):
        if member.entity_id in entries:
            groups[member.group_id].append(member)
    return tuple(
        replace(member, group_id=min(each.entity_id for each in members))
        for _, members in sorted(groups.items())
        if len(members) > 1
        for member in members
    )
