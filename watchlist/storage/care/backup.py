"""Copies of a database while others work with it, and taking one back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from watchlist.errors import StorageError
from watchlist.storage.database.connect import open_engine, typed_errors
from watchlist.storage.database.version import EXPECTED

#: How long another program is waited for, in seconds.
_WAIT = 60.0
#: Where packages put PostgreSQL's programs that are not on the path.
_POSTGRESQL = Path("/usr/lib/postgresql")
#: What SQLite keeps beside its file.
_BESIDE = ("-wal", "-shm")
#: What SQLite says of a file that it does not even write to as a database.
_BEYOND_REPAIR = ("not a database", "malformed")


def back_up(url: str, target: Path) -> int:
    """Make ``target`` a copy of the database as it is at one moment, and open it to see that it is one.

    Others may read and write meanwhile. ``target`` is there only once the copy is whole; return its size. Raises
    StorageError.
    """
    partial = target.with_name(f"{target.name}.part")
    parsed = make_url(url)
    try:
        _make_private(partial)
        if parsed.get_backend_name() == "sqlite":
            _back_up_sqlite(Path(str(parsed.database)), partial)
        else:
            _pg("pg_dump", parsed, ["--format=custom", f"--file={partial}", _database(parsed)])
            _pg("pg_restore", parsed, ["--list", str(partial)])
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        partial.replace(target)
    except OSError as error:
        raise StorageError(f"{target}: cannot be written: {error.strerror}") from error
    finally:
        partial.unlink(missing_ok=True)
    return target.stat().st_size


def restore(url: str, source: Path, now: datetime) -> Path | None:
    """Make the database what the copy ``source`` holds, all or nothing; nobody else may be at work on it.

    What an SQLite file held before is kept beside it; return where. Raises StorageError for what is no copy of such a
    database, is damaged, or is of a newer version.
    """
    if not source.is_file():
        raise StorageError(f"{source}: no such file")
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _restore_sqlite(Path(str(parsed.database)), source, now)
    _pg("pg_restore", parsed, ["--list", str(source)])
    options = ["--clean", "--if-exists", "--single-transaction", "--no-owner", f"--dbname={_database(parsed)}"]
    _pg("pg_restore", parsed, [*options, str(source)])
    return None


def vacuum(url: str, busy_timeout: float) -> None:
    """Give room back that removed rows took, and have statistics made anew. Raises StorageError."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        path = Path(str(parsed.database))
        with _sqlite_errors(path), closing(sqlite3.connect(path, timeout=busy_timeout)) as connection:
            connection.isolation_level = None
            connection.execute("VACUUM")
            connection.execute("ANALYZE")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return
    engine = open_engine(url, busy_timeout)
    try:
        with typed_errors(engine), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM (ANALYZE)")
    finally:
        engine.dispose()


def version_of(path: Path) -> str:
    """The version of the tables in an SQLite file; raises StorageError for one that is damaged or none of ours."""
    with _sqlite_errors(path), closing(sqlite3.connect(f"file:{path.resolve()}?mode=ro", uri=True)) as connection:
        wrong = [line for (line,) in connection.execute("PRAGMA integrity_check(5)") if line != "ok"]
        if wrong:
            raise StorageError(f"{path}: is damaged: {'; '.join(wrong)}")
        try:
            (version,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except (sqlite3.OperationalError, TypeError) as error:
            raise StorageError(f"{path}: is no database of watchlist") from error
    return str(version)


def _back_up_sqlite(source: Path, target: Path) -> None:
    with _sqlite_errors(source), closing(_read_only(source)) as reader, closing(sqlite3.connect(target)) as copy:
        # In one step: in several it would begin anew with every write of another program.
        reader.backup(copy)
        # One file, with nothing beside it.
        copy.execute("PRAGMA journal_mode = DELETE")
    version_of(target)
    for end in _BESIDE:
        Path(f"{target}{end}").unlink(missing_ok=True)


def _restore_sqlite(target: Path, source: Path, now: datetime) -> Path | None:
    version = version_of(source)
    if version > EXPECTED:
        raise StorageError(
            f"{source}: is at schema version {version}, this program knows versions up to {EXPECTED}:"
            " install the version of watchlist that made it"
        )
    kept: Path | None = None
    if target.exists():
        kept = target.with_name(f"{target.name}.before-{now:%Y%m%dT%H%M%SZ}")
        _make_private(kept)
        # Also where it is damaged, which may be why: as it is, with what stands beside it.
        for end in ("", *_BESIDE):
            if Path(f"{target}{end}").exists():
                shutil.copyfile(f"{target}{end}", f"{kept}{end}")
                Path(f"{kept}{end}").chmod(0o600)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        _make_private(target)
    try:
        _put_back(source, target)
    except StorageError as error:
        if not any(words in str(error) for words in _BEYOND_REPAIR):
            raise
        for end in ("", *_BESIDE):
            Path(f"{target}{end}").unlink(missing_ok=True)
        _make_private(target)
        _put_back(source, target)
    return kept


def _put_back(source: Path, target: Path) -> None:
    with (
        _sqlite_errors(target),
        closing(_read_only(source)) as reader,
        closing(sqlite3.connect(target, timeout=_WAIT)) as database,
    ):
        reader.backup(database)


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{path.resolve()}?mode=ro", uri=True, timeout=_WAIT)


def _make_private(path: Path) -> None:
    """An empty file that nobody else may read."""
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


@contextmanager
def _sqlite_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise StorageError(f"{path}: {error}") from error
    except OSError as error:
        raise StorageError(f"{error.filename or path}: {error.strerror}") from error


def _database(url: URL) -> str:
    """Where a server's database is, as PostgreSQL's programs understand it; without the password."""
    return url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)


def _pg(program: str, url: URL, arguments: Sequence[str]) -> None:
    found = shutil.which(program) or next(
        (str(path) for path in sorted(_POSTGRESQL.glob(f"*/bin/{program}"), reverse=True)), None
    )
    if found is None:
        raise StorageError(
            f"{program} is not installed, which makes and reads copies of a PostgreSQL database: install PostgreSQL's"
            " client programs, or copy it to a file with 'watchlist db copy URL sqlite:///copy.db'"
        )
    # On the command line everybody on this machine could read it.
    secret = {"PGPASSWORD": str(url.password)} if url.password else {}
    done = subprocess.run(  # noqa: S603  (without a shell)
        [found, *arguments], env={**os.environ, **secret}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = " ".join(done.stderr.split())
        if url.password:
            said = said.replace(str(url.password), "***")
        raise StorageError(f"{program} failed: {said or done.returncode}")
