"""How common a word is as a name, anywhere in the world: as family name, as given name, as a word of firms' names.

General knowledge, the same whoever is listed. Shares are of the people (or the firms) where the name is at home: Kim
is as common as Koreans know it. A word that is not in the table may be a rare name, a misspelling or no name at all.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from watchlist.matching.language.table import Table

_FILE: Final = Path(__file__).with_name("data") / "names.tsv"
_UNKNOWN: Final = "-"
_MILLIARD: Final = 1e9


class Commonness(NamedTuple):
    """The share of people who bear a word as family name and as given name, and of firms that have it in theirs.

    Each from 0 to 1; None where the word is not known as such. A millionth is said of names of which no more is known
    than that they exist.
    """

    family: float | None
    given: float | None
    firm: float | None


@lru_cache(maxsize=1 << 14)
def commonness(form: str) -> Commonness:
    """How common a cleaned word (`normalise.clean`) is as a name."""
    row = _table().find(form)
    return Commonness(None, None, None) if row is None else Commonness(*map(_share, row.split(" ")))


def family_name(form: str) -> float | None:
    """The share of people whose family name this is, None if it is not known as one."""
    return commonness(form).family


def given_name(form: str) -> float | None:
    """The share of people who have this given name, None if it is not known as one."""
    return commonness(form).given


def firm_word(form: str) -> float | None:
    """The share of firms that have the word in their name, None if few have."""
    return commonness(form).firm


def bearers(given: str, family: str) -> float:
    """How many of a million people are to be expected to have both names; 0 if either is not known as such.

    Below 1 the two together are a rare name. A rule of thumb: names of one language come together more often than this.
    """
    return 1e6 * (given_name(given) or 0.0) * (family_name(family) or 0.0)


def _share(level: str) -> float | None:
    return None if level == _UNKNOWN else float(10 ** (int(level) / 10) / _MILLIARD)


@cache
def _table() -> Table:
    return Table(_FILE)
