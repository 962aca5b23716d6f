from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from watchlist.feeds.sandbox.sandbox import Failed, Sandbox

FEED = b"<rss version='2.0'><channel><title>T</title><item><title>x</title></item></channel></rss>"
#: Takes feedparser about ten seconds, on a machine with nothing else to do.
BOMB = FEED.replace(b"<title>x", b"<title " + b" ".join(b"a%d=''" % number for number in range(40_000)) + b">x")
ARGUMENTS = {"url": "https://x.example/", "content_type": None, "now": "2026-03-01T12:00:00+00:00"}


def run(sandbox: Sandbox, body: bytes = FEED, deadline: float = 300):
    return sandbox.run("feed", ARGUMENTS, body, deadline)


def pids(sandbox: Sandbox) -> set[int]:
    return {process._popen.pid for process in sandbox._running}


def test_starts_nothing_until_there_is_work():
    with Sandbox(2) as sandbox:
        assert pids(sandbox) == set()


def test_one_process_reads_many():
    with Sandbox(1) as sandbox:
        assert run(sandbox)["title"] == "T"
        first = pids(sandbox)
        assert run(sandbox)["title"] == "T"
        assert pids(sandbox) == first


def test_large_bodies_and_answers_pass():
    body = FEED.replace(b"<title>x", b"<title>x</title><description>" + b"word " * 100_000 + b"</description><title>x")
    with Sandbox(1) as sandbox:
        assert len(run(sandbox, body)["entries"][0]["text"]) > 480_000


def test_a_late_process_is_replaced():
    with Sandbox(1) as sandbox:
        run(sandbox)
        first = pids(sandbox)

        assert run(sandbox, BOMB, 0.3) == Failed("took more than 0.3 s to read")
        assert run(sandbox)["title"] == "T"
        assert pids(sandbox).isdisjoint(first)


@pytest.mark.timing
def test_a_late_process_is_left_at_once():
    with Sandbox(1) as sandbox:
        run(sandbox)
        start = time.monotonic()
        run(sandbox, BOMB, 0.3)
        assert time.monotonic() - start < 2


def test_a_process_that_died_meanwhile_costs_nobody_a_feed():
    with Sandbox(1) as sandbox:
        run(sandbox)
        (pid,) = pids(sandbox)
        os.kill(pid, signal.SIGKILL)
        time.sleep(0.1)

        assert run(sandbox)["title"] == "T"


def test_a_process_that_dies_at_work_fails_that_work_only():
    with Sandbox(1) as sandbox:
        run(sandbox)
        (pid,) = pids(sandbox)
        threading.Timer(1.5, os.kill, (pid, signal.SIGSEGV)).start()

        assert run(sandbox, BOMB) == Failed("broke the process reading it")
        assert run(sandbox)["title"] == "T"


def test_slow_work_does_not_hold_up_the_other_process():
    with Sandbox(2) as sandbox:
        slow = threading.Thread(target=run, args=(sandbox, BOMB))
        slow.start()
        for _ in range(5):
            assert run(sandbox)["title"] == "T"
        assert slow.is_alive()
    slow.join()


def test_closing_ends_what_is_under_way():
    sandbox = Sandbox(1)
    answers = []
    thread = threading.Thread(target=lambda: answers.append(run(sandbox, BOMB)))
    thread.start()
    while not pids(sandbox):
        time.sleep(0.01)
    time.sleep(0.3)
    sandbox.close()
    thread.join(60)

    assert not thread.is_alive()
    assert isinstance(answers[0], Failed)
    assert run(sandbox) == Failed("stopped")


def test_an_unknown_task_is_an_answer():
    with Sandbox(1) as sandbox:
        answer = sandbox.run("nonsense", {}, b"", 300)
    assert isinstance(answer, Failed)
    assert "KeyError" in answer.reason


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="needs /proc")
def test_the_process_has_a_memory_limit():
    with Sandbox(1) as sandbox:
        run(sandbox)
        (pid,) = pids(sandbox)
        limits = Path(f"/proc/{pid}/limits").read_text(encoding="ascii").splitlines()
        (line,) = (line for line in limits if line.startswith("Max address space"))
    assert "unlimited" not in line


@pytest.mark.thorough
def test_what_the_parent_uses_does_not_wear_the_process_out():
    # In a process of its own: this one may have used more than the bound already.
    code = (
        "held = bytearray(b'x' * (300 << 20))\n"
        "from watchlist.feeds.sandbox.sandbox import Sandbox\n"
        "arguments = {'url': 'http://a.example/', 'content_type': None, 'now': '2026-03-01T00:00:00+00:00'}\n"
        "with Sandbox(1) as sandbox:\n"
        "    pids = set()\n"
        "    for _ in range(2):\n"
        "        sandbox.run('feed', arguments, b'<rss><channel><title>T</title></channel></rss>', 300)\n"
        "        pids |= {process._popen.pid for process in sandbox._running}\n"
        "print(len(pids))\n"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "1\n"


def test_what_reads_pages_is_not_loaded_to_read_feeds():
    code = "import sys, watchlist.feeds.sandbox.worker; print(sorted({'trafilatura', 'protego'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"
