"""The fence: a worker that others have taken for dead, or whose duty another has taken over, writes nothing more.

It is asked within each transaction that writes, and holds to its end, so that whoever takes over sees all that was
written before, and nothing comes after.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, func, select

from watchlist.errors import LeaseLostError
from watchlist.model import Duty
from watchlist.storage.database.session_lock import LockSession
from watchlist.storage.database.tables import duties, workers


def clock(connection: Connection) -> datetime:
    """The time by the one clock that all workers of a database share: those of several machines differ."""
    if connection.dialect.name == "postgresql":
        found: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
        return found.astimezone(UTC)
    return datetime.now(UTC)


class Fence:
    """Who writes by this store: nobody in particular, as with most commands, or a worker with its duties."""

    def __init__(self) -> None:
        self.worker: str | None = None
        self.lease = timedelta(0)
        #: Whether others may be at work on the same database.
        self.shared = False
        #: The token of each duty in hand, and the session that holds their locks.
        self.tokens: dict[Duty, int] = {}
        self.session: LockSession | None = None
        #: When something was last written, on the machine's own clock.
        self.wrote_at = time.monotonic()

    def check(self, connection: Connection) -> None:
        """Raise LeaseLostError where the caller's transaction must not write; else nobody takes over before its end."""
        if self.worker is None:
            return
        self.wrote_at = time.monotonic()
        own = workers.c.id == self.worker
        if connection.dialect.name == "postgresql":
            # One that hangs in the middle of a transaction must not keep others from taking over.
            limit = func.set_config(
                "idle_in_transaction_session_timeout", str(int(self.lease.total_seconds() * 1000)), True
            )
            row = connection.execute(select(workers.c.lost_at, limit).where(own).with_for_update(read=True)).first()
        else:
            row = connection.execute(select(workers.c.lost_at).where(own)).first()
        if row is None or row.lost_at is not None:
            raise LeaseLostError("this worker was silent for longer than its lease, and others have taken over")
        if self.tokens:
            self._check_duties(connection)

    def _check_duties(self, connection: Connection) -> None:
        held = select(duties.c.name, duties.c.token).where(duties.c.name.in_(self.tokens)).with_for_update(read=True)
        now = {Duty(row.name): row.token for row in connection.execute(held)}
        if now != self.tokens:
            raise LeaseLostError(f"another worker has taken over: {', '.join(self.tokens)}")
        if self.session is not None and not self.session.is_same():
            raise LeaseLostError(f"the lock was lost with its connection to the server: {', '.join(self.tokens)}")
