"""Points in time as people write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from watchlist.errors import UsageError


def parse_since(value: str | None, now: datetime) -> datetime | None:
    """A point in time: ``7d``, ``24h``, ``30m`` ago, or an ISO 8601 date or time (UTC unless it says otherwise)."""
    return _point(value, now, -1)


def parse_until(value: str | None, now: datetime) -> datetime | None:
    """A point in time still to come, written like one that is past: ``90d`` from now, or a date."""
    until = _point(value, now, 1)
    if until is not None and until <= now:
        raise UsageError(f"{value!r} is past: name a time to come, such as 90d or a date")
    return until


def _point(value: str | None, now: datetime, direction: int) -> datetime | None:
    if value is None:
        return None
    if found := re.fullmatch(r"(\d+)([mhd])", value.strip()):
        units = {"m": "minutes", "h": "hours", "d": "days"}
        try:
            return now + direction * timedelta(**{units[found[2]]: int(found[1])})
        except OverflowError as error:
            raise UsageError(f"{value!r} is longer than any calendar") from error
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError as error:
        raise UsageError(f"{value!r} is no time: write 7d, 24h, 2026-11-23 or 2026-11-23T08:00") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
