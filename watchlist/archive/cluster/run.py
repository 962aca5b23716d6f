"""A run on Spark: FILES -> PARTS -> MENTIONS BY DATE.

Where one machine does all of it, tasks read shares of the files and write a part for each, as the pool does; elsewhere,
and of files that Spark reads, it commits what a job writes as a whole. So a task that fails is tried again and nothing
is there twice; what was stopped is done again, what is done is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from watchlist.archive.cluster.hadoop import HadoopFiles, open_anywhere, uri_of
from watchlist.archive.cluster.jobs import SparkJob, jobs_of, kind_for_spark, read_by
from watchlist.archive.finishing.finish import finish_here
from watchlist.archive.finishing.parts import done_parts, rows_of_kind, spark_rows_of_kind, write_part
from watchlist.archive.finishing.summary import MOST_REASONS, REASON_LENGTH, IndexAbout, summary_of
from watchlist.archive.folder import ArchiveRun, RunFolder, write_json
from watchlist.archive.layout import ARTICLES, ASIDE, COUNTS, INDEX, PARTS, RUN, SUMMARY, Counts
from watchlist.archive.reading.inputs import InputFile
from watchlist.archive.reading.rows import rows_of
from watchlist.archive.reading.shares import FileShare, pieces_of, shared_out
from watchlist.archive.spark import ExecutorSetup, part_type, screened, screened_portions, ship_index

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

#: Shares that Spark has in its books at a time.
_MOST_AT_ONCE: Final = 1 << 14
#: Tasks of a core among which shares are dealt out, and shares of a task at most: a task costs hundredths of a second.
_TASKS_OF_A_CORE: Final = 32
_MOST_SHARES: Final = 8
_FINISHING: Final = "_finishing"
_DONE: Final = "_SUCCESS"


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

    def clear_unfinished(self) -> None:
        """Take away what a run that was killed left half done, its parts aside."""
        if self.is_here:
            self.folder.clear_unfinished()
            return
        files = self.files
        for name in files.names(self.uri):
            if name.startswith("date=") or name in (ARTICLES, ASIDE, _FINISHING):
                files.delete(f"{self.uri}/{name}")


def screen_with_spark(
    target: SparkTarget, run: ArchiveRun, about: IndexAbout, clock: Callable[[], datetime]
) -> dict[str, Any]:
    """Screen what is not done yet, and finish; return the summary. The run must be begun."""
    target.clear_unfinished()
    setup = ship_index(target.spark, target.folder.index, run.plan)
    # Numbered over all files, whoever reads them: the run may be taken up again on other machines.
    jobs = jobs_of(run.inputs)
    if not target.is_here:
        return _finish(target, run, about, _write_jobs(target, run, setup, jobs), clock)
    _write_shares(target, run, setup, (each for each in run.inputs if kind_for_spark(each) is None))
    written = _write_jobs(target, run, setup, (each for each in jobs if each.read_by_spark is not None))
    # Of one machine this process is done with all days before Spark has warmed up for the first.
    parts = target.folder.parts
    folders = [parts / each.rpartition("/")[2] for each in written]

    def rows(kind: str) -> Iterator[pa.RecordBatch]:
        return chain(rows_of_kind(parts, kind), spark_rows_of_kind(folders, kind))

    return finish_here(target.folder, run, about, rows, target.spark.sparkContext.defaultParallelism, clock())


def _write_shares(target: SparkTarget, run: ArchiveRun, setup: ExecutorSetup, files: Iterable[InputFile]) -> None:
    """Have tasks read shares of these files and write a part for each."""
    folder, context = target.folder.parts, target.spark.sparkContext
    done = done_parts(folder)
    left = (each for each in shared_out(files, run.piece_bytes) if each.number not in done)
    while some := list(islice(left, _MOST_AT_ONCE)):
        tasks = min(len(some), max(_TASKS_OF_A_CORE * context.defaultParallelism, len(some) // _MOST_SHARES))
        # To each task from all over the archive: of what is new to the processes, most is in what comes first.
        dealt = [each for task in range(tasks) for each in some[task::tasks]]
        context.parallelize(dealt, tasks).foreachPartition(partial(_write_parts, setup, folder, run.piece_bytes))


def _write_parts(setup: ExecutorSetup, folder: Path, piece_bytes: int, shares: Iterator[FileShare]) -> None:
    """Runs on executors."""
    for share in shares:
        portions = map(rows_of, pieces_of(share, piece_bytes, open_anywhere))
        write_part(folder, share.number, screened_portions(setup, portions))


def _write_jobs(target: SparkTarget, run: ArchiveRun, setup: ExecutorSetup, jobs: Iterable[SparkJob]) -> list[str]:
    """Have Spark write what comes of these jobs, a folder for each; where they are."""
    there, written = target.files, []
    for job in jobs:
        written.append(f"{target.uri}/{PARTS}/job-{job.number:05}")
        if not there.exists(f"{written[-1]}/{_DONE}"):
            df, reader = read_by(target.spark, job, run.piece_bytes)
            screened(df, setup, reader).write.mode("overwrite").parquet(written[-1])
    return written


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
