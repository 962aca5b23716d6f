from __future__ import annotations

import sqlite3
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from watchlist.errors import ListParseError
from watchlist.lists.reading.entity_rows import grouped
from watchlist.lists.reading.files import file_at
from watchlist.lists.reading.streams.spool import spool
from watchlist.lists.reading.table import Row

FILE = file_at("mine", Path("list.csv"))


def rows(ids: str) -> Iterator[tuple[int, Row]]:
    return ((line, {"id": id, "name": f"{id}{line}"}) for line, id in enumerate(ids, start=1))


def test_scattered_rows_come_together_in_the_order_of_their_first() -> None:
    found = [(id, [line for line, _ in each]) for id, each in grouped(FILE, rows("BABCA"), lambda _, row: row["id"])]
    assert found == [("B", [1, 3]), ("A", [2, 5]), ("C", [4])]


def test_more_rows_than_are_written_at_a_time() -> None:
    found = {id: sum(1 for _ in each) for id, each in grouped(FILE, rows("AB" * 1800), lambda _, row: row["id"])}
    assert found == {"A": 1800, "B": 1800}


def test_values_and_keys_of_a_spool() -> None:
    with spool(FILE) as kept:
        for value in range(3):
            kept.add("a", [value, "é\n"])
        kept.add("b", None)
        assert list(kept.all_keys()) == ["a", "b"]
        assert kept.values("a") == [[0, "é\n"], [1, "é\n"], [2, "é\n"]]
        assert (kept.values("b"), kept.values("c")) == ([None], [])


def test_what_the_disk_refuses_is_an_error_of_the_list() -> None:
    with pytest.raises(ListParseError, match="cannot be sorted on disk: database or disk is full"), spool(FILE):
        raise sqlite3.OperationalError("database or disk is full")


def test_the_memory_does_not_grow_with_the_rows() -> None:
    def peak(count: int) -> int:
        many = ((line, {"id": str(line % (count // 3)), "text": "x" * 2000}) for line in range(count))
        tracemalloc.start()
        for _, each in grouped(FILE, many, lambda _, row: row["id"]):
            for _ in each:
                pass
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    assert peak(9000) < peak(3000) * 1.5
