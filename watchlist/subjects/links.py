"""Which entries of different lists seem to be one, the surest first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from watchlist.model import Entity
from watchlist.subjects.evidence import Evidence, Kinship
from watchlist.subjects.naming import Naming
from watchlist.subjects.pairs import pairs
from watchlist.subjects.profiles import Profile, profile

#: By how much an entry must be nearer than another of its list, to be told from it.
_NEARER: Final = 3.0


@dataclass(frozen=True, slots=True)
class Link:
    """Two entities that seem to be one, and by what."""

    one: str
    other: str
    reason: str


class Links:
    """What the entities of all lists have in common."""

    def __init__(self, found: Iterable[Entity], naming: Naming) -> None:
        #: What is compared of each entity, by its id.
        self.profiles: dict[str, Profile] = {entity.id: profile(entity, naming) for entity in found}
        bearers = Counter(
            (each.list_id, each.kind, key) for each in self.profiles.values() for key in {n.key for n in each.names}
        )
        self._evidence = Evidence(naming, bearers)

    def __iter__(self) -> Iterator[Link]:
        """The surest first, since a group takes one entity of each list."""
        weighed: dict[tuple[str, str], Kinship] = {}
        for one, other in pairs(self.profiles.values()):
            kinship = self._evidence.weigh(one, other)
            if kinship is not None:
                weighed[one.id, other.id] = kinship
        rivals: defaultdict[tuple[str, str], list[tuple[float, str]]] = defaultdict(list)
        for (one_id, other_id), kinship in weighed.items():
            rivals[one_id, self.profiles[other_id].list_id].append((kinship.bits, other_id))
            rivals[other_id, self.profiles[one_id].list_id].append((kinship.bits, one_id))
        for (one_id, other_id), kinship in sorted(weighed.items(), key=lambda row: (-row[1].bits, row[0])):
            if self._is_nearest(rivals[one_id, self.profiles[other_id].list_id], other_id, kinship) and (
                self._is_nearest(rivals[other_id, self.profiles[one_id].list_id], one_id, kinship)
            ):
                yield Link(one_id, other_id, kinship.reason)

    def _is_nearest(self, candidates: list[tuple[float, str]], chosen: str, kinship: Kinship) -> bool:
        """Whether of a list's entries this one is meant: which of two namesakes is, nobody can tell from the name."""
        return kinship.settled or all(id == chosen or bits <= kinship.bits - _NEARER for bits, id in candidates)
