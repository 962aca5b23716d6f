"""Which entities of several lists are one: a pure decision over what the lists say.

Two entities of different lists are joined when they share a number that only one thing in the world has, or a name and
so much besides that it cannot be chance (`evidence`). Two entities of the same list are never joined: their authority
keeps them apart. Nor are two that contradict each other, however many stand between them: two ages are two persons,
unless a list gives both to one. What a person decided goes before all of that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce

from watchlist.model import Entity, GroupDecision, GroupMember
from watchlist.subjects.births import Agreement, Births
from watchlist.subjects.facts import are_of_two_kinds
from watchlist.subjects.links import Link, Links
from watchlist.subjects.naming import Naming
from watchlist.subjects.profiles import Profile


def group_entities(
    found: Iterable[Entity], naming: Naming, decisions: Iterable[GroupDecision] = ()
) -> tuple[GroupMember, ...]:
    """The members of every group of two or more, by id. The same lists and decisions always give the same groups."""
    links = Links(found, naming)
    joined = {(each.one_id, each.other_id) for each in decisions if each.same}
    apart = {(each.one_id, each.other_id) for each in decisions if not each.same}
    groups = _Groups(links.profiles, apart)
    for one, other in sorted(joined):
        if one in links.profiles and other in links.profiles:
            groups.join(Link(one, other, "joined by hand"), by_hand=True)
    for link in links:
        groups.join(link)
    return groups.members()


class _Groups:
    """Disjoint sets that hold at most one entity of each list, and never two that a person or the lists keep apart."""

    def __init__(self, profiles: Mapping[str, Profile], apart: set[tuple[str, str]]) -> None:
        self._profiles = profiles
        self._apart = apart
        self._members: dict[str, set[str]] = {}
        self._reasons: dict[str, str] = {}

    def join(self, link: Link, *, by_hand: bool = False) -> None:
        one, other = self._of(link.one), self._of(link.other)
        if one is other or any(tuple(sorted((a, b))) in self._apart for a in one for b in other):
            return
        if not by_hand and self._keep_apart(one, other):
            return
        both = one | other
        for id in both:
            self._members[id] = both
            self._reasons.setdefault(id, link.reason)

    def members(self) -> tuple[GroupMember, ...]:
        return tuple(
            GroupMember(id, min(group), self._reasons[id])
            for id, group in sorted(self._members.items())
            if len(group) > 1
        )

    def _keep_apart(self, one: set[str], other: set[str]) -> bool:
        """Whether the lists do: by entries on one of them, of two kinds, or of two ages that no list gives to one."""
        mine, its = [self._profiles[id] for id in one], [self._profiles[id] for id in other]
        if any(a.list_id == b.list_id or are_of_two_kinds(a, b) for a in mine for b in its):
            return True
        return _births(mine).against(_births(its)) is Agreement.CONFLICT

    def _of(self, id: str) -> set[str]:
        return self._members.setdefault(id, {id})


def _births(members: list[Profile]) -> Births:
    return reduce(Births.with_those_of, (each.births for each in members))
