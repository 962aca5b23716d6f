"""Which version the tables have, and taking them to this program's."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, func, inspect, select, text
from sqlalchemy.engine import Engine

import watchlist
from watchlist.errors import NoDatabaseError, SchemaOutOfDateError, SchemaTooNewError
from watchlist.storage.database.connect import name_of, reading, writing
from watchlist.storage.database.version import EXPECTED

#: Any number will do, as long as every version of this program uses the same.
_ADVISORY_KEY = 7_735_520_118


def migrations() -> Path:
    """The folder with Alembic's environment and versions: inside the package in a wheel, beside it in a checkout."""
    package = Path(watchlist.__file__).parent
    inside = package / "_migrations"
    return inside if inside.exists() else package.parent / "migrations"


def current(engine: Engine) -> str | None:
    """The revision of the database; None when it has no tables yet."""
    with reading(engine) as connection:
        return _revision(connection)


def upgrade(engine: Engine) -> None:
    """Make the tables, or take them to the expected revision, in one transaction.

    Raises StorageError when they are of a revision that this program does not know.
    """
    # Alembic takes longer to import than most commands take to run, and nearly none of them migrates.
    from alembic import command
    from alembic.config import Config as AlembicConfig

    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            # Of two programs that find a new database, the second is to wait and then find the tables.
            connection.execute(select(func.pg_advisory_xact_lock(_ADVISORY_KEY)))
        _refuse_newer(_revision(connection))
        settings = AlembicConfig()
        settings.set_main_option("script_location", str(migrations()).replace("%", "%%"))
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")


def require_current(engine: Engine, *, creates: bool) -> None:
    """Raise SchemaOutOfDateError when the tables are older than this program, StorageError when they are newer.

    Where there is no database yet, or one without tables, they are made if it ``creates``; else NoDatabaseError is
    raised, and nothing is left behind.
    """
    if not creates and not is_there(engine):
        raise NoDatabaseError(name_of(engine))
    found = current(engine)
    if found is None and not creates:
        raise NoDatabaseError(name_of(engine))
    if found is None:
        upgrade(engine)
    elif found != EXPECTED:
        _refuse_newer(found)
        raise SchemaOutOfDateError(found, EXPECTED)


def is_there(engine: Engine) -> bool:
    """Whether there is a file of this SQLite database; whether there is one on a server is seen by asking it."""
    return engine.dialect.name != "sqlite" or Path(str(engine.url.database)).exists()


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _refuse_newer(found: str | None) -> None:
    # Revisions are numbered in order, all with the same number of digits.
    if found is not None and found > EXPECTED:
        raise SchemaTooNewError(found, EXPECTED)
