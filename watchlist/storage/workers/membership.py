"""Taking part: a worker joins, gives signs of life, notices that it was taken for dead, and leaves."""

from __future__ import annotations

import os
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.engine import Engine

from watchlist.errors import StorageError
from watchlist.model import DeliveryStatus, NewWorker
from watchlist.storage.database.connect import writing
from watchlist.storage.database.fence import Fence, clock
from watchlist.storage.database.lock import RunLock
from watchlist.storage.database.rows import Rows
from watchlist.storage.database.session_lock import LockSession
from watchlist.storage.database.tables import claims, deliveries, duties, workers

#: How long it is remembered that a worker was lost.
_REMEMBERED = timedelta(days=1)
#: As a worker calls itself; what is called otherwise is waited for.
_NAME = re.compile(r"process (\d+) on (.+)")
#: A lease until then has run out, by any clock.
_PAST = datetime(2000, 1, 1, tzinfo=UTC)


class Member:
    """A worker's part in the work on a database. Its methods may be called in any thread."""

    def __init__(self, engine: Engine, fence: Fence, about: NewWorker) -> None:
        self._engine, self._fence, self._about = engine, fence, about
        self._lock = RunLock(engine, shared=True)
        self._one_by_one = threading.Lock()

    def begin(self) -> None:
        """Take part; raises RunLockedError where another run has the database for itself."""
        self._lock.take()
        self._fence.lease = self._about.lease
        self._fence.shared = self._engine.dialect.name == "postgresql"
        self._fence.session = LockSession(self._engine) if self._fence.shared else None
        try:
            self._register()
            if self._fence.shared:
                # A single run may end before its first sign of life: else what a killed one claimed stays so for good.
                self._bury()
        except BaseException:
            self._lock.give_back()
            raise

    def beat(self) -> bool:
        """Give a sign of life, and take for dead who gave none for too long; return whether this one still takes part.

        Raises StorageError where the database does not answer: while it does not, nobody is taken for dead.
        """
        with self._one_by_one:
            there = self._lock.look()
            with writing(self._engine) as connection:
                now = clock(connection)
                own = workers.c.id == self._fence.worker
                still = update(workers).where(own, workers.c.lost_at.is_(None))
                until = now + self._about.lease
                alive = there and connection.execute(still.values(beat_at=now, lease_until=until)).rowcount > 0
            if alive and self._fence.shared:
                self._bury()
            return alive

    def go_on(self) -> None:
        """Take part anew if others have taken this worker for dead; raises RunLockedError where it may not.

        To be asked between two runs: what the one before was broken off while sending is due again at once.
        """
        if self.beat():
            self._take_up()
            return
        with self._one_by_one:
            if not self._lock.look():
                self._lock.take()
            self._fence.tokens.clear()
            if self._fence.session is not None:
                self._fence.session.end()
            self._register()

    def _take_up(self) -> None:
        """Free what this worker was sending when the database went away under it, rather than when the lease ends."""
        own = (deliveries.c.leased_by == self._fence.worker, deliveries.c.status == DeliveryStatus.SENDING)
        with writing(self._engine) as connection:
            connection.execute(update(deliveries).where(*own).values(lease_until=_PAST))

    def end(self) -> None:
        """Take part no more: what was claimed is free."""
        with self._one_by_one:
            number, self._fence.worker = self._fence.worker, None
            self._fence.tokens.clear()
            if self._fence.session is not None:
                self._fence.session.end()
            self._fence.session, self._fence.shared = None, False
            # Where the database is away, its lease runs out.
            with suppress(StorageError), writing(self._engine) as connection:
                connection.execute(delete(workers).where(workers.c.id == number, workers.c.lost_at.is_(None)))
            with suppress(StorageError):
                self._lock.give_back()

    def _register(self) -> None:
        number = uuid4().hex
        with writing(self._engine) as connection:
            now = clock(connection)
            if not self._fence.shared:
                # Who holds the lock is the only one: whoever is still on record was killed, or lost its lock.
                connection.execute(update(workers).where(workers.c.lost_at.is_(None)).values(lost_at=now))
            values = {
                "id": number,
                "name": self._about.name[:190],
                "roles": list(self._about.roles),
                "started_at": now,
                "beat_at": now,
                "lease_until": now + self._about.lease,
            }
            connection.execute(insert(workers).values(values))
            _forget(connection, now)
        self._fence.worker = number

    def _bury(self) -> None:
        """Take for dead whose lease ran out, and free what they had claimed."""
        with writing(self._engine) as connection:
            now = clock(connection)
            # A lease that is far ahead is from a clock that was wrong.
            late = (workers.c.lease_until < now) | (workers.c.beat_at > now + self._about.lease)
            others = (workers.c.lost_at.is_(None), workers.c.id != self._fence.worker)
            named = select(workers.c.id, workers.c.name, late.label("late")).where(*others)
            # Who is in the middle of a transaction is alive, and holds its row.
            rows = connection.execute(named.with_for_update(skip_locked=True)).all()
            lost = [row.id for row in rows if row.late or _has_ended(row.name)]
            if lost:
                connection.execute(update(workers).where(workers.c.id.in_(lost)).values(lost_at=now))
                connection.execute(delete(claims).where(claims.c.worker_id.in_(lost)))
                connection.execute(update(duties).where(duties.c.worker_id.in_(lost)).values(worker_id=None))
                sending = (deliveries.c.leased_by.in_(lost), deliveries.c.status == DeliveryStatus.SENDING)
                connection.execute(update(deliveries).where(*sending).values(lease_until=_PAST))
            _forget(connection, now)


class MembershipRows(Rows):
    """Taking part in the work on a database."""

    @contextmanager
    def join(self, about: NewWorker) -> Iterator[Member]:
        """Take part as a worker: on SQLite as the only one, on PostgreSQL beside others.

        Raises RunLockedError at once when another run is in the way.
        """
        membership = Member(self._engine, self._fence, about)
        membership.begin()
        try:
            yield membership
        finally:
            membership.end()

    def idle_since(self) -> float:
        """When this worker last wrote something, on the machine's own clock."""
        return self._fence.wrote_at


def _has_ended(name: str) -> bool:
    """Whether a worker is a process of this machine that is no more: that need not be waited for."""
    found = _NAME.fullmatch(name)
    if found is None or found[2] != socket.gethostname():
        return False
    try:
        os.kill(int(found[1]), 0)
    except (ProcessLookupError, OverflowError):
        return True
    except OSError:
        return False
    return False


def _forget(connection: Connection, now: datetime) -> None:
    connection.execute(delete(workers).where(workers.c.lost_at < now - _REMEMBERED))
