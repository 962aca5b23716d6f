"""Which version the tables have, and taking them to this program's."""

from __future__ import annotations

from sqlalchemy import inspect, text
from sqlalchemy.engine import Engine

from watchlist.errors import SchemaOutOfDateError
from watchlist.resources import migrations
from watchlist.storage.engine import reading, writing

#: The revision these tables are of; a test holds it to the newest script in ``migrations/versions``.
EXPECTED = "0001"


def current(engine: Engine) -> str | None:
    """The revision of the database; None when it has no tables yet."""
    with reading(engine) as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(engine: Engine) -> None:
    """Make the tables, or take them to the expected revision, in one transaction."""
    # Alembic takes longer to import than most commands take to run, and nearly none of them migrates.
    from alembic import command
    from alembic.config import Config as AlembicConfig

    with writing(engine) as connection:
        settings = AlembicConfig()
        settings.set_main_option("script_location", str(migrations()).replace("%", "%%"))
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")


def require_current(engine: Engine) -> None:
    """Make the tables of a new database; raise SchemaOutOfDateError when an existing one is of another version."""
    found = current(engine)
    if found is None:
        upgrade(engine)
    elif found != EXPECTED:
        raise SchemaOutOfDateError(found, EXPECTED)
