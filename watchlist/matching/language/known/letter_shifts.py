"""Letters that are written for each other where different hands put one name into Latin letters: s and z, e and i.

Learned from pairs of names (`scripts/derive_shifts.py`). Words are compared by their sound (`normalise.fold`).
"""

from __future__ import annotations

from functools import cache
from math import inf
from pathlib import Path
from typing import Final, NamedTuple

from rapidfuzz.distance import Levenshtein

_TABLE: Final = Path(__file__).parents[1] / "data" / "letter_shifts.tsv"
#: Where in a word a shift is: at its beginning, inside, at its end.
_FIRST, _INSIDE, _LAST = "^-$"


class Shift(NamedTuple):
    """Letters at a place of a word, and the others that are written for them; none of either, it may be."""

    place: str
    one: str
    other: str


def difference(one: str, other: str) -> Shift:
    """All in which two words differ, from the first letter that does to the last."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return _shift(start == 0, end == 0, one[start : len(one) - end], other[start : len(other) - end])


class Shifts(NamedTuple):
    """In how many places two sounds differ, each by a shift, and how many bits the least telling of them has."""

    places: int
    bits: float


def shifts_between(one: str, other: str) -> Shifts | None:
    """The shifts between two different sounds; None where they differ in anything else."""
    places, least = 0, inf
    at, seen = [0, 0], [0, 0]
    for tag, _, end1, _, end2 in (*Levenshtein.opcodes(one, other), ("equal", len(one), 0, len(other), 0)):
        if tag != "equal":
            seen = [end1, end2]
            continue
        if seen != at:
            first, last = at == [0, 0], seen == [len(one), len(other)]
            bits = _shifts().get(_shift(first, last, one[at[0] : seen[0]], other[at[1] : seen[1]]))
            if bits is None:
                return None
            places, least = places + 1, min(least, bits)
        at = seen = [end1, end2]
    return Shifts(places, least)


def _shift(first: bool, last: bool, one: str, other: str) -> Shift:
    place = _FIRST if first else _LAST if last else _INSIDE
    return Shift(place, *sorted((one, other)))


@cache
def _shifts() -> dict[Shift, float]:
    rows = (line.split("\t") for line in _TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {Shift(place, one, other): float(bits) for place, one, other, bits in rows}
