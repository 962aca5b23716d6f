"""Which entities of several lists are one: a pure decision over what the lists say.

Two entities of different lists are joined when they share a number that only one thing in the world has, or when they
are written alike and something besides the name agrees. Two entities of the same list are never joined: their
authority keeps them apart. What a person decided goes before both.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from anyascii import anyascii

from watchlist.model import Entity, GroupDecision, GroupMember, Name, NameKind, Schema

#: Identifiers that name one thing by themselves.
_WORLDWIDE = frozenset({"imo", "lei", "crypto", "mmsi"})
#: Identifiers that name one thing among those of one country.
_NATIONAL = frozenset({"passport", "national_id", "tax_id", "registration"})
#: Shorter national numbers are shared by chance.
_SHORTEST_NUMBER = 6
#: What more entities than this share is no name of one of them.
_MOST_ALIKE = 30
_STRONG = (NameKind.PRIMARY, NameKind.ALIAS)
_FULL_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_BODIES = (Schema.ORGANIZATION, Schema.COMPANY, Schema.LEGAL_ENTITY)


@dataclass(frozen=True, slots=True)
class _Link:
    """Two entities that seem to be one, and by what."""

    one: str
    other: str
    reason: str


def group_entities(found: Iterable[Entity], decisions: Iterable[GroupDecision] = ()) -> tuple[GroupMember, ...]:
    """The members of every group of two or more, by id. The same lists and decisions always give the same groups."""
    lists: dict[str, str] = {}
    keys: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    reasons: dict[tuple[str, ...], str] = {}
    for entity in found:
        lists[entity.id] = entity.list_id
        for key, reason in _keys(entity):
            keys[key].append(entity.id)
            reasons[key] = reason
    joined = {(each.one_id, each.other_id) for each in decisions if each.same}
    apart = {(each.one_id, each.other_id) for each in decisions if not each.same}
    groups = _Groups(lists, apart)
    for one, other in sorted(joined):
        if one in lists and other in lists:
            groups.join(_Link(one, other, "joined by hand"), by_hand=True)
    for link in _links(keys, reasons, lists):
        groups.join(link)
    return groups.members()


def _links(
    keys: dict[tuple[str, ...], list[str]], reasons: dict[tuple[str, ...], str], lists: dict[str, str]
) -> Iterator[_Link]:
    """Numbers before names, since they are safer and a group takes one entity of each list."""
    for key in sorted(keys, key=lambda key: (key[0] != "number", key)):
        ids = sorted(set(keys[key]))
        namesakes = len({lists[id] for id in ids}) < len(ids)
        if len(ids) > _MOST_ALIKE or (namesakes and key[0] == "name"):
            # Which of a list's two namesakes is meant elsewhere, nobody can tell from the name.
            continue
        for one, other in combinations(ids, 2):
            yield _Link(one, other, reasons[key])


def _keys(entity: Entity) -> Iterator[tuple[tuple[str, ...], str]]:
    """What an entity shares with another only if they are one, and how to say so."""
    kind = "body" if entity.schema in _BODIES else entity.schema.value
    for each in entity.identifiers:
        value = re.sub(r"[^0-9A-Za-z]", "", each.value)
        # Bitcoin and others tell case apart.
        value = value if each.kind == "crypto" else value.upper()
        if each.kind in _WORLDWIDE:
            # A company's IMO number on one list is not its ship's on another.
            yield ("number", kind, each.kind, value), f"{each.kind.upper()} {each.value}"
        elif each.kind in _NATIONAL and len(value) >= _SHORTEST_NUMBER and each.detail:
            label = each.kind.replace("_", " ")
            yield ("number", kind, each.kind, each.detail.casefold(), value), f"{label} {each.value}"
    if entity.schema in (Schema.VESSEL, Schema.AIRCRAFT):
        return
    for spelling in {_spelling(name) for name in entity.names if name.kind in _STRONG}:
        if len(spelling) < 2:
            continue
        words = " ".join(spelling)
        if entity.schema is Schema.PERSON:
            for date in entity.birth_dates:
                if _FULL_DATE.fullmatch(date):
                    yield ("name", kind, words, date), f"name and date of birth {date}"
                for country in entity.countries:
                    yield ("name", kind, words, date[:4], country), f"name, year of birth and country {country}"
        else:
            for country in entity.countries:
                yield ("name", kind, words, country), f"name and country {country}"


def _spelling(name: Name) -> tuple[str, ...]:
    """The words of a name without case, accents, punctuation or order."""
    return tuple(sorted(re.findall(r"[a-z0-9]+", anyascii(name.text).lower())))


class _Groups:
    """Disjoint sets that hold at most one entity of each list, and never two that a person keeps apart."""

    def __init__(self, lists: dict[str, str], apart: set[tuple[str, str]]) -> None:
        self._lists = lists
        self._apart = apart
        self._members: dict[str, set[str]] = {}
        self._reasons: dict[str, str] = {}

    def join(self, link: _Link, *, by_hand: bool = False) -> None:
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
