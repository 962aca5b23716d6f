"""An archive screened by processes: all kinds of files, kills of every kind, and always the same rows."""

from __future__ import annotations

import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from tests.archive.conftest import article, as_lines
from watchlist.archive.folder import RunFolder
from watchlist.archive.pooled import pool as pooling
from watchlist.archive.pooled.pool import Pool
from watchlist.archive.pooled.run import ArchiveProgress, screen_locally
from watchlist.archive.pooled.worker import PieceTask, WorkerSetup
from watchlist.archive.reading.inputs import InputFile, find_inputs
from watchlist.archive.reading.pieces import cut
from watchlist.archive.reading.streams import Broken
from watchlist.archive.screener import ScreeningPlan
from watchlist.archive.start import ArchiveOrder, begin_run, copied_index, index_about, take_up
from watchlist.config import MatchingConfig
from watchlist.errors import ArchiveError, UsageError

NOW = datetime(2026, 11, 30, tzinfo=UTC)
MATCHING = MatchingConfig().model_dump_json()
Found = Callable[[Path], list[str]]
Expected = Callable[[Sequence[dict[str, Any]]], list[str]]


def screen(
    output: Path,
    inputs: tuple[InputFile, ...],
    index: Path,
    tell: Callable[[ArchiveProgress], None] = lambda _: None,
    workers: int = 2,
) -> dict[str, Any]:
    """One attempt at a run in small pieces, taken up where there was one before."""
    folder, order = RunFolder(output), ArchiveOrder("local", MATCHING, piece_bytes=4_000)
    with folder.held():
        run = take_up(folder, order, inputs) or begin_run(folder, order, inputs, copied_index(index), NOW)
        return screen_locally(folder, run, index_about(folder.index), workers, tell, lambda: NOW)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> tuple[tuple[InputFile, ...], list[dict[str, Any]]]:
    """Two hundred articles in each of four kinds of files, some lines of which are broken."""
    folder = tmp_path_factory.mktemp("archive")
    articles = [article(number) for number in range(800)]
    (folder / "1.jsonl").write_bytes(b"no json\n" + as_lines(articles[:200]))
    (folder / "2.jsonl.gz").write_bytes(gzip.compress(as_lines(articles[200:400]) + b'{"id": 1}\n'))
    (folder / "3.jsonl.zst").write_bytes(zstandard.compress(as_lines(articles[400:600])))
    pq.write_table(pa.Table.from_pylist(articles[600:]), folder / "4.parquet")
    return find_inputs([str(folder)]), articles


@pytest.fixture(scope="module")
def undisturbed(
    archive: tuple[tuple[InputFile, ...], list[dict[str, Any]]],
    archive_index: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, dict[str, Any], list[ArchiveProgress]]:
    told: list[ArchiveProgress] = []
    output = tmp_path_factory.mktemp("out") / "archive"
    return output, screen(output, archive[0], archive_index, told.append), told


def test_what_is_found_is_what_the_engine_finds(
    archive: tuple[tuple[InputFile, ...], list[dict[str, Any]]],
    undisturbed: tuple[Path, dict[str, Any], list[ArchiveProgress]],
    expected: Expected,
    found_in: Found,
) -> None:
    output, summary, told = undisturbed
    assert found_in(output) == expected(archive[1])
    assert (summary["articles"], summary["aside"], summary["mentions"]) == (800, 2, len(found_in(output)))
    assert summary["alerts"] + sum('"review"' in line for line in found_in(output)) == summary["mentions"]
    assert (summary["engine"], summary["lists"][0]["id"], summary["lists"][0]["snapshot"]) == (
        "local",
        "own",
        "2026-01-01",
    )
    assert {each["rows"] for each in summary["errors"]} == {1}
    assert told[-1].done == told[-1].total == sum(each.size for each in archive[0])
    assert told[-1].articles == 800


