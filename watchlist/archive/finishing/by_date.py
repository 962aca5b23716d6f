"""Mentions in the order they were found to a file for each day.

As many as memory should hold are put in the order of their days; where there are more, each such portion is kept in a
file that is mapped, and of all portions what belongs to a day is written together. So each file is written once,
however the days are strewn over the archive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

#: Bytes that are put in order at a time; twice as much is in memory while they are.
_PORTION: Final = 128 << 20
#: Rows of a file that are in memory while they are written.
_GROUP: Final = 1 << 14
_COMPRESSION: Final = "zstd"
#: Where a file has no more rows than this, dictionaries of its words make it no smaller and take a quarter of the time.
_FEW_ROWS: Final = 1 << 12
#: How readers of such folders know that there is none.
_NO_DAY: Final = "__HIVE_DEFAULT_PARTITION__"


@dataclass(frozen=True, slots=True)
class _Portion:
    """Rows in the order of their days, and where each day begins and how many rows it has."""

    rows: pa.Table
    days: dict[str | None, tuple[int, int]]


def write_by_date(
    batches: Iterable[pa.RecordBatch], target: Path, aside: Path, workers: int, *, portion: int = _PORTION
) -> None:
    """Write the rows into folders by their last column, the day, which is not written itself; rows of a day in order.

    ``aside`` is a folder for what memory should not hold; what is there is taken away again. So many threads write.
    """
    portions: list[_Portion] = []
    for number, rows in enumerate(in_portions(batches, portion)):
        path = aside / f"portion-{number}"
        portions.append(_ordered(rows) if rows.nbytes < portion else _kept(_ordered(rows), path))

    def write(day: str | None) -> None:
        folder = target / f"date={_NO_DAY if day is None else day}"
        folder.mkdir()
        found = pa.concat_tables(each.rows.slice(*each.days[day]) for each in portions if day in each.days)
        many = found.num_rows > _FEW_ROWS
        path = folder / "part-0.parquet"
        pq.write_table(found, path, row_group_size=_GROUP, compression=_COMPRESSION, use_dictionary=many)

    # Most of it is done outside of Python, where other threads go on.
    with ThreadPoolExecutor(workers) as threads:
        for _ in threads.map(write, {day for each in portions for day in each.days}):
            pass
    for path in aside.glob("portion-*"):
        path.unlink()


def in_portions(batches: Iterable[pa.RecordBatch], size: int) -> Iterator[pa.Table]:
    """The same rows in tables of about so many bytes."""
    some: list[pa.RecordBatch] = []
    held = 0
    for each in batches:
        some.append(each)
        held += each.nbytes
        if held >= size:
            yield pa.Table.from_batches(some)
            some, held = [], 0
    if some:
        yield pa.Table.from_batches(some)


def _ordered(rows: pa.Table) -> _Portion:
    """The rows by their days, those of a day as they came."""
    days = rows.column(rows.num_columns - 1).combine_chunks()
    # Of an array alone it is promised that what is equal stays in its order.
    order = pc.array_sort_indices(days)
    sorted_rows = rows.drop_columns([rows.column_names[-1]]).combine_chunks().take(order)
    found: dict[str | None, tuple[int, int]] = {}
    for at, day in enumerate(days.take(order).to_pylist()):
        start, count = found.get(day, (at, 0))
        found[day] = start, count + 1
    return _Portion(sorted_rows, found)


def _kept(portion: _Portion, path: Path) -> _Portion:
    """The same in a file, which the system has in memory as far as there is room."""
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, portion.rows.schema) as writer:
        writer.write_table(portion.rows)
    return _Portion(pa.ipc.open_file(pa.memory_map(str(path))).read_all(), portion.days)
