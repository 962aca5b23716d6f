"""Times for people."""

from __future__ import annotations

from datetime import datetime


def when(moment: datetime | None, *, never: str = "never") -> str:
    """A time in UTC, to the minute."""
    return moment.strftime("%Y-%m-%d %H:%M") if moment else never
