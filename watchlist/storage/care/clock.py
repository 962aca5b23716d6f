"""Stored times that a clock which was ahead has left: what is due by them, or judged by them, is due and judged now."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import and_, select, true, update

from watchlist.model import DeliveryStatus, PageStatus
from watchlist.storage.database.rows import Rows
from watchlist.storage.database.tables import (
    articles,
    deliveries,
    faults,
    feeds,
    lists,
    lookbacks,
    outages,
    page_hosts,
    pages,
    runs,
)

#: A clock that is set right by its time server moves less; due times that are off by so little do no harm.
TOLERANCE: Final = timedelta(minutes=5)

_WAITS = deliveries.c.status.in_((DeliveryStatus.PENDING, DeliveryStatus.SENDING))
#: What is taken back to now where it is beyond, and of which rows. What people decided until when stays, and so does
#: the record of what was done: alerts, judgements, screenings, what was sent.
_TAKEN_BACK: Final = (
    (feeds, ("last_checked_at", "last_success_at", "last_error_at", "next_check_at", "changed_at"), true()),
    (lists, ("last_checked_at", "last_good_at", "last_changed_at", "last_error_at"), true()),
    (articles, ("fetched_at", "scanned_at", "scan_retry_at"), true()),
    (pages, ("next_at",), pages.c.status == PageStatus.WAITING),
    (page_hosts, ("checked_at", "hold_until"), true()),
    (outages, ("since", "next_try_at"), true()),
    # One that was never tried waits for its hour by a route.
    (deliveries, ("next_attempt_at",), and_(_WAITS, deliveries.c.attempts > 0)),
    (deliveries, ("created_at", "waiting_since", "first_failed_at", "lease_until"), _WAITS),
    (faults, ("first_at", "last_at"), faults.c.cleared_at.is_(None)),
)


class ClockRows(Rows):
    """Times that are not to be trusted."""

    def mend_times(self, now: datetime) -> timedelta | None:
        """Take times beyond now back to it where the last run began beyond now; return by how much, or None.

        To be called before a run is noted: then it is done once for each time that the clock was set back.
        """
        with self._reading() as connection:
            newest = select(runs.c.started_at).order_by(runs.c.id.desc()).limit(1)
            last: datetime | None = connection.execute(newest).scalar()
        if last is None or last - now <= TOLERANCE:
            return None
        with self._writing() as connection:
            for table, names, wanted in _TAKEN_BACK:
                for column in (table.c[name] for name in names):
                    connection.execute(update(table).where(column > now, wanted).values({column: now}))
            # An open look-back ends where it was asked for; articles that came with a later time are before that.
            connection.execute(update(lookbacks).where(lookbacks.c.finished_at.is_(None)).values(until=now))
        return last - now
