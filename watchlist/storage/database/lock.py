"""One run at a time on one database, whoever started it; and within runs one writer at a time where that is needed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, func, select, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from watchlist.errors import RunLockedError, StorageError
from watchlist.storage.database.connect import typed_errors

#: Any number will do, as long as every version of this program uses the same.
_ADVISORY_KEY = 7_735_520_117


def one_writer(connection: Connection, key: int) -> None:
    """Let one transaction at a time go on from here to its end; on SQLite only one writes in any case."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(key)))


def _unlock(connection: Connection) -> None:
    try:
        connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _ADVISORY_KEY})
        connection.commit()
    except SQLAlchemyError:
        # The server is gone, and the lock with the session; or it goes when the session is ended, which this does. What
        # ended the run is more worth telling.
        connection.invalidate()


@contextmanager
def run_lock(engine: Engine) -> Iterator[None]:
    """Hold the run lock of this database; raises RunLockedError at once when another run has it.

    Raises StorageError when the lock file cannot be made.

    For SQLite a lock file beside the database, for PostgreSQL an advisory lock of a session of its own. Both go with
    the process that holds them, however it ends.
    """
    if engine.dialect.name == "postgresql":
        with typed_errors(engine):
            connection = engine.connect()
        with connection:
            with typed_errors(engine):
                taken = connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": _ADVISORY_KEY}).scalar()
                connection.commit()
            if not taken:
                raise RunLockedError("another run is at work on this database")
            try:
                yield
            finally:
                _unlock(connection)
        return
    # Here, because only a run takes the lock, and every other command would load it for nothing.
    from filelock import FileLock, Timeout

    lock = FileLock(f"{engine.url.database}.lock", mode=0o600)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise RunLockedError(f"another run is at work on this database (lock {lock.lock_file})") from error
    except OSError as error:
        raise StorageError(f"{lock.lock_file}: cannot be locked: {error.strerror}") from error
    try:
        yield
    finally:
        lock.release()
