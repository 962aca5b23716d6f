"""Dates of feeds: read strictly, and believed only when they are possible."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

#: Before this there were no feeds; what says so was read wrongly by somebody.
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
#: Clocks of publishers run ahead, and time zones are mislabelled; more than that is an error.
_AHEAD = timedelta(days=2)


def read_date(text: str | None, now: datetime) -> datetime | None:
    """The time that an RFC 5322 (RSS) or ISO 8601 (Atom, Dublin Core, JSON Feed) date states, in UTC.

    None for anything else, and for a time before 1990 or more than two days after ``now``: a guess would be worse than
    nothing. A date without a zone counts as UTC.
    """
    date = _iso(text.strip()) or _rfc5322(text.strip()) if text else None
    if date is None:
        return None
    try:
        date = date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)
    except (OverflowError, ValueError):
        return None
    return date if _EARLIEST <= date <= now + _AHEAD else None


def _iso(text: str) -> datetime | None:
    # Without dashes, "20240910" could be any number; Python reads it as a date.
    if len(text) < 10 or text[4] != "-":
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _rfc5322(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
