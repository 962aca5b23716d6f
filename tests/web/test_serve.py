"""``watchlist serve`` as a program: how it begins, what signals do, and the daemon that goes along."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.cli.conftest import PROGRAM
from watchlist.children import next_pause
from watchlist.web.carried import CarriedDaemon

# The port is the daemon's: the server answers at its own.
CONFIG = "logging: {level: info}\nhealth: {port: 9464, metrics: false}\n"


@contextmanager
def running(folder: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[bytes], str, Path]]:
    """``watchlist serve`` on a free port: its process, its address and its log."""
    log = folder / "log"
    command = [*PROGRAM, "--config", "config.yaml", "serve", "--port", "0", *arguments]
    with log.open("wb") as stream:
        process = subprocess.Popen(command, cwd=folder, stderr=stream)
    try:
        found = wait_for(lambda: re.search(r"address=(http://\S+)/", log.read_text()))
        yield process, found[1], log
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        process.wait()


def wait_for(asked: Callable[[], Any], seconds: float = 60) -> Any:
    end = time.monotonic() + seconds
    while not (found := asked()):
        assert time.monotonic() < end, "it does not come"
        time.sleep(0.05)
    return found


@pytest.fixture
def folder(tmp_path: Path, worked: Callable[[], str]) -> Path:
    (tmp_path / "config.yaml").write_text(f"database: {{url: '{worked()}'}}\n{CONFIG}", encoding="utf-8")
    return tmp_path


def test_it_answers_until_it_is_told_to_stop_and_reads_its_configuration_anew(folder: Path) -> None:
    with running(folder) as (process, url, log):
        assert httpx.get(f"{url}/readyz", trust_env=False).json() == {"status": "ready", "why": []}
        assert httpx.get(f"{url}/metrics", trust_env=False).status_code == 404
        config = folder / "config.yaml"
        config.write_text(config.read_text().replace("metrics: false", "metrics: true"), encoding="utf-8")
        process.send_signal(signal.SIGHUP)
        wait_for(lambda: "the configuration was read anew" in log.read_text())
        assert "watchlist_info" in httpx.get(f"{url}/metrics", trust_env=False).text
        config.write_text("no: such\n", encoding="utf-8")
        process.send_signal(signal.SIGHUP)
        wait_for(lambda: "the configuration stays as it was" in log.read_text())
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        assert "stopping after the requests in hand" in log.read_text()


def test_it_ends_when_told_though_nobody_reads_its_log_any_more(folder: Path) -> None:
    command = [*PROGRAM, "--config", "config.yaml", "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            next(line for line in process.stderr if "address=" in line)
            process.stderr.close()
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 0
        finally:
            process.kill()


def test_a_port_that_is_taken_is_named(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [*PROGRAM, "--config", "config.yaml", "serve", "--port", str(port)]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert f"cannot listen on 127.0.0.1 port {port}" in done.stderr
    assert "--port" in done.stderr


def test_the_daemon_goes_along_is_started_again_and_ends_with_it(folder: Path) -> None:
    config = folder / "config.yaml"
    config.write_text(config.read_text().replace(CONFIG, "logging: {level: info}\n"), encoding="utf-8")
    with running(folder, "--with-daemon") as (process, url, log):
        first = wait_for(lambda: children(process.pid))
        wait_for(lambda: httpx.get(f"{url}/readyz", trust_env=False).status_code == 200)
        os.kill(first[0], signal.SIGKILL)
        wait_for(lambda: "the daemon is down" in log.read_text())
        again = wait_for(lambda: [each for each in children(process.pid) if each not in first])
        assert "it was ended by SIGKILL" in log.read_text()
        process.kill()
        process.wait()
        wait_for(lambda: not alive(again[0]))


def children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sorted({int(each) for task in tasks for each in (task / "children").read_text().split()})


def alive(pid: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    return False


def test_one_that_dies_is_started_again_after_longer_and_longer_pauses() -> None:
    pauses = [0.0]
    for _ in range(8):
        pauses.append(next_pause(pauses[-1], lived=2.0))
    assert pauses[1:] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert next_pause(60, lived=3600.0) == 1


def test_what_it_died_of_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    carried = CarriedDaemon(["sh", "-c", "exit 3"], told.append)
    carried.start()
    wait_for(lambda: told)
    assert told[0].endswith("it ended with exit code 3")
    assert "started again within 1 s" in (wait_for(carried.why_down) or "")
    carried.stop()
    carried.join()
