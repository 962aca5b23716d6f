"""Files to jobs of Spark: those that it reads for the tasks, and shares of those that the tasks read themselves.

What the machines have in their folders is read by the tasks, and so is what is compressed as a whole: nothing of it
goes through Java. Spark cuts what is plain and lies in a store that it knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from watchlist.archive.cluster.hadoop import is_mounted, open_anywhere, uri_of
from watchlist.archive.reading.inputs import InputFile, InputKind, Packing
from watchlist.archive.reading.rows import rows_of, rows_of_lines, rows_of_records
from watchlist.archive.reading.shares import FileShare, pieces_of, shared_out
from watchlist.archive.reading.streams import COLUMNS
from watchlist.archive.spark import BatchReader, Rows

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

#: Bytes of the files of one job: where Spark writes, what is done again at most when the driver is killed.
_JOB_BYTES: Final = 64 << 30
#: Of files that Spark reads, bytes that are one task, and how many tasks each core has of an archive that is neither
#: small nor large: who ends first waits for one of them, and what is lost when a task is tried again is half a minute.
_LEAST_TASK: Final = 256 << 10
_LARGEST_TASK: Final = 32 << 20
_TASKS_OF_A_CORE: Final = 16
_SHARE: Final = "number long, path string, kind string, packing string, size long, start long, end long"


@dataclass(frozen=True, slots=True)
class SparkJob:
    """Files that are read in the same way, together."""

    number: int
    #: What kind of files Spark reads for the tasks; None where each task reads its share.
    read_by_spark: InputKind | None
    files: tuple[InputFile, ...]


def jobs_of(files: tuple[InputFile, ...]) -> Iterator[SparkJob]:
    """The files in their order, as many to a job as are read in one way and are not too large together."""
    number = 0
    some: list[InputFile] = []
    size = 0
    for file in files:
        if some and (kind_for_spark(some[0]) != kind_for_spark(file) or size + file.size > _JOB_BYTES):
            yield SparkJob(number, kind_for_spark(some[0]), tuple(some))
            number, some, size = number + 1, [], 0
        some.append(file)
        size += file.size
    if some:
        yield SparkJob(number, kind_for_spark(some[0]), tuple(some))


def kind_for_spark(file: InputFile) -> InputKind | None:
    """What kind of file Spark reads here; None where a task reads its share of it."""
    if is_mounted(file.path) or file.packing is not Packing.NONE or file.kind is InputKind.WARC:
        return None
    return file.kind


def read_by(spark: SparkSession, job: SparkJob, piece_bytes: int) -> tuple[DataFrame, BatchReader]:
    """The files of a job as Spark hands them out, and what makes rows of a batch of that."""
    from pyspark.sql import functions as f

    task_bytes = _task_bytes(job, spark.sparkContext.defaultParallelism)
    if job.read_by_spark is None:
        rows = [_as_row(each) for each in shared_out(job.files, max(piece_bytes, task_bytes))]
        # A task for each: one that is tried again is no larger than it must be.
        return spark.createDataFrame(rows, _SHARE).repartition(len(rows)), partial(_shares_reader, piece_bytes)
    paths = [uri_of(each.path) for each in job.files]
    spark.conf.set("spark.sql.files.maxPartitionBytes", str(task_bytes))
    place = f.col("_metadata.file_path").alias("path")
    if job.read_by_spark is InputKind.LINES:
        lines = spark.read.text(paths, lineSep="\n")
        return lines.select(f.col("value").cast("binary").alias("line"), place), _lines_reader
    table = spark.read.option("mergeSchema", "true").parquet(*paths)
    there = [f.col(each) for each in COLUMNS if each in table.columns]
    return table.select(*there, f.col("_metadata.file_path").alias("_file")), _table_reader


def _task_bytes(job: SparkJob, cores: int) -> int:
    """How much of a file goes to one task, so that all cores have equal shares."""
    size = sum(each.size for each in job.files)
    return min(_LARGEST_TASK, max(_LEAST_TASK, size // (_TASKS_OF_A_CORE * cores)))


def _lines_reader(batch: pa.RecordBatch) -> Iterator[Rows]:
    """Lines of JSON, with the file of each."""
    rows = zip(batch.column("path").to_pylist(), batch.column("line").to_pylist(), strict=True)
    yield chain.from_iterable(
        rows_of_lines((line for _, line in some), path, 0) for path, some in groupby(rows, itemgetter(0))
    )


def _table_reader(batch: pa.RecordBatch) -> Iterator[Rows]:
    rows = batch.to_pylist()
    yield chain.from_iterable(rows_of_records(some, path, 0) for path, some in groupby(rows, itemgetter("_file")))


def _as_row(share: FileShare) -> tuple[object, ...]:
    file = share.file
    return share.number, file.path, file.kind.value, file.packing.value, file.size, share.start, share.end


def _shares_reader(piece_bytes: int, batch: pa.RecordBatch) -> Iterator[Rows]:
    """Shares of files, each read by the task piece by piece."""
    for row in batch.to_pylist():
        file = InputFile(row["path"], InputKind(row["kind"]), Packing(row["packing"]), row["size"], 0)
        share = FileShare(row["number"], file, row["start"], row["end"])
        yield from map(rows_of, pieces_of(share, piece_bytes, open_anywhere))
