"""What the modules of this package share: the base of each noun's half of the store, and the portable upsert."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from itertools import islice
from types import ModuleType
from typing import Any, TypeVar

from sqlalchemy import Connection, Insert, Row, Table
from sqlalchemy.engine import Engine

from watchlist.errors import StorageError
from watchlist.storage.database.connect import reading, writing
from watchlist.storage.database.fence import Fence

T = TypeVar("T")

#: A row of whatever columns; each module knows its own.
AnyRow = Row[*tuple[Any, ...]]

#: Rows to a statement: below SQLite's bound on variables with the widest table.
CHUNK = 500


class Rows:
    """Access to the tables of one noun. Each public method is one transaction unless it says otherwise."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._fence = Fence()

    def _reading(self) -> AbstractContextManager[Connection]:
        return reading(self._engine)

    @contextmanager
    def _writing(self, *, fenced: bool = True) -> Iterator[Connection]:
        """A write transaction of a worker that nobody has taken for dead; see `Fence`.

        What is not ``fenced`` looks for itself whether it may still write.
        """
        with writing(self._engine) as connection:
            if fenced:
                self._fence.check(connection)
            yield connection


def dialect_of(connection: Connection) -> ModuleType:
    """The dialect's own statements, whose inserts know conflicts."""
    # Each takes a while to import, and a process needs one at most.
    return import_module(f"sqlalchemy.dialects.{connection.dialect.name}")


def upsert(
    connection: Connection,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    keys: Sequence[str],
    *,
    keep: Sequence[str] = (),
) -> None:
    """Insert rows; where one with the same ``keys`` stands already, it takes the new values but for ``keep``."""
    if not rows:
        return
    statement = dialect_of(connection).insert(table)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in (*keys, *keep)}
    connection.execute(statement.on_conflict_do_update(index_elements=list(keys), set_=changed), list(rows))


def insert_one(connection: Connection, statement: Insert) -> int:
    """Insert one row and return the number it was given."""
    key = connection.execute(statement).inserted_primary_key
    if key is None:
        raise StorageError("the database gave a new row no number")
    return int(key[0])


def chunks(values: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The values in lists of at most ``size``."""
    iterator = iter(values)
    while chunk := list(islice(iterator, size)):
        yield chunk
