"""Connections: the settings without which SQLite loses updates, and one way to begin each kind of transaction."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from sqlite3 import connect
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError, StatementError

from watchlist.errors import ConfigError, DatabaseAwayError, MayOnlyReadError, StorageError
from watchlist.storage.database.tables.packed import unpacked


def open_engine(url: str, busy_timeout: float) -> Engine:
    """An engine for this SQLAlchemy URL; ``busy_timeout`` is in seconds.

    SQLite runs in WAL mode with foreign keys on. Raises ConfigError for a URL that is none, or a driver not installed.
    """
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "postgresql" and parsed.drivername == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
        if parsed.get_backend_name() not in ("sqlite", "postgresql"):
            raise ConfigError(f"{parsed.drivername} is not supported: use sqlite or postgresql", key="database.url")
        read_only = _may_only_read(parsed)
        creator = {} if read_only is None else {"creator": lambda: _connect_to_read(read_only)}
        engine = create_engine(parsed, connect_args=_introduction(parsed), **creator)
    except NoSuchModuleError as error:
        raise ConfigError(str(error), key="database.url") from error
    except (ArgumentError, ValueError) as error:
        raise ConfigError("is no database URL: write one such as sqlite:///watchlist.db", key="database.url") from error
    except ModuleNotFoundError as error:
        hint = "install the extra: pip install 'watchlist[postgres]'"
        raise ConfigError(f"needs the module {error.name}; {hint}", key="database.url") from error
    if parsed.get_backend_name() == "sqlite":
        if not parsed.database or parsed.database == ":memory:":
            raise ConfigError("needs a file: write sqlite:///watchlist.db", key="database.url")
        _prepare_sqlite(engine, busy_timeout, read_only=read_only is not None)
    return engine


def _introduction(url: URL) -> dict[str, str]:
    """What a server is told of this program, so that others can be told who holds the run lock."""
    if url.get_backend_name() != "postgresql" or "application_name" in url.query:
        return {}
    # As long as the server keeps.
    return {"application_name": f"process {os.getpid()} on {socket.gethostname()}"[:63]}


def make_folder(engine: Engine) -> None:
    """Make the folder of an SQLite file, and the file, for nobody else to read; raises StorageError where it cannot."""
    if engine.dialect.name != "sqlite":
        return
    path = Path(str(engine.url.database))
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"{path.parent}: cannot be made, for the database: {error.strerror}") from error
    # What SQLite keeps beside it has the mode of the file. Where it cannot be made, opening it says so.
    with suppress(OSError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def _may_only_read(url: URL) -> Path | None:
    """The file of an SQLite database that is there, and that this user may not write to, or not in its folder."""
    if url.get_backend_name() != "sqlite" or not url.database or url.query:
        return None
    path = Path(url.database)
    try:
        return path if path.exists() and not all(os.access(each, os.W_OK) for each in (path, path.parent)) else None
    except OSError:
        return None


def _connect_to_read(path: Path) -> SqliteConnection:
    """A connection that makes nothing beside the file.

    While somebody has it open to write, what SQLite needs is beside it. Where nothing is, nobody has, and it is read as
    it stands.
    """
    alone = "" if Path(f"{path}-wal").exists() else "&immutable=1"
    # The pool hands it from one thread to another.
    return connect(f"file:{quote(str(path.resolve()))}?mode=ro{alone}", uri=True, check_same_thread=False)


def _prepare_sqlite(engine: Engine, busy_timeout: float, *, read_only: bool) -> None:
    @event.listens_for(engine, "connect")
    def _on_connect(connection: SqliteConnection, _record: Any) -> None:
        # The driver's own BEGIN comes too late and is deferred: transactions are begun in `_on_begin` alone.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {int(busy_timeout * 1000)}")
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.create_function("plain_text", 1, unpacked, deterministic=True)

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view of the database."""
    with typed_errors(engine), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One write transaction, committed at the end of the block and rolled back on an error.

    On SQLite it takes the write lock at once: a deferred transaction that turns into a writer can lose what another
    wrote in between, or fail with "database is locked" although it waited.
    """
    with typed_errors(engine), engine.connect().execution_options(writing=True) as connection, connection.begin():
        yield connection


@contextmanager
def typed_errors(engine: Engine) -> Iterator[None]:
    """Have the database's errors in the block raised as StorageError."""
    try:
        yield
    except StatementError as error:
        # Its cause alone: its own text repeats the statement with all its values.
        hint = "; make room, and the next run goes on where this one stopped" if _is_full(error.orig) else ""
        kind = DatabaseAwayError if _is_away(error.orig) else StorageError
        if _is_read_only(error.orig):
            kind, hint = MayOnlyReadError, "; this user may only read it"
        raise kind(f"{name_of(engine)}: {error.orig}{hint}") from error
    except SQLAlchemyError as error:
        raise StorageError(str(error)) from error
    except OverflowError as error:
        raise StorageError(f"{name_of(engine)}: a number is too large to be stored or looked up") from error
    except UnicodeEncodeError as error:
        # From bytes on the command line that are no text in its encoding.
        raise StorageError(f"{name_of(engine)}: {error.object!a} is no valid text") from error


#: What SQLite says where another time the same may succeed, and the classes of SQLSTATE for it: no connection, no
#: resources, somebody intervened, an error of the system. No SQLSTATE at all: there was nobody to give one.
_SQLITE_AWAY = (
    "SQLITE_BUSY",
    "SQLITE_LOCKED",
    "SQLITE_FULL",
    "SQLITE_IOERR",
    "SQLITE_CANTOPEN",
    "SQLITE_READONLY",
    "SQLITE_NOMEM",
)
_POSTGRESQL_AWAY = ("08", "53", "57", "58")
#: Not to be had in time, or at odds with another transaction.
_POSTGRESQL_LOCKED = ("55P03", "40001", "40P01")


def _is_away(error: BaseException | None) -> bool:
    """Whether a driver says that the database is locked, full or away, and nothing of the statement."""
    if name := getattr(error, "sqlite_errorname", None):
        return str(name).startswith(_SQLITE_AWAY)
    if type(error).__module__.partition(".")[0] != "psycopg" or type(error).__name__ in (
        "DataError",
        "ProgrammingError",
    ):
        return False
    state = getattr(error, "sqlstate", None)
    if state is None:
        return any(each.__name__ in ("OperationalError", "InterfaceError") for each in type(error).__mro__)
    return str(state).startswith(_POSTGRESQL_AWAY) or state in _POSTGRESQL_LOCKED


def _is_read_only(error: BaseException | None) -> bool:
    """Whether a driver says that this user may not write: no privilege, or a server that takes nothing."""
    name, state = getattr(error, "sqlite_errorname", None), getattr(error, "sqlstate", None)
    return str(name).startswith("SQLITE_READONLY") or state in ("42501", "25006")


def _is_full(error: BaseException | None) -> bool:
    """Whether a driver says that there is no room: SQLite by the name of its error, PostgreSQL by its SQLSTATE."""
    return getattr(error, "sqlite_errorname", None) == "SQLITE_FULL" or getattr(error, "sqlstate", None) == "53100"


def name_of(engine: Engine) -> str:
    """Where a database is, without its password."""
    return engine.url.render_as_string(hide_password=True)
