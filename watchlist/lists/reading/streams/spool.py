"""Puts together what a file says of one entity in several places, on disk, so that memory stays flat.

A spool is a temporary SQLite database that only its own connection can see and that is gone when it is closed: a sorter
from the standard library, nothing that is kept.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import groupby
from typing import Any

from watchlist.lists.reading.files import ListFile

#: Values to a write.
_BATCH = 1000

_TABLES = """
CREATE TABLE keys (n INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
CREATE TABLE facts (n INTEGER PRIMARY KEY, key TEXT NOT NULL, value TEXT NOT NULL);
"""


class Spool:
    """Values by key: put in first, then taken out. Values are what JSON can hold."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._waiting: list[tuple[str, str]] = []
        self._indexed = False
        connection.executescript(_TABLES)

    def add(self, key: str, value: Any) -> None:
        """Put one more value under a key."""
        self._waiting.append((key, json.dumps(value, ensure_ascii=False)))
        if len(self._waiting) >= _BATCH:
            self._write()

    def values(self, key: str) -> list[Any]:
        """The values under a key, in the order in which they were put in."""
        self._write()
        if not self._indexed:
            self._connection.execute("CREATE INDEX ix_facts_key ON facts (key)")
            self._indexed = True
        found = self._connection.execute("SELECT value FROM facts WHERE key = ? ORDER BY n", (key,))
        return [json.loads(value) for (value,) in found]

    def all_keys(self) -> Iterator[str]:
        """The keys, in the order in which they first came."""
        self._write()
        for (key,) in self._connection.execute("SELECT key FROM keys ORDER BY n"):
            yield key

    def groups(self) -> Iterator[tuple[str, Iterator[Any]]]:
        """Each key with its values, keys in the order in which they first came."""
        self._write()
        found = self._connection.execute(
            "SELECT keys.key, facts.value FROM facts JOIN keys ON keys.key = facts.key ORDER BY keys.n, facts.n"
        )
        for key, rows in groupby(found, key=lambda row: str(row[0])):
            yield key, (json.loads(value) for _, value in rows)

    def _write(self) -> None:
        if self._waiting:
            self._connection.executemany(
                "INSERT OR IGNORE INTO keys (key) VALUES (?)", ((k,) for k, _ in self._waiting)
            )
            self._connection.executemany("INSERT INTO facts (key, value) VALUES (?, ?)", self._waiting)
            self._waiting.clear()


@contextmanager
def spool(file: ListFile) -> Iterator[Spool]:
    """An empty spool, gone at the end of the block; raises ListParseError when there is no room on the disk."""
    try:
        # The empty name is SQLite's for a database on disk that is deleted when it is closed.
        with closing(sqlite3.connect("", isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA temp_store = FILE")
            connection.execute("BEGIN")
            yield Spool(connection)
    except sqlite3.Error as error:
        raise file.broken(f"cannot be sorted on disk: {error}; free some room in the temporary folder") from error
