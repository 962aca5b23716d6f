"""Dates as the authorities write them, to ISO 8601 as precise as they are: a day, a month, a year, or a range."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2})(?:[T+Z -].*)?)?)?", re.DOTALL)
#: ``00`` or letters stand for what is not known; the day may be left out.
_NUMBERS = re.compile(r"(?:(?P<day>\d{1,2}|dd)[/.])?(?P<month>\d{1,2}|mm)[/.](?P<year>\d{4})", re.IGNORECASE)
_WORDS = re.compile(r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?[ -])?(?P<name>[A-Za-z]{3,9})\.?,?[ -](?P<year>\d{4})")
_AMERICAN = re.compile(r"(?P<name>[A-Za-z]{3,9})\.? (?P<day>\d{1,2}),? (?P<year>\d{4})")
_ABOUT = re.compile(r"(?:approximately|approx\.?|circa|ca?\.|about|around|in)\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:between |from )?(.+?)(?: to | and | - | – |(?<=\d{4})[-–](?=\d{4}))(.+)", re.IGNORECASE)
#: Day zero of the dates that Excel counts in days.
_EXCEL = date(1899, 12, 30)
_OLDEST = 1000


def iso_date(text: str | None) -> str | None:
    """One date; None for other words and for days that no calendar has.

    ``approximately`` and ``circa`` leave no more than the year. Numbers with slashes or dots are day, month, year, or
    month and year.
    """
    words = " ".join((text or "").split()).rstrip(".;,")
    about = _ABOUT.match(words)
    if about:
        words = words[about.end() :]
    for form in (_ISO, _NUMBERS, _WORDS, _AMERICAN):
        if found := form.fullmatch(words):
            parts = found.groupdict()
            if about:
                return _assembled(parts["year"], None, None)
            month = _month(parts["name"]) if parts.get("name") else _number(parts.get("month"))
            return None if parts.get("name") and month is None else _assembled(parts["year"], month, parts.get("day"))
    return None


def iso_dates(text: str | None) -> str | None:
    """One date, or a range of two as ``start/end``; None for other words."""
    if found := iso_date(text):
        return found
    ends = _BETWEEN.fullmatch(" ".join((text or "").split()))
    return iso_range(iso_date(ends[1]), iso_date(ends[2])) if ends else None


def start_of_day(day: str | None) -> datetime | None:
    """The beginning of a whole day, in UTC; None for a month, a year and other words."""
    try:
        return datetime.strptime(day or "", "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        return None


def whole_day(text: str | None) -> datetime | None:
    """The beginning of a day, in UTC, written in any way that `iso_date` knows; None for other words."""
    return start_of_day(iso_date(text))


def point_in_time(text: str | None) -> datetime | None:
    """An ISO 8601 date and time in UTC, taken for UTC where it has no offset; None for other words."""
    try:
        found = datetime.fromisoformat(text or "")
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def iso_range(start: str | None, end: str | None) -> str | None:
    """``start/end``; one date where both are the same or one is missing."""
    found = [each for each in (start, end) if each]
    return "/".join(dict.fromkeys(found)) or None


def iso_parts(year: str | None, month: str | None = None, day: str | None = None) -> str | None:
    """A date from numbers that stand apart, as precise as they go."""
    return _assembled(year, _number(month), day) if year else None


def excel_date(days: str) -> str | None:
    """The day that Excel counts as ``days`` from the end of 1899; None when there is none such."""
    try:
        return (_EXCEL + timedelta(days=int(days))).isoformat()
    except (ValueError, OverflowError):
        return None


def _month(name: str) -> int | None:
    short = name[:3].lower()
    return _MONTHS.index(short) + 1 if short in _MONTHS else None


def _number(text: str | None) -> int | None:
    number = text.strip() if text else ""
    return int(number) if number.isascii() and number.isdigit() else None


def _assembled(year: str | None, month: int | None, day: str | None) -> str | None:
    number = _number(year)
    if number is None or not _OLDEST <= number <= 9999:
        return None
    if not month:
        return f"{number:04d}"
    in_month = _number(day) or None
    try:
        whole = date(number, month, in_month or 1).isoformat()
    except ValueError:
        return None
    return whole if in_month else whole[:7]
