"""Which entities of a list are subjects that another list describes: a pure decision, made as groups are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from watchlist.model import Entity, NameOrigin
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
