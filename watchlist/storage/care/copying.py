"""Moving everything from one database to another, SQLite or PostgreSQL, and seeing that it is the same there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text

from watchlist.errors import StorageError
from watchlist.storage.database.connect import make_folder, name_of, open_engine, reading, writing
from watchlist.storage.database.migrate import current, require_current, upgrade
from watchlist.storage.database.tables import metadata

#: Rows that are read, and written, at a time.
_PART = 1000
_MODULUS = 2**256


@dataclass(frozen=True, slots=True)
class Copied:
    """A table that was copied."""

    table: str
    rows: int
    #: Over all rows, in whatever order they come.
    digest: str


def copy_database(source: str, target: str, busy_timeout: float) -> Iterator[Copied]:
    """Copy all rows from one database to another that has none; yields each table when it is there and the same.

    All or nothing: read in one view of the source, written in one transaction, read back before it is committed. Raises
    StorageError where the target has rows, or has other ones in the end.
    """
    giving, taking = open_engine(source, busy_timeout), open_engine(target, busy_timeout)
    try:
        require_current(giving, creates=False)
        make_folder(taking)
        if current(taking) is None:
            upgrade(taking)
        require_current(taking, creates=False)
        with reading(giving) as here, writing(taking) as there:
            for table in metadata.sorted_tables:
                if there.execute(select(func.count()).select_from(table)).scalar_one():
                    raise StorageError(
                        f"{name_of(taking)} has rows in {table.name} already: name an empty database, or a new one"
                    )
            for table in metadata.sorted_tables:
                yield _copy(here, there, table)
    finally:
        giving.dispose()
        taking.dispose()


def _copy(here: Connection, there: Connection, table: Table) -> Copied:
    given = hashed = 0
    for values in _parts(here, table):
        hashed = (hashed + sum(map(_digest, values))) % _MODULUS
        given += len(values)
        there.execute(insert(table), values)
    found = taken = 0
    for values in _parts(there, table):
        taken = (taken + sum(map(_digest, values))) % _MODULUS
        found += len(values)
    if (given, hashed) != (found, taken):
        raise StorageError(
            f"{table.name}: {given:,} rows were read and {found:,} stand there, or others: nothing is kept"
        )
    _continue_numbers(there, table)
    return Copied(table.name, given, f"{hashed:064x}")


def _parts(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    """All rows, some at a time."""
    with connection.execute(select(table), execution_options={"yield_per": _PART}) as rows:
        for part in rows.mappings().partitions(_PART):
            yield [dict(row) for row in part]


def _digest(row: dict[str, Any]) -> int:
    """The number of one row's values; the same whichever database they come from."""
    plain = json.dumps(row, sort_keys=True, default=_plain, ensure_ascii=True)
    return int.from_bytes(hashlib.sha256(plain.encode()).digest(), "big")


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return hashlib.sha256(value).hexdigest()
    return str(value)


def _continue_numbers(there: Connection, table: Table) -> None:
    """Have the next row that gets a number get one that is free."""
    column = table.autoincrement_column
    if there.dialect.name != "postgresql" or column is None:
        return
    last = there.execute(select(func.max(column))).scalar()
    sequence = text("SELECT pg_get_serial_sequence(:table, :column)")
    name = there.execute(sequence, {"table": table.name, "column": column.name}).scalar()
    if name is not None and last is not None:
        there.execute(text("SELECT setval(CAST(:name AS regclass), :last)"), {"name": name, "last": last})
