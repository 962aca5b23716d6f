"""What does an archive cost: by one process, by two, by Spark with two, and how does it grow?

    python -m benchmarks.archive [--data FOLDER] [--articles 10000,50000] [--distinct] [--no-spark] [--check]

Archives of so many articles are made of the trial headlines and the labelled articles over and over, each with an id of
its own, as JSON lines. With --distinct each text has its number in it, so that none repeats another and the engine
reads them all. Each archive is screened by one process of the local pool, by two, and by Spark on local[2]; Spark's own
start is not counted, and each begins with what it keeps for the run empty. All write the same rows, which is checked;
with --check also against what the engine says of each article in this process, as `watchlist screen --jsonl` has it.

Wanted: two processes 1.9 times as fast as one on two idle cores, Spark 0.9 times as fast as two processes, memory that
does not grow, and time that grows as the archive does.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pyarrow.dataset as ds

from benchmarks.trial import arguments, headlines, labelled_articles, listed_entities, needed_folder
from watchlist.alerts.as_json import mention_json
from watchlist.archive.folder import RunFolder
from watchlist.archive.layout import mention_line
from watchlist.archive.pooled.run import ArchiveProgress, screen_locally
from watchlist.archive.reading.fields import row_of
from watchlist.archive.reading.inputs import find_inputs
from watchlist.archive.start import ArchiveOrder, begin_run, copied_index, index_about
from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.index.compile import compile_index
from watchlist.matching.index.compiled import CompiledIndex
from watchlist.model import Mention

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_MATCHING = MatchingConfig().model_dump_json()


@dataclass(frozen=True, slots=True)
class Trial:
    """An archive to be screened, and where the outputs go."""

    archive: Path
    index: Path
    folder: Path
    articles: int

    @property
    def megabytes(self) -> float:
        """Its size."""
        return self.archive.stat().st_size / 1e6


def made_articles(shared: Path, count: int, *, distinct: bool) -> Iterator[dict[str, str]]:
    """So many articles, with ids of their own."""
    texts = [*headlines(shared), *labelled_articles(shared)]
    for number in range(count):
        each = texts[number % len(texts)]
        day = f"{2015 + number % 10}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        text = f"{each.text}\n{number}" if distinct else each.text
        yield {"id": f"{number}", "title": each.title, "text": text, "published_at": day}


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of the clock and of computing, by all processes together, and the most memory of one of ours, in MB."""

    seconds: float
    computing: float
    peak: float = 0.0


def computed() -> float:
    """Seconds that this process and all below it have computed so far, those that have ended included."""
    parents: dict[int, int] = {}
    ticks: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        pid = int(path.parent.name)
        parents[pid], ticks[pid] = int(fields[1]), sum(map(int, fields[11:15]))

    def is_ours(pid: int) -> bool:
        while pid and pid != os.getpid():
            pid = parents.get(pid, 0)
        return pid == os.getpid()

    return sum(count for pid, count in ticks.items() if is_ours(pid)) / os.sysconf("SC_CLK_TCK")


def by_pool(trial: Trial, workers: int) -> Cost:
    """Screen with so many processes."""
    folder = RunFolder(trial.folder / f"pool-{workers}")
    peak = 0.0

    def tell(_: ArchiveProgress) -> None:
        nonlocal peak
        peak = max(peak, *children_peaks())

    started, before = time.perf_counter(), computed()
    with folder.held():
        order = ArchiveOrder("local", _MATCHING)
        run = begin_run(folder, order, find_inputs([str(trial.archive)]), copied_index(trial.index), datetime.now(UTC))
        screen_locally(folder, run, index_about(folder.index), workers, tell, lambda: datetime.now(UTC))
    return Cost(time.perf_counter() - started, computed() - before, peak)


