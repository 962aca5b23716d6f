"""Duties: what one worker does at a time. Each is a lock of the worker's session, and a token that writes are held to.

The lock says who may begin, and is free as soon as its session ends. The token is what counts: one who lost the lock
without noticing holds an older one than whoever took the duty up, and the fence refuses what it would write.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from zlib import crc32

from sqlalchemy import Connection, select, update

from watchlist.errors import StorageError
from watchlist.model import Duty
from watchlist.storage.database.rows import Rows, dialect_of
from watchlist.storage.database.tables import duties

#: Any numbers will do, as long as every version of this program uses the same.
_ADVISORY_BASE = 7_735_600_000


class DutyRows(Rows):
    """The duties."""

    @contextmanager
    def duty(self, duty: Duty, now: datetime) -> Iterator[bool]:
        """In the block this worker alone has this duty; it says False where another has it.

        Where there are no other workers it always has it. In the block every write is held to it: LeaseLostError is
        raised once another has taken it over, or its lock went with a connection.
        """
        session = self._fence.session
        if session is None or duty in self._fence.tokens:
            yield True
            return
        if self._fence.tokens and not session.is_same():
            # With the locks of the duties in hand: their next write says so.
            yield False
            return
        if not session.try_lock(_key(duty)):
            yield False
            return
        try:
            with self._writing() as connection:
                token = _take_up(connection, duty, self._fence.worker, now)
            self._fence.tokens[duty] = token
            yield True
        finally:
            self._fence.tokens.pop(duty, None)
            with suppress(StorageError), self._writing() as connection:
                mine = (duties.c.name == duty, duties.c.worker_id == self._fence.worker)
                connection.execute(update(duties).where(*mine).values(worker_id=None))
            session.unlock(_key(duty))


def _key(duty: Duty) -> int:
    return _ADVISORY_BASE + crc32(duty.encode()) % 100_000


def _take_up(connection: Connection, duty: Duty, worker: str | None, now: datetime) -> int:
    """Note who has a duty from now on; return the token, one more than that of whoever had it before."""
    statement = dialect_of(connection).insert(duties).values(name=duty, token=0, worker_id=worker, since=now)
    connection.execute(statement.on_conflict_do_nothing())
    own = duties.c.name == duty
    token = connection.execute(select(duties.c.token).where(own).with_for_update()).scalar_one() + 1
    connection.execute(update(duties).where(own).values(token=token, worker_id=worker, since=now))
    return int(token)
