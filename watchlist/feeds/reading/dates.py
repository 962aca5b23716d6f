"""Dates of feeds: read strictly, and believed only when they are possible."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from watchlist.feeds.reading.months import in_english

#: Before this there were no feeds; what says so was read wrongly by somebody.
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
#: Clocks of publishers run ahead, and time zones are mislabelled; more than that is an error.
_AHEAD = timedelta(days=2)

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"),
            ("feb", "february"),
            ("mar", "march"),
            ("apr", "april"),
            ("may",),
            ("jun", "june"),
            ("jul", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        1,
    )
    for name in names
}
#: Hours from UTC of the names that mean one zone to everybody, or to all who write it in a feed: "BST" is Britain's,
#: since Bangladesh writes its offset; "IST" is three countries'.
_ZONES: dict[str, int] = {
    **dict.fromkeys(("utc", "ut", "gmt", "z", "wet"), 0),
    **dict.fromkeys(("cet", "met", "west", "bst"), 1),
    **dict.fromkeys(("cest", "mest", "eet"), 2),
    **dict.fromkeys(("eest", "msk", "trt"), 3),
    **dict.fromkeys(("hkt", "sgt"), 8),
    **dict.fromkeys(("jst", "kst"), 9),
    **dict.fromkeys(("pdt", "mst"), -7),
    **dict.fromkeys(("mdt", "cst"), -6),
    **dict.fromkeys(("cdt", "est"), -5),
    "aest": 10,
    "aedt": 11,
    "nzst": 12,
    "nzdt": 13,
    "hst": -10,
    "akst": -9,
    "pst": -8,
    "edt": -4,
}

_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?(?:\s*(?P<half>[ap])\.?m\b\.?)?"
_PLACE = r"[a-z]{1,20}(?:/[a-z_+-]{1,30}){1,2}"
_ZONE = rf"(?P<zone>{_PLACE}|[a-z]{{1,5}})?\s*(?P<offset>[+-]\d{{1,2}}(?::?\d{{2}})?)?(?:\s*\([^()]{{0,40}}\))?"
_WEEKDAY = r"(?:[^\W\d_]{2,12}(?:[.,]+\s*|\s+))?"
#: With the month as a word, no two readings are possible. RFC 5322 and its neighbours; "November 2, 2026"; asctime.
#: Each pattern has all the groups, and of them the month is a word.
_WORDED = (
    re.compile(
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?P<month>[a-z]{{3,9}})\.?,?[\s-]+(?P<year>\d{{4}}|\d{{2}})"
        rf"(?:,?\s+(?:at\s+)?{_TIME}\s*{_ZONE})?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_WEEKDAY}(?P<month>[a-z]{{3,9}})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})"
        rf"(?:,?\s+(?:at\s+)?{_TIME}\s*{_ZONE})?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_WEEKDAY}(?P<month>[a-z]{{3}})\s+(?P<day>\d{{1,2}})\s+{_TIME}\s+(?:(?P<zone>[a-z]{{1,5}})\s+)?"
        r"(?:(?P<offset>[+-]\d{4})\s+)?(?P<year>\d{4})",
        re.IGNORECASE,
    ),
)
#: The year first, then month and day, whatever stands between them.
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
#: Without anything between them, only a time behind it makes a number a date.
_COMPACT = re.compile(r"\d{8}T\d{4}")
#: What stands behind an ISO date and time in place of "Z" or "+00:00".
_ISO_ZONE = re.compile(
    r"(?<!\s)\s*+(?:(?:UTC|GMT|Z)(?P<offset>[+-]\d{1,2}(?::?\d{2})?)?|(?P<named>[A-Z]{3,4}))\Z", re.IGNORECASE
)
_LONE_OFFSET = re.compile(r"(?<!\s)\s++(?P<offset>[+-]\d{1,2}(?::?\d{2})?)\Z")
#: The end of a day, as ISO 8601 allows; Python does not.
_MIDNIGHT = re.compile(r"(?<=[T ])24:00(?=:00|[^:\d]|\Z)")


def read_date(text: str | None, now: datetime) -> datetime | None:
    """The time that an RFC 5322 (RSS) or ISO 8601 (Atom, Dublin Core, JSON Feed) date states, in UTC.

    Also what is as plain: the month as a word of the languages that are read, "PM", "GMT+3", "America/Los_Angeles",
    "2025/11/15", "2026年11月2日". None for anything else, for a zone whose name means several, and for a time before
    1990 or two days after ``now``: a guess would be worse than nothing. A date without a zone counts as UTC.
    """
    text = (text or "").strip()
    if not text or len(text) > 100:
        return None
    try:
        date = _read(text) or _read(in_english(text))
        if date is None:
            return None
        date = date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)
    except (OverflowError, ValueError):
        return None
    return date if _EARLIEST <= date <= now + _AHEAD else None


def _read(text: str) -> datetime | None:
    midnight = _MIDNIGHT.search(text)
    if midnight is None:
        return _iso(text) or _worded(text)
    text = f"{text[: midnight.start()]}00:00{text[midnight.end() :]}"
    date = _iso(text) or _worded(text)
    return None if date is None else date + timedelta(days=1)


def _iso(text: str) -> datetime | None:
    if found := _YEAR_FIRST.match(text):
        year, _, month, day = found.groups()
        text = f"{year}-{month:0>2}-{day:0>2}{text[found.end() :]}"
    elif not _COMPACT.match(text):
        # "20240910" could be any number; Python reads it as a date.
        return None
    zone: tzinfo | None = None
    if found := _ISO_ZONE.search(text, 10):
        named = (found["named"] or "").lower()
        if named and named not in _ZONES:
            return None
        zone = _offset(found["offset"]) if found["offset"] else timezone(timedelta(hours=_ZONES.get(named, 0)))
    elif found := _LONE_OFFSET.search(text, 10):
        zone = _offset(found["offset"])
    try:
        date = datetime.fromisoformat(text[: found.start()] if found else text)
    except ValueError:
        return None
    return date if zone is None else date.replace(tzinfo=zone)


def _worded(text: str) -> datetime | None:
    found = next(filter(None, (pattern.fullmatch(text) for pattern in _WORDED)), None)
    month = _MONTHS.get(found["month"].lower()) if found else None
    if found is None or month is None:
        return None
    year = int(found["year"])
    if year < 100:
        # RFC 5322, 4.3: 00 to 49 are of this century.
        year += 2000 if year < 50 else 1900
    hour = int(found["hour"] or 0)
    half = found["half"]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    # A leap second is the one before it: datetime has no room for it.
    second = min(int(found["second"] or 0), 59) if found["second"] != "60" else 59
    date = datetime(year, month, int(found["day"]), hour, int(found["minute"] or 0), second, tzinfo=_zone(found))
    # An hour that a place has twice, when its clocks go back, or not at all.
    return date if date.utcoffset() == date.replace(fold=1).utcoffset() else None


def _zone(found: re.Match[str]) -> tzinfo | None:
    """The zone, or None where none is stated; ValueError for a name that does not tell."""
    name, offset = found["zone"] or "", (found["offset"] or "").replace(":", "")
    place = "/" in name
    hours = None if place else _ZONES.get(name.lower())
    if name and not place and hours is None:
        raise ValueError(f"no zone {name!r}")
    if offset:
        if name and hours != 0:
            raise ValueError(f"two zones, {name!r} and {offset!r}")
        return _offset(offset)
    if place:
        return _place(name)
    return None if hours is None else timezone(timedelta(hours=hours))


def _offset(text: str) -> timezone:
    """The zone of "+3", "+03", "+0330" or "+03:30"; ValueError for more than a day."""
    digits = text[1:].replace(":", "")
    hours, minutes = (digits, "0") if len(digits) <= 2 else (digits[:-2], digits[-2:])
    away = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-away if text[0] == "-" else away)


def _place(name: str) -> tzinfo:
    """The zone of a place such as America/Los_Angeles; ValueError where this machine knows none of the name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(f"no zone {name!r}") from error
