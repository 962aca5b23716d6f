"""Who may run on a database: on SQLite one at a time, on PostgreSQL several together or one alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, func, select
from sqlalchemy.engine import Engine

from watchlist.errors import RunLockedError
from watchlist.storage.database.file_lock import LOCKED, FileLock
from watchlist.storage.database.session_lock import LockSession

#: Any number will do, as long as every version of this program uses the same.
_ADVISORY_KEY = 7_735_520_117


def one_writer(connection: Connection, key: int) -> None:
    """Let one transaction at a time go on from here to its end; on SQLite only one writes in any case."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(key)))


class RunLock:
    """The run lock of a database: alone, or on PostgreSQL together with others that are at work on it."""

    def __init__(self, engine: Engine, *, shared: bool = False) -> None:
        self._shared = shared
        self._lock = (
            LockSession(engine) if engine.dialect.name == "postgresql" else FileLock(Path(str(engine.url.database)))
        )

    def take(self) -> None:
        """Take it; raises RunLockedError at once when another run is in the way, StorageError where it cannot be had.

        For SQLite it is a lock file beside the database, for PostgreSQL an advisory lock of a session of its own. Both
        go with the process that holds them, however it ends.
        """
        if isinstance(self._lock, FileLock):
            self._lock.take()
        elif not self._lock.try_lock(_ADVISORY_KEY, shared=self._shared):
            words = self._lock.words_of(_ADVISORY_KEY)
            self._lock.end()
            raise RunLockedError(LOCKED + words)

    def look(self) -> bool:
        """Whether it is still held; one that was lost is taken again where it is free."""
        if isinstance(self._lock, FileLock):
            return self._lock.look()
        return self._lock.is_same() or self._lock.try_lock(_ADVISORY_KEY, shared=self._shared)

    def give_back(self) -> None:
        """Let others have it."""
        if isinstance(self._lock, FileLock):
            self._lock.give_back()
        else:
            self._lock.unlock(_ADVISORY_KEY, shared=self._shared)
            self._lock.end()


@contextmanager
def run_lock(engine: Engine) -> Iterator[None]:
    """Hold the run lock of this database alone; see `RunLock.take`."""
    lock = RunLock(engine)
    lock.take()
    try:
        yield
    finally:
        lock.give_back()
