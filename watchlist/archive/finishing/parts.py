"""The parts of a run: a file for each piece, there as a whole or not at all; Spark's own are read as well."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from watchlist.archive.layout import OWN_PART, PART, PartRows

_SUFFIX: Final = ".arrow"
#: It is read once and soon, and most of it is small: more thorough ones cost more than the disk.
_COMPRESSION: Final = "lz4"
#: Rows of Spark's that are in memory at a time.
_ROWS: Final = 1 << 14


def write_part(folder: Path, number: int, rows: Iterable[PartRows]) -> None:
    """Keep what came of a piece, in one step; the same piece again replaces it by the same."""
    path = folder / f"{number:09}{_SUFFIX}"
    temporary = folder / f".{path.name}.{os.getpid()}"
    options = pa.ipc.IpcWriteOptions(compression=_COMPRESSION, use_threads=False)
    with pa.OSFile(str(temporary), "wb") as sink, pa.ipc.new_file(sink, OWN_PART, options=options) as writer:
        for each in rows:
            writer.write_batch(each.own_batch())
    temporary.replace(path)


def done_parts(folder: Path) -> frozenset[int]:
    """The numbers of the pieces that are done; a file that cannot be read, as after a power cut, is taken away."""
    done = set()
    for path in folder.glob(f"*{_SUFFIX}"):
        try:
            with pa.OSFile(str(path)) as source:
                pa.ipc.open_file(source)
        except (pa.ArrowInvalid, OSError):
            path.unlink()
        else:
            done.add(int(path.stem))
    return frozenset(done)


def rows_of_kind(folder: Path, kind: str) -> Iterator[pa.RecordBatch]:
    """The rows of a kind (`mention`, `article`, `aside`, `counts`) of all parts in order, with their dates behind."""
    options = pa.ipc.IpcReadOptions(included_fields=[OWN_PART.get_field_index(kind)], use_threads=False)
    for path in sorted(folder.glob(f"*{_SUFFIX}")):
        with pa.OSFile(str(path)) as source:
            reader = pa.ipc.open_file(source, options=options)
            for number in range(reader.num_record_batches):
                found = reader.get_batch(number).column(0).flatten()
                if len(found):
                    yield pa.RecordBatch.from_struct_array(found)


def spark_rows_of_kind(parts: Sequence[Path], kind: str) -> Iterator[pa.RecordBatch]:
    """The same of parts that Spark wrote on this machine: a folder of Parquet each."""
    import pyarrow.parquet as pq

    wanted = pa.schema([PART.field(each) for each in ("kind", "date", kind)])
    for part in parts:
        for path in sorted(part.glob("part-*.parquet")):
            with pq.ParquetFile(path) as file:
                for batch in file.iter_batches(_ROWS, columns=wanted.names):
                    # Spark has other names for what a list holds.
                    for each in pa.Table.from_batches([batch]).cast(wanted).to_batches():
                        yield from _of_kind(each, kind)


def _of_kind(batch: pa.RecordBatch, kind: str) -> Iterator[pa.RecordBatch]:
    import pyarrow.compute as pc

    found = batch.filter(pc.equal(batch.column("kind"), kind))
    if not found.num_rows:
        return
    struct = found.column(kind)
    names: list[Any] = [field.name for field in struct.type]
    yield pa.RecordBatch.from_arrays([*struct.flatten(), found.column("date")], names=[*names, "date"])