def test_the_folder_holds_dates_and_what_stands_beside(
    undisturbed: tuple[Path, dict[str, Any], list[ArchiveProgress]],
) -> None:
    output, summary, _ = undisturbed
    names = sorted(each.name for each in output.iterdir())
    assert names[:3] == ["_articles", "_aside", "_summary.json"]
    assert names[3:] == [
        *(f"date=2026-{month:02}-11" for month in (1, 3, 4, 6, 7, 9)),
        "date=__HIVE_DEFAULT_PARTITION__",
    ]
    assert json.loads((output / "_summary.json").read_text()) == summary
    aside = [json.loads(line) for line in (output / "_aside" / "rows.jsonl").read_text().splitlines()]
    assert [each["row"] for each in aside] == ["no json", '{"id": 1}']
    assert aside[0]["place"].endswith("1.jsonl: line 1")


def test_a_finished_folder_is_not_written_to_again(
    undisturbed: tuple[Path, dict[str, Any], list[ArchiveProgress]],
    archive: tuple[tuple[InputFile, ...], list[dict[str, Any]]],
    archive_index: Path,
) -> None:
    with pytest.raises(UsageError, match="there is a run already"):
        screen(undisturbed[0], archive[0], archive_index)
    assert not (undisturbed[0] / "_lock").exists()


class Stopped(Exception):  # noqa: N818 - no error
    """The driver ends here."""


@pytest.mark.thorough
def test_a_run_is_taken_up_by_part_with_the_index_it_began_with(
    undisturbed: tuple[Path, dict[str, Any], list[ArchiveProgress]],
    archive: tuple[tuple[InputFile, ...], list[dict[str, Any]]],
    archive_index: Path,
    found_in: Found,
    tmp_path: Path,
) -> None:
    output = tmp_path / "out"
    left = iter(range(3))

    def stop(_: ArchiveProgress) -> None:
        if next(left, None) is None:
            raise Stopped

    with pytest.raises(Stopped):
        screen(output, archive[0], archive_index, stop, workers=1)
    assert not (output / "_summary.json").exists()
    assert not list(output.glob("date=*"))
    changed = (replace(archive[0][0], size=1), *archive[0][1:])
    with pytest.raises(UsageError, match=r"other files: .*1\.jsonl has changed"):
        screen(output, changed, archive_index)
    with pytest.raises(UsageError, match="looking for everything"):
        take_up(RunFolder(output), ArchiveOrder("local", MATCHING, since=NOW, asked="--since-list 1d"), archive[0])
    told: list[ArchiveProgress] = []
    # The file that it began with may be gone.
    summary = screen(output, archive[0], tmp_path / "nowhere.index", told.append)
    assert told[-1].articles < 800
    assert summary["articles"] == 800
    assert found_in(output) == found_in(undisturbed[0])


