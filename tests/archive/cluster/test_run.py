"""Spark for real: the same rows as the local pool, whatever is killed. Needs Java; `make spark` runs these."""

from __future__ import annotations

import gzip
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.archive.conftest import article, as_lines
from watchlist.archive.cluster.hadoop import HadoopFiles, find_anywhere
from watchlist.archive.cluster.jobs import kind_for_spark
from watchlist.archive.cluster.run import SparkTarget, screen_with_spark
from watchlist.archive.cluster.session import spark_session
from watchlist.archive.cluster.staging import keep_begun, staged
from watchlist.archive.found import open_found
from watchlist.archive.reading.inputs import InputKind
from watchlist.archive.report import report_on
from watchlist.archive.spark import mentions
from watchlist.archive.start import ArchiveOrder, begin_run, copied_index, index_about, take_up
from watchlist.config import MatchingConfig

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = [pytest.mark.spark, pytest.mark.timeout(1800)]
NOW = datetime(2026, 11, 30, tzinfo=UTC)
Found = Callable[[Path], list[str]]
Expected = Callable[[Sequence[dict[str, Any]]], list[str]]


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    with spark_session("local[2]", None, shows_progress=False) as session:
        yield session


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, Any]]]:
    folder = tmp_path_factory.mktemp("archive")
    articles = [article(number) for number in range(600)]
    (folder / "1.jsonl").write_bytes(b"no json\n" + as_lines(articles[:200]))
    (folder / "2.jsonl.gz").write_bytes(gzip.compress(as_lines(articles[200:400]) + b'{"id": 1}\n'))
    pq.write_table(pa.Table.from_pylist(articles[400:]), folder / "3.parquet")
    return folder, articles


