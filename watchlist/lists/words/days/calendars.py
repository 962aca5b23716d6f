"""Years and days of the Islamic and the Persian calendar, as the days between which they are in ours.

A day of the Islamic calendar begins with a moon that was seen, which no reckoning knows: it is within a day of the
reckoned one. A year of either calendar is parts of two of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

#: The day before the first of either calendar.
_ISLAMIC_EPOCH = date(622, 7, 18)
_PERSIAN_EPOCH = date(622, 3, 20)
#: Within a cycle of so many years the years with one day more stand as listed.
_ISLAMIC_CYCLE, _ISLAMIC_LEAPS = 30, (2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29)
_PERSIAN_CYCLE, _PERSIAN_LEAPS = 33, (1, 5, 9, 13, 17, 22, 26, 30)
_MONTHS = 12
_ABOUT = timedelta(days=1)

_ISLAMIC = frozenset({"islamic", "ah", "h", "lunar", "qamari"})
_PERSIAN = frozenset({"shamsi", "solar", "persian", "iranian", "afghan", "jalali", "khorshidi"})

#: Both count from the same year, and both are called by it.
_EITHER = frozenset({"hijri", "hejri", "hijra", "hegira"})

#: A calendar: the first day of a month of a year.
Calendar = Callable[[int, int], date]


def calendars_of(words: Sequence[str]) -> tuple[Calendar, ...]:
    """The calendars that words around a date may mean: ``Hijri Shamsi`` is one of them, ``Hijri`` may be either."""
    if not _PERSIAN.isdisjoint(words):
        return (_persian,)
    if not _ISLAMIC.isdisjoint(words):
        return (_islamic,)
    return () if _EITHER.isdisjoint(words) else (_islamic, _persian)


def in_our_days(calendar: Calendar, year: int, month: int | None, day: int | None) -> tuple[date, date] | None:
    """The first and the last day that a year, a month or a day of another calendar may be; None for no such month."""
    if month is not None and not 1 <= month <= _MONTHS:
        return None
    if month is not None and day is not None:
        found = calendar(year, month) + timedelta(days=day - 1)
        return found - _ABOUT, found + _ABOUT
    first = calendar(year, month or 1)
    behind = calendar(year + 1, 1) if month in (None, _MONTHS) else calendar(year, (month or 1) + 1)
    return first, behind - timedelta(days=1)


def _islamic(year: int, month: int) -> date:
    days = (year - 1) * 354 + _leaps(year - 1, _ISLAMIC_CYCLE, _ISLAMIC_LEAPS) + (59 * (month - 1) + 1) // 2
    return _ISLAMIC_EPOCH + timedelta(days=days + 1)


def _persian(year: int, month: int) -> date:
    days = (year - 1) * 365 + _leaps(year - 1, _PERSIAN_CYCLE, _PERSIAN_LEAPS)
    days += 31 * (month - 1) if month <= 7 else 30 * (month - 1) + 6
    return _PERSIAN_EPOCH + timedelta(days=days + 1)


def _leaps(years: int, cycle: int, leaps: Sequence[int]) -> int:
    """How many of so many first years have a day more."""
    whole, rest = divmod(years, cycle)
    return whole * len(leaps) + sum(leap <= rest for leap in leaps)
