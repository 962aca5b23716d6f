"""Which words are the name of a place, of what kind and where: cities, provinces, rivers, islands, airports.

Knowledge only. That a hamlet has the name of a listed firm says nothing yet: how large the largest such place is, and
what stands around the name, is for the evidence to weigh.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from watchlist.matching.language.known.table import Table

#: A settlement of ten thousand people.
_HEARD_OF: Final = 4
_FILE: Final = Path(__file__).parents[1] / "data" / "gazetteer.tsv"


class Kind(StrEnum):
    """What a place is; the value stands for it in the file."""

    COUNTRY = "c"
    SETTLEMENT = "s"
    #: A state, province, district or county.
    DIVISION = "d"
    #: A landscape or a part of the world, with no government of its own.
    REGION = "r"
    ISLAND = "i"
    MOUNTAIN = "m"
    DESERT = "b"
    RIVER = "w"
    LAKE = "l"
    #: A sea, bay, gulf, strait or canal.
    SEA = "o"
    AIRPORT = "a"
    #: A famous one, a bridge or a university.
    BUILDING = "h"


class Place(NamedTuple):
    """All places of one name."""

    kinds: frozenset[Kind]
    #: Codes of the countries they are in (ISO 3166-1 alpha-2, small letters), as far as known; of many the first five.
    countries: frozenset[str]
    #: The power of ten of how many people live in the largest: 5 for a hundred thousand to a million; 0 if not known.
    magnitude: int


@lru_cache(maxsize=1 << 14)
def place(form: str) -> Place | None:
    """What places have this name, None if none is known.

    ``form`` is the name's words as `spelling.words_of` gives them, with one space between: ``novaya zemlya``.
    """
    row = _table().find(form)
    if row is None:
        return None
    magnitude, kinds, *countries = row.split(" ")
    return Place(frozenset(map(Kind, kinds)), frozenset(countries), int(magnitude))


def is_well_known_place(form: str) -> bool:
    """Whether readers elsewhere may have heard of a place of this name: more than a village or a building."""
    found = place(form)
    return found is not None and (
        found.magnitude >= _HEARD_OF or not found.kinds <= {Kind.SETTLEMENT, Kind.AIRPORT, Kind.BUILDING}
    )


@cache
def _table() -> Table:
    return Table(_FILE)