@pytest.fixture(scope="module")
def store(
    spark: SparkSession, archive: tuple[Path, list[dict[str, Any]]], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The folder behind `viewfs://store/found`; `viewfs://store/archive` is the archive.

    The one store of Hadoop's own that needs no server: folders under names of its own.
    """
    found = tmp_path_factory.mktemp("found")
    conf: Any = spark._jsc.hadoopConfiguration()
    conf.set("fs.viewfs.mounttable.store.link./archive", f"file://{archive[0]}")
    conf.set("fs.viewfs.mounttable.store.link./found", f"file://{found}")
    return found


def screen(target: SparkTarget, inputs: str | Sequence[str], index: Path) -> dict[str, Any]:
    order = ArchiveOrder("spark", MatchingConfig().model_dump_json(), piece_bytes=4_000)
    files = find_anywhere(target.spark, [inputs] if isinstance(inputs, str) else inputs)
    run = take_up(target.folder, order, files)
    if run is None:
        run = begin_run(target.folder, order, files, copied_index(index), NOW)
        keep_begun(target)
    return screen_with_spark(target, run, index_about(target.folder.index), lambda: NOW)


def test_all_kinds_of_files(
    spark: SparkSession,
    archive: tuple[Path, list[dict[str, Any]]],
    archive_index: Path,
    expected: Expected,
    found_in: Found,
    tmp_path: Path,
) -> None:
    with staged(spark, str(tmp_path / "out")) as target:
        summary = screen(target, str(archive[0]), archive_index)
    assert found_in(tmp_path / "out") == expected(archive[1])
    assert (summary["articles"], summary["aside"], summary["engine"]) == (600, 2, "spark")
    assert summary["mentions"] == len(found_in(tmp_path / "out"))
    assert sorted(each["reason"].partition(":")[0] for each in summary["errors"]) == [
        "has neither title nor text",
        "is no JSON",
    ]
    assert {each.name.partition("=")[0] for each in (tmp_path / "out").iterdir()} == {
        *("_articles", "_aside", "_summary.json", "date"),
    }
    lines = report_on(open_found(str(tmp_path / "out")))
    assert sum(each.mentions for each in lines if each.by == "source") == summary["mentions"]
    aside = "".join(file.read_text() for file in (tmp_path / "out" / "_aside").iterdir()).splitlines()
    assert {json.loads(line)["row"] for line in aside} == {"no json", '{"id": 1}'}


def test_any_path_that_hadoop_knows(
    spark: SparkSession,
    archive: tuple[Path, list[dict[str, Any]]],
    archive_index: Path,
    expected: Expected,
    found_in: Found,
    tmp_path: Path,
) -> None:
    output = f"file://{tmp_path}/out"
    with staged(spark, output) as target:
        assert target.folder.path != tmp_path / "out"
        summary = screen(target, f"file://{archive[0]}/[12].jsonl*", archive_index)
    assert found_in(tmp_path / "out") == expected(archive[1][:400])
    assert json.loads((tmp_path / "out" / "_summary.json").read_text()) == summary
    with staged(spark, output) as target:
        assert target.folder.is_finished
    assert HadoopFiles(spark, output).names(output) == sorted(
        each.name for each in (tmp_path / "out").iterdir() if each.suffix != ".crc"
    )


@pytest.mark.usefixtures("store")
def test_a_run_that_began_on_a_cluster_may_go_on_on_one_machine(
    spark: SparkSession,
    archive: tuple[Path, list[dict[str, Any]]],
    archive_index: Path,
    expected: Expected,
    found_in: Found,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is done is told by its name, which must not depend on who does it."""
    inputs = [f"{archive[0]}/1.jsonl", "viewfs://store/archive/3.parquet"]
    with staged(spark, str(tmp_path / "out")) as target:
        with monkeypatch.context() as elsewhere:
            elsewhere.setattr(SparkTarget, "is_here", False)
            elsewhere.setattr("watchlist.archive.cluster.run._finish", lambda *_: pytest.fail("stopped"))
            with pytest.raises(pytest.fail.Exception, match="stopped"):
                screen(target, inputs, archive_index)
        screen(target, inputs, archive_index)
    assert found_in(tmp_path / "out") == expected([*archive[1][:200], *archive[1][400:]])


def test_what_lies_in_a_store_is_read_by_spark(
    spark: SparkSession,
    archive: tuple[Path, list[dict[str, Any]]],
    archive_index: Path,
    expected: Expected,
    found_in: Found,
    tmp_path: Path,
    store: Path,
) -> None:
    inputs = "viewfs://store/archive/[13].*"
    assert {kind_for_spark(each) for each in find_anywhere(spark, [inputs])} == {InputKind.LINES, InputKind.PARQUET}
    for output, folder in (
        (str(tmp_path / "here"), tmp_path / "here"),
        ("viewfs://store/found/there", store / "there"),
    ):
        with staged(spark, output) as target:
            summary = screen(target, inputs, archive_index)
        assert (summary["articles"], summary["aside"]) == (400, 1)
        assert found_in(folder) == expected([*archive[1][:200], *archive[1][400:]])


def test_the_library_takes_any_columns(
    spark: SparkSession, archive: tuple[Path, list[dict[str, Any]]], archive_index: Path, expected: Expected
) -> None:
    rows = [(each["id"], each["title"], each["text"]) for each in archive[1][:90]]
    df = spark.createDataFrame([*rows, ("empty", None, None)], "key string, headline string, body string")
    found = mentions(df, str(archive_index), text="body", title="headline", id="key").collect()
    plain = [row.asDict(recursive=True) for row in found]
    for row in plain:
        row["spans"] = [[each["field"], each["start"], each["end"]] for each in row["spans"]]
    assert sorted(json.dumps(row, sort_keys=True) for row in plain) == expected(archive[1][:90])


def python_workers() -> list[int]:
    """The Python processes that screen for the Spark of this process."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    parents: dict[int, int] = {}
    named: dict[int, str] = {}
    for line in listed.splitlines():
        pid, parent, arguments = line.split(None, 2)
        parents[int(pid)], named[int(pid)] = int(parent), arguments

    def is_ours(pid: int) -> bool:
        while pid in parents:
            if pid == os.getpid():
                return True
            pid = parents[pid]
        return False

    return [pid for pid, args in named.items() if "pyspark" in args and "daemon" in args and is_ours(pid)]


def test_a_task_whose_process_is_killed_is_tried_again(
    spark: SparkSession,
    archive: tuple[Path, list[dict[str, Any]]],
    archive_index: Path,
    expected: Expected,
    found_in: Found,
    tmp_path: Path,
) -> None:
    over, killed = threading.Event(), []

    def kill() -> None:
        while not over.wait(0.2) and len(killed) < 2:
            if victims := python_workers():
                os.kill(victims[-1], signal.SIGKILL)
                killed.append(victims[-1])

    thread = threading.Thread(target=kill)
    thread.start()
    with staged(spark, str(tmp_path / "out")) as target:
        screen(target, str(archive[0]), archive_index)
    over.set()
    thread.join()
    assert killed
    assert found_in(tmp_path / "out") == expected(archive[1])


_DRIVER = """
import sys
from pathlib import Path
from tests.archive.cluster.test_run import screen
from watchlist.archive.cluster.session import spark_session
from watchlist.archive.cluster.staging import staged
with spark_session("local[2]", None, shows_progress=False) as spark, staged(spark, sys.argv[1]) as target:
    screen(target, sys.argv[2], Path(sys.argv[3]))
"""


def disturbed(output: Path, archive: Path, index: Path, choose: random.Random, most: int) -> int:
    """A run whose driver is killed at random, with its JVM, at most so often, to its end; how often it was."""
    kills = 0
    while not (output / "_summary.json").exists():
        driver = subprocess.Popen(
            [sys.executable, "-c", _DRIVER, str(output), str(archive), str(index)], start_new_session=True
        )
        try:
            # One that fails would be started for ever.
            assert driver.wait(choose.uniform(2.0, 40.0) if kills < most else None) == 0
        except subprocess.TimeoutExpired:
            os.killpg(driver.pid, signal.SIGKILL)
            driver.wait()
            kills += 1
    return kills


def test_the_driver_killed_at_random_moments(
    archive: tuple[Path, list[dict[str, Any]]],
    archive_index: Path,
    expected: Expected,
    found_in: Found,
    tmp_path: Path,
) -> None:
    disturbed(tmp_path / "out", archive[0], archive_index, random.Random(5), 1)
    assert found_in(tmp_path / "out") == expected(archive[1])


@pytest.mark.crash
@pytest.mark.timeout(7200)
def test_the_driver_killed_ten_times(
    archive: tuple[Path, list[dict[str, Any]]],
    archive_index: Path,
    expected: Expected,
    found_in: Found,
    tmp_path: Path,
) -> None:
    choose, kills, rounds = random.Random(), 0, 0
    while kills < 10:
        rounds += 1
        kills += disturbed(tmp_path / str(rounds), archive[0], archive_index, choose, 2)
        assert found_in(tmp_path / str(rounds)) == expected(archive[1])
        time.sleep(0.1)
