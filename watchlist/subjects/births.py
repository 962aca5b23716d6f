"""Dates of birth that two lists give: whether they can be of one person, and how much it says that they agree."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
#: A longer range of years says nothing.
_LONGEST = 15
#: Further apart than this, two years are of two persons.
_YEARS_APART = 1


class Agreement(Enum):
    """How two lists' dates of birth stand to each other."""

    DAY = "day"
    YEAR = "year"
    #: Days that differ as by a slip of the pen.
    SLIP = "slip"
    #: One of them is silent, or they differ by what lists differ by.
    UNKNOWN = "unknown"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Births:
    """When somebody was born, as one list has it."""

    days: frozenset[str]
    #: The years of all dates, vague ones included.
    years: frozenset[int]
    #: Whether every date is a day.
    exact: bool

    @classmethod
    def of(cls, dates: Iterable[str]) -> Births:
        """What dates as the model has them say."""
        known = tuple(dates)
        days = frozenset(date for date in known if _DAY.fullmatch(date))
        years: set[int] = set()
        for date in known:
            first, _, last = date.partition("/")
            span = range(int(first[:4]), int((last or first)[:4]) + 1)
            if len(span) <= _LONGEST:
                years.update(span)
        return cls(days, frozenset(years), bool(known) and len(days) == len(known))

    def with_those_of(self, other: Births) -> Births:
        """What two lists together say of one person."""
        return Births(self.days | other.days, self.years | other.years, self.exact and other.exact)

    def against(self, other: Births) -> Agreement:
        """How the dates of another list agree with these; symmetrical."""
        if self.days & other.days:
            return Agreement.DAY
        if any(_is_slip(one, two) for one in self.days for two in other.days):
            return Agreement.SLIP
        if not self.years or not other.years:
            return Agreement.UNKNOWN
        if self.years & other.years:
            # Two days of one year: a slip of the pen, or two persons.
            return Agreement.UNKNOWN if self.exact and other.exact else Agreement.YEAR
        apart = min(abs(one - two) for one in self.years for two in other.years)
        near = apart <= _YEARS_APART and not (self.exact and other.exact)
        return Agreement.UNKNOWN if near else Agreement.CONFLICT


def _is_slip(one: str, two: str) -> bool:
    """Whether a day is another with one digit mistaken, or with day and month in the other order."""
    if sum(a != b for a, b in zip(one, two, strict=True)) == 1:
        return True
    return one[:5] == two[:5] and (one[5:7], one[8:]) == (two[8:], two[5:7])
