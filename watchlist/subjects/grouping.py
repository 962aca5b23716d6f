"""Which entities of several lists are one: a pure decision over what the lists say.

Two entities of different lists are joined when they share a number that only one thing in the world has, or when they
are written alike and something besides the name agrees. Two entities of the same list are never joined: their
authority keeps them apart. What a person decided goes before both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from watchlist.model import Entity, GroupDecision, GroupMember
from watchlist.subjects.links import Link, Links


def group_entities(found: Iterable[Entity], decisions: Iterable[GroupDecision] = ()) -> tuple[GroupMember, ...]:
    """The members of every group of two or more, by id. The same lists and decisions always give the same groups."""
    links = Links(found)
    joined = {(each.one_id, each.other_id) for each in decisions if each.same}
    apart = {(each.one_id, each.other_id) for each in decisions if not each.same}
    groups = _Groups(links.lists, apart)
    for one, other in sorted(joined):
        if one in links.lists and other in links.lists:
            groups.join(Link(one, other, "joined by hand"), by_hand=True)
    for link in links:
        groups.join(link)
    return groups.members()


class _Groups:
    """Disjoint sets that hold at most one entity of each list, and never two that a person keeps apart."""

    def __init__(self, lists: Mapping[str, str], apart: set[tuple[str, str]]) -> None:
        self._lists = lists
        self._apart = apart
        self._members: dict[str, set[str]] = {}
        self._reasons: dict[str, str] = {}

    def join(self, link: Link, *, by_hand: bool = False) -> None:
        one, other = self._of(link.one), self._of(link.other)
        if one is other or any(tuple(sorted((a, b))) in self._apart for a in one for b in other):
            return
        both = one | other
        if not by_hand and len({self._lists[id] for id in both}) < len(both):
            return
        for id in both:
            self._members[id] = both
            self._reasons.setdefault(id, link.reason)

    def members(self) -> tuple[GroupMember, ...]:
        return tuple(
            GroupMember(id, min(group), self._reasons[id])
            for id, group in sorted(self._members.items())
            if len(group) > 1
        )

    def _of(self, id: str) -> set[str]:
        return self._members.setdefault(id, {id})