@pytest.mark.thorough
def test_processes_that_are_killed_are_replaced(
    undisturbed: tuple[Path, dict[str, Any], list[ArchiveProgress]],
    archive: tuple[tuple[InputFile, ...], list[dict[str, Any]]],
    archive_index: Path,
    found_in: Found,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pools: list[Pool] = []
    start = Pool.__enter__

    def entered(pool: Pool) -> Pool:
        pools.append(pool)
        return start(pool)

    monkeypatch.setattr(Pool, "__enter__", entered)
    choose, killed = random.Random(17), []

    def kill(_: ArchiveProgress) -> None:
        if len(killed) < 3:
            victim = choose.choice(pools[0].processes)
            os.kill(victim, signal.SIGKILL)
            killed.append(victim)

    screen(tmp_path / "out", archive[0], archive_index, kill)
    assert len(killed) == 3
    assert found_in(tmp_path / "out") == found_in(undisturbed[0])


def test_a_row_that_kills_is_left_out_and_then_its_piece(
    archive: tuple[tuple[InputFile, ...], list[dict[str, Any]]], archive_index: Path, tmp_path: Path
) -> None:
    pool = Pool(WorkerSetup(archive_index, ScreeningPlan(MATCHING), tmp_path, tmp_path), 1)
    task = PieceTask(next(cut(archive[0], 4_000)))
    for _ in range(pooling._DEATHS):
        task = pool._suspected(task, 5)
    assert task.left_out == {5}
    for _ in range(pooling._DEATHS):
        task = pool._suspected(task, 5)
    assert isinstance(task.piece.payload, Broken)
    assert "died each time" in task.piece.payload.reason


def test_an_index_that_is_gone_ends_the_run_with_a_reason(
    archive: tuple[tuple[InputFile, ...], list[dict[str, Any]]], tmp_path: Path
) -> None:
    setup = WorkerSetup(tmp_path / "nowhere", ScreeningPlan(MATCHING), tmp_path, tmp_path / "shared")
    with Pool(setup, 1) as pool, pytest.raises(ArchiveError, match="there is no index"):
        list(pool.run(cut(archive[0])))


#: The driver in a process of its own, which can be killed.
_DRIVER = """
import sys
from pathlib import Path
from tests.archive.pooled.test_run import screen
from watchlist.archive.reading.inputs import find_inputs
if __name__ == "__main__":
    screen(Path(sys.argv[1]), find_inputs([sys.argv[2]]), Path(sys.argv[3]))
"""


def attempt(output: Path, archive: Path, index: Path, choose: random.Random, most: int) -> int:
    """A run in which so many processes at most are killed, its own or one of its pool's; how many were."""
    kills = 0
    driver = subprocess.Popen(
        [sys.executable, "-c", _DRIVER, str(output), str(archive), str(index)], start_new_session=True
    )
    while kills < most and driver.poll() is None:
        try:
            driver.wait(choose.uniform(0.5, 4.0))
        except subprocess.TimeoutExpired:
            pool = Path(f"/proc/{driver.pid}/task/{driver.pid}/children").read_text().split()
            with suppress(ProcessLookupError):
                # Of a driver that is gone the pool goes by itself.
                os.kill(choose.choice([driver.pid, *map(int, pool)]), signal.SIGKILL)
                kills += 1
    # One that fails would be started for ever.
    assert driver.wait() in (0, -signal.SIGKILL)
    return kills


def disturbed(archive: Path, index: Path, output: Path, choose: random.Random, most: int) -> int:
    """A run that is killed at random, at most so often, until it comes to its end; how often it was."""
    kills = 0
    while not (output / "_summary.json").exists():
        kills += attempt(output, archive, index, choose, most - kills)
    return kills


@pytest.mark.crash
def test_the_driver_killed_at_random_moments(
    undisturbed: tuple[Path, dict[str, Any], list[ArchiveProgress]],
    archive: tuple[tuple[InputFile, ...], list[dict[str, Any]]],
    archive_index: Path,
    found_in: Found,
    tmp_path: Path,
) -> None:
    folder = Path(archive[0][0].path).parent
    disturbed(folder, archive_index, tmp_path / "out", random.Random(4), 2)
    assert found_in(tmp_path / "out") == found_in(undisturbed[0])


@pytest.mark.crash
@pytest.mark.timeout(3600)
def test_driver_and_processes_killed_thirty_times(
    undisturbed: tuple[Path, dict[str, Any], list[ArchiveProgress]],
    archive: tuple[tuple[InputFile, ...], list[dict[str, Any]]],
    archive_index: Path,
    found_in: Found,
    tmp_path: Path,
) -> None:
    folder, choose, kills, rounds = Path(archive[0][0].path).parent, random.Random(), 0, 0
    while kills < 30:
        rounds += 1
        output = tmp_path / str(rounds)
        kills += disturbed(folder, archive_index, output, choose, 6)
        assert found_in(output) == found_in(undisturbed[0])
        time.sleep(0.1)