def children_peaks() -> list[float]:
    """The most memory that each process had that this one started, in MB."""
    found = [0.0]
    for child in multiprocessing.active_children():
        try:
            status = Path(f"/proc/{child.pid}/status").read_text(encoding="ascii")
        except OSError:
            continue
        found += [int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")]
    return found


def by_spark(trial: Trial, spark: SparkSession) -> Cost:
    """Screen with Spark; its session is there already."""
    from watchlist.archive.cluster.hadoop import find_anywhere
    from watchlist.archive.cluster.run import screen_with_spark
    from watchlist.archive.cluster.staging import staged

    started, before = time.perf_counter(), computed()
    with staged(spark, str(trial.folder / "spark")) as target:
        files, order = find_anywhere(spark, [str(trial.archive)]), ArchiveOrder("spark", _MATCHING)
        run = begin_run(target.folder, order, files, copied_index(trial.index), datetime.now(UTC))
        screen_with_spark(target, run, index_about(target.folder.index), lambda: datetime.now(UTC))
    return Cost(time.perf_counter() - started, computed() - before)


def rows_of(folder: Path) -> list[str]:
    """What a run wrote, in an order that does not depend on how."""
    rows = ds.dataset(folder, format="parquet", partitioning="hive").to_table().to_pylist()
    return sorted(json.dumps(mention_line(row), sort_keys=True) for row in rows)


def by_engine(trial: Trial) -> list[str]:
    """What the engine itself says of each article; of the same words it says the same."""
    engine = Engine(CompiledIndex.load(trial.index), MatchingConfig())
    known: dict[tuple[str, str], tuple[Mention, ...]] = {}
    lines = []
    with trial.archive.open(encoding="utf-8") as stream:
        for line in stream:
            article = row_of(json.loads(line)).article
            words = article.title, article.text
            if words not in known:
                known[words] = engine.screen(article)
            lines += [{**mention_json(each), "article": article.id} for each in known[words]]
    return sorted(json.dumps(each, sort_keys=True) for each in lines)


def show(what: str, trial: Trial, cost: Cost, more: str = "") -> None:
    """A line of figures."""
    rates = f"{trial.articles / cost.seconds:9,.0f} articles/s {trial.megabytes / cost.seconds:7.2f} MB/s"
    print(f"{what:16} {cost.seconds:7.1f} s {rates}  computing {cost.computing:7.1f} s  {more}", flush=True)


def measure(trial: Trial, spark: SparkSession | None, *, check: bool) -> None:
    """Screen an archive in each way, and compare."""
    print(f"--- {trial.articles:,} articles, {trial.megabytes:,.0f} MB", flush=True)
    one = by_pool(trial, 1)
    show("one process", trial, one, f"a process {one.peak:5.0f} MB")
    two = by_pool(trial, 2)
    show("two processes", trial, two, f"a process {two.peak:5.0f} MB, {one.seconds / two.seconds:4.2f} x one")
    same: list[Callable[[], list[str]]] = [lambda: rows_of(trial.folder / "pool-2")]
    if spark is not None:
        taken = by_spark(trial, spark)
        show("Spark local[2]", trial, taken, f"{two.seconds / taken.seconds:4.2f} x two processes")
        same.append(lambda: rows_of(trial.folder / "spark"))
    if check:
        same.append(lambda: by_engine(trial))
    expected = rows_of(trial.folder / "pool-1")
    equal = all(each() == expected for each in same)
    print(f"{len(expected):,} mentions, {'the same' if equal else 'NOT THE SAME'} in each", flush=True)


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("--articles", default="10000,50000")
    parser.add_argument("--distinct", action="store_true", help="no text repeats another")
    parser.add_argument("--no-spark", action="store_true")
    parser.add_argument("--check", action="store_true", help="compare with the engine in this process")
    given = parser.parse_args()
    shared = needed_folder(given.data)
    with ExitStack() as stack:
        place = Path(stack.enter_context(TemporaryDirectory()))
        compile_index(listed_entities(shared), {"us_ofac_sdn": "2026-08-20"}).save(place / "trial.index")
        spark = None
        if find_spec("pyspark") is None:
            print("no Spark here: make .venv/spark brings it", flush=True)
        elif not given.no_spark:
            from watchlist.archive.cluster.session import spark_session

            started = time.perf_counter()
            spark = stack.enter_context(spark_session("local[2]", None, shows_progress=False))
            print(f"start of Spark {time.perf_counter() - started:.1f} s", flush=True)
        for count in map(int, given.articles.split(",")):
            with TemporaryDirectory(dir=place) as folder:
                trial = Trial(Path(folder, "archive.jsonl"), place / "trial.index", Path(folder), count)
                with trial.archive.open("w", encoding="utf-8") as stream:
                    for row in made_articles(shared, count, distinct=given.distinct):
                        stream.write(json.dumps(row) + "\n")
                measure(trial, spark, check=given.check)


if __name__ == "__main__":
    main()
