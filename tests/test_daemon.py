"""The daemon's loop: due work at every tick, whatever the last one ran into. Stopping it is in test_killed.py."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from watchlist.app import make_app
from watchlist.config import Config
from watchlist.daemon import run_once, serve
from watchlist.errors import RunLockedError, StorageError
from watchlist.model import NoticeKind
from watchlist.steps.parts import Parts, RunReport

TICK = 0.05


@pytest.fixture
def parts(sqlite_database: str) -> Iterator[Parts]:
    made = make_app(Config.model_validate({"database": {"url": sqlite_database}}), declares=True)
    yield made
    made.store.close()


def serve_until(parts: Parts, enough: Callable[[list[RunReport]], bool], **options: Any) -> list[RunReport]:
    """Serve until so much has been reported."""
    reports: list[RunReport] = []

    def on_report(report: RunReport) -> None:
        reports.append(report)
        if enough(reports):
            parts.stop.set()

    watchdog = threading.Timer(300, parts.stop.set)
    watchdog.start()
    serve(parts, on_report, tick=TICK, **options)
    watchdog.cancel()
    return reports


def test_it_runs_at_every_tick_and_keeps_a_record_of_each(parts: Parts) -> None:
    reports = serve_until(parts, lambda reports: len(reports) >= 3)
    runs = parts.store.last_runs(99)
    assert len(runs) == len(reports) >= 3
    assert all(run.finished_at for run in runs)


def test_a_feed_is_polled_when_it_is_due_and_not_at_every_tick(parts: Parts, web: Any, rss: Callable[..., str]) -> None:
    url = web.put("/feed.xml", rss(("https://news.example/1", "Rain", "It will rain.")))
    parts.store.add_feed(url, None)
    reports = serve_until(parts, lambda reports: len(reports) >= 4)
    assert [report.counts["feeds_polled"] for report in reports][:4] == [1, 0, 0, 0]
    assert web.answered == [("/feed.xml", 200)]
    parts.stop.clear()
    ahead = replace(parts, clock=lambda: parts.clock() + timedelta(hours=1))
    # The scheduler keeps to the real clock: only what is due is judged by the other.
    reports = run_once(ahead)
    assert reports.counts["feeds_polled"] == 1


def test_a_database_that_is_away_for_a_while_does_not_end_it(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    start_run = type(parts.store).start_run
    failures = iter([StorageError("the server closed the connection")] * 2)

    def failing(store: Any, now: Any) -> int:
        if (error := next(failures, None)) is not None:
            raise error
        return start_run(store, now)

    monkeypatch.setattr(type(parts.store), "start_run", failing)
    assert serve_until(parts, lambda reports: len(reports) >= 2)
    # What could not be written down while it lasted is told as soon as it can be, and that it is over.
    *_, broken = parts.store.last_runs(9)
    assert (broken.finished_at, broken.errors) == (None, ("the server closed the connection",))
    fault, recovery = parts.store.notices((1, 2))
    assert (fault.kind, fault.subject, recovery.kind) == (NoticeKind.FAULT, "runs", NoticeKind.RECOVERY)
    assert fault.text.endswith("was broken off: the server closed the connection")


def test_a_run_that_its_database_ends_says_why(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> Any:
        raise StorageError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(type(parts.store), "unfinished_look_back", full)
        with pytest.raises(StorageError, match="disk is full"):
            run_once(parts)
    (broken,) = parts.store.last_runs(9)
    assert (broken.finished_at, broken.errors) == (None, ("database or disk is full",))


def test_a_fault_in_one_tick_does_not_end_it(
    parts: Parts, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    start_run = type(parts.store).start_run
    failures = iter([ZeroDivisionError("odd")])

    def failing(store: Any, now: Any) -> int:
        if (error := next(failures, None)) is not None:
            raise error
        return start_run(store, now)

    monkeypatch.setattr(type(parts.store), "start_run", failing)
    assert serve_until(parts, lambda reports: len(reports) >= 1)
    shown = capfd.readouterr()
    assert "ZeroDivisionError" in shown.out + shown.err


def test_a_tick_that_takes_long_is_not_overtaken_and_no_reason_to_warn(
    parts: Parts, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    start_run = type(parts.store).start_run
    under_way: list[int] = []
    most: list[int] = []

    def slow(store: Any, now: Any) -> int:
        under_way.append(1)
        most.append(len(under_way))
        threading.Event().wait(8 * TICK)
        under_way.pop()
        return start_run(store, now)

    monkeypatch.setattr(type(parts.store), "start_run", slow)
    serve_until(parts, lambda reports: len(reports) >= 2)
    assert set(most) == {1}
    assert [record.getMessage() for record in caplog.records if record.levelname != "INFO"] == []


def test_it_holds_the_lock_all_the_while_and_gives_it_back(parts: Parts) -> None:
    refused: list[bool] = []

    def second(_: list[RunReport]) -> bool:
        with pytest.raises(RunLockedError), parts.store.lock():
            pass
        refused.append(True)
        return True

    serve_until(parts, second)
    assert set(refused) == {True}
    with parts.store.lock():
        pass


def test_the_handlers_of_signals_are_put_back(parts: Parts) -> None:
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    run_once(parts)
    serve_until(parts, lambda reports: True)
    assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == before
