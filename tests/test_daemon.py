"""The daemon's loop: due work at every tick, whatever the last one ran into. Stopping it is in test_killed.py."""

from __future__ import annotations

import io
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from apscheduler.schedulers.background import BackgroundScheduler

from watchlist.app import make_app, reloaded
from watchlist.cli.shared.logs import set_up
from watchlist.config import Config, LoggingConfig
from watchlist.daemon import _stopping, pull_in, run_once, serve
from watchlist.errors import ConfigError, RunLockedError, StorageError
from watchlist.log import Log, before_first_line
from watchlist.model import NoticeKind
from watchlist.steps.parts import Parts, RunReport

TICK = 0.05


@pytest.fixture
def parts(sqlite_database: str, lent_readers: None) -> Iterator[Parts]:
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


def test_a_clock_that_was_set_back_by_a_month_does_not_put_off_the_next_tick() -> None:
    ran = threading.Event()
    scheduler = BackgroundScheduler(timezone="UTC")
    scheduler.start()
    # As the scheduler would have it after the clock was set back: the next tick by the clock as it was.
    ahead = datetime.now(UTC) + timedelta(days=31)
    ticking = scheduler.add_job(ran.set, "interval", seconds=20, next_run_time=ahead)
    pull_in(ticking, timedelta(seconds=20))
    assert ran.wait(60)
    scheduler.shutdown(wait=True)
    assert ticking.next_run_time < ahead


def test_a_tick_that_is_near_stays_where_it_is() -> None:
    scheduler = BackgroundScheduler(timezone="UTC")
    scheduler.start()
    near = datetime.now(UTC) + timedelta(seconds=400)
    ticking = scheduler.add_job(print, "interval", seconds=300, next_run_time=near)
    pull_in(ticking, timedelta(seconds=300))
    assert ticking.next_run_time == near
    scheduler.shutdown(wait=True)


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


class _SignalledAtWrite(io.StringIO):
    """A log that is written when the program is told to stop."""

    def write(self, text: str) -> int:
        if not self.getvalue():
            os.kill(os.getpid(), signal.SIGTERM)
        return super().write(text)


def test_told_to_stop_while_a_line_is_written_it_stops(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    log = _SignalledAtWrite()
    monkeypatch.setattr(sys, "stderr", log)
    before_first_line(lambda: set_up(LoggingConfig(level="info")))
    with _stopping(parts):
        Log("tests").warning("a line")
        assert parts.stop.is_set()
    for thread in [each for each in threading.enumerate() if each.name == "stop"]:
        thread.join(60)
    first, second = log.getvalue().splitlines()
    assert "a line" in first
    assert "stopping after the step in hand" in second


def test_a_pass_ends_when_its_time_is_over_and_says_so(parts: Parts, web: Any, rss: Callable[..., str]) -> None:
    parts.store.add_feed(web.put("/feed.xml", rss(), delay=120), None)
    report = run_once(parts, 0.3)
    assert report.errors == ["stopped after 0.3 s, as asked: the rest is for the next run"]
    (done,) = parts.store.last_runs(9)
    assert done.finished_at is not None


def test_a_daemon_reads_its_configuration_anew_when_it_is_told_to(
    parts: Parts, capfd: pytest.CaptureFixture[str]
) -> None:
    given: list[Parts] = []

    def reload() -> Parts:
        if not given:
            given.append(parts)
            raise ConfigError("is no number", key="fetch.deadline")
        given.append(replace(parts, config=Config.model_validate({"fetch": {"deadline": 7}})))
        return given[-1]

    def hang_up(reports: list[RunReport]) -> bool:
        if len(reports) in (1, 3):
            os.kill(os.getpid(), signal.SIGHUP)
        return len(given) == 2 and len(reports) >= 5

    serve_until(parts, hang_up, reload=reload)
    shown = "".join(capfd.readouterr())
    assert "the configuration stays as it was" in shown
    assert "fetch.deadline: is no number" in shown
    assert shown.index("stays as it was") < shown.index("the configuration was read anew")


_HANGS = """
import os, signal, sys, threading
from watchlist import daemon
from watchlist.app import make_app, reloaded
from watchlist.config import Config
daemon.STOP_WITHIN = 0.5
parts = make_app(Config.model_validate({"database": {"url": sys.argv[1]}}), declares=True)
def hang(*_):
    os.kill(os.getpid(), signal.SIGTERM)
    threading.Event().wait(300)
type(parts.store).start_run = hang
daemon.run_once(parts)
"""


def test_a_step_that_never_ends_does_not_keep_the_program_from_stopping(sqlite_database: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _HANGS, sqlite_database], capture_output=True, text=True, timeout=120, check=False
    )
    assert ended.returncode == 1
    assert "did not end in time" in ended.stdout + ended.stderr


def test_another_configuration_is_looked_at_before_anything_is_changed(sqlite_database: str) -> None:
    settings = {"database": {"url": sqlite_database}, "feeds": ["https://news.example/a"]}
    app = make_app(Config.model_validate(settings), declares=True)
    with pytest.raises(ConfigError, match="no_such_list"):
        reloaded(app, Config.model_validate({**settings, "lists": ["no_such_list"], "feeds": []}), declares=True)
    with pytest.raises(ConfigError, match="new start"):
        reloaded(app, Config.model_validate({"database": {"url": "sqlite:///other.db"}}), declares=True)
    assert [feed.url for feed in app.store.watched_feeds()] == ["https://news.example/a"]
    changed = Config.model_validate({**settings, "feeds": ["https://news.example/b"]})
    assert reloaded(app, changed, declares=True).config is changed
    assert "https://news.example/b" in [feed.url for feed in app.store.watched_feeds() if feed.enabled]
    app.store.close()


def test_a_service_manager_is_told_that_it_is_ready_alive_and_stopping(
    parts: Parts, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    address = str(tmp_path_factory.mktemp("n") / "s")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(address)
        manager.setblocking(False)
        monkeypatch.setenv("NOTIFY_SOCKET", address)
        serve_until(parts, lambda reports: len(reports) >= 2)
        told = []
        while True:
            try:
                told.append(manager.recv(100).decode())
            except BlockingIOError:
                break
    assert set(told) == {"READY=1", "WATCHDOG=1", "STOPPING=1"}
    assert told[-1] == "STOPPING=1"
    assert told.count("WATCHDOG=1") == 1
