"""Locks of a session on a PostgreSQL server, which go with it: known to be held as long as it is the same session."""

from __future__ import annotations

from sqlalchemy import Connection, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from watchlist.storage.database.connect import typed_errors


class LockSession:
    """A connection of its own, on which locks are held.

    When it is dropped, by the server's restart or a firewall, the locks are gone with it, and `is_same` says so; what
    is asked afterwards is asked of another session. Not for use in several threads at a time.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None
        self._number: int | None = None

    def try_lock(self, key: int, *, shared: bool = False) -> bool:
        """Take a lock if nobody else has it, or nobody has it alone; raises StorageError where nobody answers."""
        function = "pg_try_advisory_lock_shared" if shared else "pg_try_advisory_lock"
        with typed_errors(self._engine):
            connection = self._connected()
            return bool(connection.execute(text(f"SELECT {function}(:key)"), {"key": key}).scalar())

    def unlock(self, key: int, *, shared: bool = False) -> None:
        """Give a lock back; where the server is gone, so is the lock."""
        function = "pg_advisory_unlock_shared" if shared else "pg_advisory_unlock"
        if self._connection is None:
            return
        try:
            self._connection.execute(text(f"SELECT {function}(:key)"), {"key": key})
        except SQLAlchemyError:
            # Or it goes when the session is ended, which this does. What ended the run is more worth telling.
            self.end()

    def is_same(self) -> bool:
        """Whether the session in which locks were taken is alive: then they are held."""
        if self._connection is None or self._connection.invalidated:
            return False
        try:
            number = self._connection.execute(text("SELECT pg_backend_pid()")).scalar()
        except SQLAlchemyError:
            self.end()
            return False
        return number == self._number

    def words_of(self, key: int) -> str:
        """Who holds a lock, as its session calls itself; nothing where that may not be seen."""
        high, low = divmod(key, 2**32)
        statement = text(
            "SELECT a.application_name AS name, a.backend_start AT TIME ZONE 'UTC' AS since FROM pg_locks l"
            " JOIN pg_stat_activity a ON a.pid = l.pid WHERE l.locktype = 'advisory' AND l.granted"
            " AND l.classid = :high AND l.objid = :low AND a.datname = current_database() ORDER BY a.backend_start"
        )
        row = self._connected().execute(statement, {"high": high, "low": low}).first()
        if row is None or not row.name or row.since is None:
            return ""
        return f": {row.name}, since {row.since:%Y-%m-%d %H:%M} UTC"

    def end(self) -> None:
        """End the session, and with it what it holds."""
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
        self._connection = self._number = None

    def _connected(self) -> Connection:
        if self._connection is None or self._connection.invalidated:
            self.end()
            made = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            self._number = made.execute(text("SELECT pg_backend_pid()")).scalar()
            self._connection = made
        return self._connection
