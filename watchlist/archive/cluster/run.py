"""A run on Spark: its files job by job, each job a part, and of all parts what people read.

Spark commits what a job writes as a whole, so a task that fails is tried again and nothing is there twice; a job that
was stopped is done again, one that is done is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from watchlist.archive.cluster.hadoop import HadoopFiles, open_anywhere, uri_of
from watchlist.archive.finishing.finish import finish_here
from watchlist.archive.finishing.parts import spark_rows_of_kind
from watchlist.archive.finishing.summary import MOST_REASONS, REASON_LENGTH, IndexAbout, summary_of
from watchlist.archive.folder import ArchiveRun, RunFolder, write_json
from watchlist.archive.layout import ARTICLES, ASIDE, COUNTS, INDEX, PARTS, RUN, SUMMARY, Counts
from watchlist.archive.reading.inputs import InputFile, InputKind, Packing
from watchlist.archive.reading.pieces import COLUMNS, cut
from watchlist.archive.reading.rows import rows_of, rows_of_lines, rows_of_records
from watchlist.archive.spark import BatchReader, Rows, part_type, screened, ship_index

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

#: Bytes of the files of one job: what is done again at most when the driver is killed.
_JOB_BYTES: Final = 64 << 30
#: Bytes of a file that are one task, and how many tasks each core has of an archive that is neither small nor large:
#: who ends first waits for one of them, and what is lost when a task is tried again is half a minute.
_LEAST_TASK: Final = 256 << 10
_LARGEST_TASK: Final = 32 << 20
_TASKS_OF_A_CORE: Final = 16
_FINISHING: Final = "_finishing"
_DONE: Final = "_SUCCESS"


@dataclass(frozen=True, slots=True)
class _Job:
    """Files that are read in the same way, together."""

    number: int
    #: Whether Spark reads them, or each is read by the task that it is for.
    by_spark: bool
    files: tuple[InputFile, ...]


@dataclass(frozen=True, slots=True)
class SparkTarget:
    """Where a run on Spark writes: a URI, and its own folder on the driver, which is the same or stands in for it."""

    spark: SparkSession
    uri: str
    folder: RunFolder

    @property
    def is_here(self) -> bool:
        """Whether one machine does all of it, with a folder of its own."""
        return uri_of(str(self.folder.path)) == self.uri and self.spark.sparkContext.master.startswith("local")

    @property
    def files(self) -> HadoopFiles:
        """The file system that it is on."""
        return HadoopFiles(self.spark, self.uri)


def screen_with_spark(
    target: SparkTarget, run: ArchiveRun, about: IndexAbout, clock: Callable[[], datetime]
) -> dict[str, Any]:
    """Screen what is not done yet, and finish; return the summary. The run must be begun."""
    files = target.files
    for name in files.names(target.uri):
        if name.startswith("date=") or name in (ARTICLES, ASIDE, _FINISHING):
            files.delete(f"{target.uri}/{name}")
    setup = ship_index(target.spark, target.folder.index, run.plan)
    parts = []
    for job in _jobs(run.inputs):
        part = f"{target.uri}/{PARTS}/{job.number:05}"
        parts.append(part)
        if not files.exists(f"{part}/{_DONE}"):
            df, reader = _read(target.spark, job, run.piece_bytes)
            screened(df, setup, reader).write.mode("overwrite").parquet(part)
    if target.is_here:
        # Of one machine this process is done with all days before Spark has warmed up for the first.
        folders = [target.folder.path / PARTS / each.rpartition("/")[2] for each in parts]
        return finish_here(target.folder, run, about, partial(spark_rows_of_kind, folders), clock())
    return _finish(target, run, about, parts, clock)


def _jobs(files: tuple[InputFile, ...]) -> Iterator[_Job]:
    """The files in their order, as many to a job as are read in one way and are not too large together."""
    number = 0
    some: list[InputFile] = []
    size = 0
    for file in files:
        if some and (_how(some[0]) != _how(file) or size + file.size > _JOB_BYTES):
            yield _Job(number, _how(some[0])[0], tuple(some))
            number, some, size = number + 1, [], 0
        some.append(file)
        size += file.size
    if some:
        yield _Job(number, _how(some[0])[0], tuple(some))


def _how(file: InputFile) -> tuple[bool, InputKind | None]:
    """Whether Spark can cut the file itself, and then of which kind it is."""
    if file.packing is Packing.NONE and file.kind is not InputKind.WARC:
        return True, file.kind
    return False, None


def _read(spark: SparkSession, job: _Job, piece_bytes: int) -> tuple[DataFrame, BatchReader]:
    from pyspark.sql import functions as f

    paths = [uri_of(each.path) for each in job.files]
    if not job.by_spark:
        rows = [(each.path, each.kind.value, each.packing.value, each.size) for each in job.files]
        df = spark.createDataFrame(rows, "path string, kind string, packing string, size long")
        # A task for each file: none is cut, and one that is tried again is no larger than it must be.
        return df.repartition(len(rows)), partial(_files_reader, piece_bytes)
    spark.conf.set("spark.sql.files.maxPartitionBytes", str(_task_bytes(job, spark.sparkContext.defaultParallelism)))
    place = f.col("_metadata.file_path").alias("path")
    if job.files[0].kind is InputKind.LINES:
        lines = spark.read.text(paths, lineSep="\n")
        return lines.select(f.col("value").cast("binary").alias("line"), place), _lines_reader
    table = spark.read.option("mergeSchema", "true").parquet(*paths)
    there = [f.col(each) for each in COLUMNS if each in table.columns]
    return table.select(*there, f.col("_metadata.file_path").alias("_file")), _table_reader


def _task_bytes(job: _Job, cores: int) -> int:
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


def _files_reader(piece_bytes: int, batch: pa.RecordBatch) -> Iterator[Rows]:
    """Whole files, read by the task piece by piece."""
    for row in batch.to_pylist():
        file = InputFile(row["path"], InputKind(row["kind"]), Packing(row["packing"]), row["size"], 0)
        for piece in cut([file], piece_bytes, open_anywhere):
            yield rows_of(piece)


def _finish(
    target: SparkTarget, run: ArchiveRun, about: IndexAbout, parts: list[str], clock: Callable[[], datetime]
) -> dict[str, Any]:
    """Write what people read, and take the parts away. The summary comes last: where it is, all is there."""
    from pyspark.sql import functions as f

    files, place = target.files, f"{target.uri}/{_FINISHING}"
    all_rows = target.spark.read.schema(part_type()).parquet(*parts)
    found = all_rows.where(f.col("kind") == "mention").select("mention.*", "date")
    found.repartition("date").write.partitionBy("date").mode("overwrite").parquet(place)
    all_rows.where(f.col("kind") == "article").select("article.*").write.parquet(f"{place}/{ARTICLES}")
    aside = all_rows.where(f.col("kind") == "aside").select("aside.*")
    aside.write.json(f"{place}/{ASIDE}")
    counts, problems = _totals(all_rows), _problems(aside)
    for name in files.names(place):
        if name != _DONE:
            files.move(f"{place}/{name}", f"{target.uri}/{name}")
    summary = summary_of(run, about, counts, problems, clock())
    write_json(target.folder.summary, summary)
    if uri_of(str(target.folder.path)) != target.uri:
        files.upload(target.folder.summary, f"{target.uri}/{SUMMARY}")
    for name in (PARTS, _FINISHING, INDEX, RUN):
        files.delete(f"{target.uri}/{name}")
    target.folder.clear_finished()
    return summary


def _totals(all_rows: DataFrame) -> Counts:
    from pyspark.sql import functions as f

    counted = all_rows.where(f.col("kind") == "counts")
    (row,) = counted.agg(*(f.sum(f"counts.{name}").alias(name) for name in COUNTS.names)).collect()
    return Counts(**{name: row[name] or 0 for name in COUNTS.names})


def _problems(aside: DataFrame) -> list[dict[str, Any]]:
    """Why rows were put aside, the most frequent reason first, with how often and where first."""
    from pyspark.sql import functions as f

    kinds = aside.groupBy(f.substring("reason", 1, REASON_LENGTH).alias("kind")).agg(
        f.count("*").alias("rows"), f.min("place").alias("place"), f.min("reason").alias("reason")
    )
    top = kinds.orderBy(f.desc("rows"), "kind").limit(MOST_REASONS).collect()
    return [{"place": each["place"], "reason": each["reason"], "rows": each["rows"]} for each in top]
