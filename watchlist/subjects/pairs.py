"""Which entries are looked at together: those that share something few have. The work grows with the entries.

Every pair of lists' entries cannot be compared. Two that are one share a number, a reference, a whole name, two words
of one, or a date of birth and a word; what more share than could be compared is no sign of any one of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from itertools import combinations

from watchlist.model import Schema
from watchlist.subjects.profiles import Profile

#: What more entries than this share is no sign of one of them.
_MOST_ALIKE = 40
#: Of a longer name the rarest words are taken.
_WORDS = 6


def pairs(profiles: Iterable[Profile]) -> list[tuple[Profile, Profile]]:
    """Entries of different lists that may be one, each pair once, the lesser id first."""
    sharing: defaultdict[Hashable, list[Profile]] = defaultdict(list)
    for each in profiles:
        for key in set(_keys(each)):
            sharing[key].append(each)
    found: dict[tuple[str, str], tuple[Profile, Profile]] = {}
    for group in sharing.values():
        if 1 < len(group) <= _MOST_ALIKE:
            for one, other in combinations(group, 2):
                if one.list_id != other.list_id:
                    first, second = (one, other) if one.id < other.id else (other, one)
                    found[first.id, second.id] = first, second
    return list(found.values())


def _keys(profile: Profile) -> Iterator[Hashable]:
    kind = profile.kind
    for number in profile.numbers:
        yield "number", *number
    for reference in profile.references:
        yield "reference", reference
    if profile.schema in (Schema.VESSEL, Schema.AIRCRAFT):
        return
    frames: set[str] = set()
    for name in profile.names:
        yield "name", kind, name.key
        yield "joined", kind, name.sound
        rarest = sorted(name.words, key=lambda word: (-word.bits, word.frame))[:_WORDS]
        for one, other in combinations(sorted({word.frame for word in rarest}), 2):
            yield "words", kind, one, other
        frames.update(word.frame for word in rarest)
    for day in profile.births.days:
        for frame in frames:
            yield "born", day, frame
