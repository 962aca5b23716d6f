"""Whether a database is sound: its pages, its references, and that it has the tables of this program."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, inspect, select, text

from watchlist.storage.database.rows import Rows
from watchlist.storage.database.tables import metadata

#: Complaints of one kind that are told.
_MOST = 20


class CheckRows(Rows):
    """Looking for damage."""

    def damage(self, *, quick: bool = False) -> tuple[str, ...]:
        """What is wrong with the database, in words; nothing where it is sound. Reads all of it unless ``quick``.

        Raises StorageError where it is too damaged to be asked.
        """
        with self._reading() as connection:
            if self._engine.dialect.name == "sqlite":
                found = [*_sqlite_damage(connection, quick=quick)]
            else:
                found = [] if quick else [*_postgresql_damage(connection)]
            return (*found, *_missing(connection))


def _sqlite_damage(connection: Connection, *, quick: bool) -> Iterator[str]:
    pragma = "quick_check" if quick else "integrity_check"
    for (line,) in connection.execute(text(f"PRAGMA {pragma}({_MOST})")):
        if line != "ok":
            yield str(line)
    broken: dict[str, int] = {}
    for row in () if quick else connection.execute(text("PRAGMA foreign_key_check")):
        key = f"{row[0]} refers to rows of {row[2]} that are gone"
        broken[key] = broken.get(key, 0) + 1
    yield from (f"{what}: {n:,} rows" for what, n in broken.items())


def _postgresql_damage(connection: Connection) -> Iterator[str]:
    """A page that is damaged fails to be read; its indexes are looked at where the server has what does that."""
    there = set(inspect(connection).get_table_names())
    for table in (each for each in metadata.sorted_tables if each.name in there):
        connection.execute(select(func.count()).select_from(table)).scalar_one()
    if connection.execute(text("SELECT 1 FROM pg_extension WHERE extname = 'amcheck'")).first() is not None:
        indexes = text(
            "SELECT c.oid FROM pg_class c JOIN pg_am a ON a.oid = c.relam JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE a.amname = 'btree' AND c.relkind = 'i' AND n.nspname = current_schema()"
        )
        for (index,) in connection.execute(indexes).all():
            connection.execute(text("SELECT bt_index_check(CAST(:index AS oid))"), {"index": index})
    invalid = text("SELECT CAST(indexrelid AS regclass) FROM pg_index WHERE NOT indisvalid")
    for (name,) in connection.execute(invalid):
        yield f"the index {name} is not valid: REINDEX makes it anew"


def _missing(connection: Connection) -> Iterator[str]:
    """Tables, columns and indexes that the version of the tables has and this database has not."""
    found = inspect(connection)
    there = set(found.get_table_names())
    for table in metadata.sorted_tables:
        if table.name not in there:
            yield f"the table {table.name} is missing"
            continue
        columns = {each["name"] for each in found.get_columns(table.name)}
        yield from (
            f"the column {table.name}.{each.name} is missing" for each in table.columns if each.name not in columns
        )
        indexes = _indexes(connection, table.name)
        yield from (f"the index {each.name} is missing" for each in table.indexes if each.name not in indexes)


def _indexes(connection: Connection, table: str) -> set[str]:
    if connection.dialect.name != "sqlite":
        return {str(each["name"]) for each in inspect(connection).get_indexes(table)}
    # SQLAlchemy passes over those of expressions there.
    named = text("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = :table")
    return set(connection.execute(named, {"table": table}).scalars())
