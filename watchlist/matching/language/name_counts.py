"""How common names and the words of names are: general knowledge, whatever happens to be listed.

Counts of entities on a public list, packaged once: what many bear there is common everywhere. A word that is not in the
table is rare.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

_TABLE: Final = Path(__file__).with_name("data") / "name_counts.txt"


class NameCounts(NamedTuple):
    """How many entities of the list that was counted have a symbol in their names; 0 stands for fewer than four."""

    in_names: int = 0
    as_family_name: int = 0
    as_given_name: int = 0


_RARE: Final = NameCounts()


def name_counts(symbol: str) -> NameCounts:
    """How common the spellings of a symbol are in names."""
    return _counts().get(symbol, _RARE)


@cache
def _counts() -> dict[str, NameCounts]:
    found = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            symbol, *counts = line.split()
            found[symbol] = NameCounts(*map(int, counts))
    return found
