"""What a report is about, asked of the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from watchlist.alerts.period import Period, period_of
from watchlist.alerts.silent import silent_feeds
from watchlist.model import AlertDetail, AlertFilter
from watchlist.storage.store import Store


@dataclass(frozen=True, slots=True)
class Covered:
    """The alerts of a period, and the period in numbers."""

    alerts: tuple[AlertDetail, ...]
    period: Period


def covered(store: Store, since: datetime | None, until: datetime) -> Covered:
    """What was opened since a time, or since the first alert, and before another."""
    found = store.find_alerts(AlertFilter(since=since, until=until))
    first = since or min((each.alert.opened_at for each in found), default=until)
    silent = silent_feeds(store.watched_feeds(), store.feed_news(first, until), first, until)
    return Covered(found, period_of(found, silent, first, until))
