"""Whether a new story of a subject is told by itself or in short, since the day has had its share: a pure decision."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Final

from watchlist.model import Frequent

#: The name under which messages gather what is told in short, beside those of routes.
FREQUENT: Final = "frequent"
#: What the first reading of a feed brings of longer before than this is no story of the day.
BACKLOG: Final = timedelta(days=2)


def day_of(now: datetime) -> datetime:
    """When the day began that counts, in UTC."""
    return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def end_of_day(now: datetime) -> datetime:
    """When the day ends that counts: then what is told in short goes out together."""
    return day_of(now) + timedelta(days=1)


def is_rolled_up(entity_ids: Collection[str], opened_today: int, frequent: Frequent) -> bool:
    """Whether the next alert of a subject is told in short.

    ``entity_ids`` are the entries of the subject, ``opened_today`` is how many alerts it has had since the day began.
    Of several numbers that were set for its entries the lowest holds.
    """
    own = [frequent.subjects[id] for id in entity_ids if id in frequent.subjects]
    return opened_today >= (min(own) if own else frequent.per_day)
