"""One run at a time on one database, whoever started it; and within runs one writer at a time where that is needed."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, func, select, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from watchlist.errors import RunLockedError, StorageError
from watchlist.storage.database.connect import typed_errors

#: Any number will do, as long as every version of this program uses the same.
_ADVISORY_KEY = 7_735_520_117
_LOCKED = "another run is at work on this database"


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
                raise RunLockedError(_LOCKED + _session_words(connection))
            try:
                yield
            finally:
                _unlock(connection)
        return
    # Here, because only a run takes the lock, and every other command would load it for nothing.
    from filelock import FileLock, Timeout

    # Beside the file itself, by whatever link it is named.
    database = Path(str(engine.url.database)).resolve()
    lock = FileLock(f"{database}.lock", mode=0o600)
    holder = Path(f"{database}.lock.holder")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise RunLockedError(f"{_LOCKED}{_holder_words(holder)} (lock {lock.lock_file})") from error
    except OSError as error:
        raise StorageError(f"{lock.lock_file}: cannot be locked: {error.strerror}") from error
    try:
        _name_holder(holder)
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _name_holder(holder: Path) -> None:
    """Write down who holds the lock; the lock file itself is emptied by whoever tries it."""
    about = {"pid": os.getpid(), "host": socket.gethostname(), "since": datetime.now(UTC).isoformat(timespec="seconds")}
    # Told to others where it can be: the lock holds without.
    with suppress(OSError):
        holder.unlink(missing_ok=True)
        with os.fdopen(os.open(holder, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(about, file)


def _holder_words(holder: Path) -> str:
    try:
        about = json.loads(holder.read_text())
        since = datetime.fromisoformat(about["since"])
        return f": process {about['pid']} on {about['host']}, since {since:%Y-%m-%d %H:%M} UTC"
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _session_words(connection: Connection) -> str:
    """Who holds the lock on a server, as its session calls itself; nothing where that may not be seen."""
    high, low = divmod(_ADVISORY_KEY, 2**32)
    statement = text(
        "SELECT a.application_name AS name, a.backend_start AT TIME ZONE 'UTC' AS since FROM pg_locks l"
        " JOIN pg_stat_activity a ON a.pid = l.pid WHERE l.locktype = 'advisory' AND l.granted"
        " AND l.classid = :high AND l.objid = :low AND a.datname = current_database()"
    )
    row = connection.execute(statement, {"high": high, "low": low}).first()
    if row is None or not row.name or row.since is None:
        return ""
    return f": {row.name}, since {row.since:%Y-%m-%d %H:%M} UTC"
