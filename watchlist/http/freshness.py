"""What a server says about how soon to come again: a hint only, to be kept within bounds."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_MAX_AGE = re.compile(r"\bmax-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)


def freshness(cache_control: str | None, expires: str | None, now: datetime) -> float | None:
    """Seconds an answer stays fresh by its headers (RFC 9111, 4.2.1); None where they do not say, or say nought."""
    if found := _MAX_AGE.search(cache_control or ""):
        return float(found[1]) or None
    try:
        until = parsedate_to_datetime(expires or "")
    except ValueError:
        return None
    seconds = ((until if until.tzinfo else until.replace(tzinfo=UTC)) - now).total_seconds()
    return seconds if seconds > 0 else None
