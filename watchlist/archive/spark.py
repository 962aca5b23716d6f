"""The engine as a library for Spark: `mentions` takes a DataFrame of articles and gives one of what they mention.

The index file goes to each executor once and is mapped into memory there; whole batches of rows go to Python as Arrow
and come back as Arrow. `screened` is the same with all that came of the rows: the articles, what was put aside, counts.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from watchlist.archive.layout import PART, PartRows
from watchlist.archive.reading.fields import ArchiveRow
from watchlist.archive.reading.rows import BadRow, NoArticle, rows_of_records
from watchlist.archive.screener import Screener, ScreeningPlan, open_screener
from watchlist.children import collect_rarely, leave_out_of_collection
from watchlist.config import MatchingConfig
from watchlist.steps.asked.index_file import read_index_file

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.types import StructType

Rows = Iterable[ArchiveRow | BadRow | NoArticle]
#: What a batch holds, in portions that are written one by one.
BatchReader = Callable[[pa.RecordBatch], Iterator[Rows]]

_AT_ONCE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class ExecutorSetup:
    """What a Python process of an executor needs to know."""

    #: The index by its name among the files that Spark hands to executors.
    index: str
    plan: ScreeningPlan

    @property
    def key(self) -> str:
        """Another one for another index or plan."""
        sought = "" if self.plan.sought is None else "\n".join(sorted(self.plan.sought))
        return sha256(f"{self.index}\n{self.plan.matching}\n{sought}".encode()).hexdigest()[:16]


def mentions(df: DataFrame, index_path: str, text: str = "text", title: str = "title", id: str = "id") -> DataFrame:
    """What the articles of a DataFrame mention: a row for each article and subject, as `watchlist screen --jsonl` has.

    ``text``, ``title`` and ``id`` name its columns; it needs an id and one of the others. ``index_path`` is a file of
    ``watchlist index build``, on the driver. Rows that are no articles are left out here; `screened` has them. Raises
    MatchingError for an index of another engine version.
    """
    from pyspark.sql import functions as f

    named = {"text": text, "title": title, "id": id}
    chosen = [f.col(column).alias(field) for field, column in named.items() if column in df.columns]
    setup = ship_index(df.sparkSession, Path(index_path), ScreeningPlan(MatchingConfig().model_dump_json()))
    found = screened(df.select(*chosen), setup, table_reader)
    return found.where(f.col("kind") == "mention").select("mention.*")


def screened(df: DataFrame, setup: ExecutorSetup, reader: BatchReader) -> DataFrame:
    """Everything that comes of a DataFrame, in the columns of a part: see `watchlist.archive.layout`."""
    return df.mapInArrow(partial(_screen_batches, setup, reader), part_type())


def part_type() -> StructType:
    """The columns of a part, as Spark has them."""
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(PART)


def table_reader(batch: pa.RecordBatch) -> Iterator[Rows]:
    """A batch with the columns of articles under their own names."""
    yield rows_of_records(batch.to_pylist(), "a row of the table", 0)


def ship_index(spark: SparkSession, path: Path, plan: ScreeningPlan) -> ExecutorSetup:
    """Hand an index file to all executors, present and to come; each fetches it once.

    Raises MatchingError where this program's engine cannot use it.
    """
    found = read_index_file(path)
    if not found.usable:
        from watchlist.matching.index.compiled import CompiledIndex

        CompiledIndex.load(path)
    # Named by its content: under a name that it knows already Spark would go on with what it has.
    name = f"watchlist-{_checksum(path):08x}-{found.size}.index"
    folder = Path(tempfile.gettempdir(), f"watchlist-{os.getuid()}-{os.getpid()}")
    folder.mkdir(mode=0o700, exist_ok=True)
    copy = folder / name
    if not copy.exists():
        temporary = folder / f".{name}"
        shutil.copyfile(path, temporary)
        temporary.replace(copy)
    spark.sparkContext.addFile(str(copy))
    return ExecutorSetup(name, plan)


def _checksum(path: Path) -> int:
    found = 0
    with path.open("rb") as stream:
        while part := stream.read(_AT_ONCE):
            found = zlib.crc32(part, found)
    return found


def _screen_batches(
    setup: ExecutorSetup, reader: BatchReader, batches: Iterator[pa.RecordBatch]
) -> Iterator[pa.RecordBatch]:
    """Runs on executors."""
    for batch in batches:
        for part in screened_portions(setup, reader(batch)):
            yield part.batch()


def screened_portions(setup: ExecutorSetup, portions: Iterable[Rows]) -> Iterator[PartRows]:
    """What comes of each portion of rows. Runs on executors."""
    screener = _screener(setup)
    for rows in portions:
        part = PartRows()
        screener.screen(rows, part)
        yield part
    leave_out_of_collection()


@cache
def _screener(setup: ExecutorSetup) -> Screener:
    """One for each process, which serves many tasks."""
    from pyspark import SparkFiles

    shared = Path(SparkFiles.getRootDirectory(), f"watchlist-{setup.key}")
    collect_rarely()
    return open_screener(Path(SparkFiles.get(setup.index)), setup.plan, shared, f"{os.getpid()}")
