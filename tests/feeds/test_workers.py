"""Threads that work off a line of what waits to be fetched."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from watchlist.feeds.workers import work_off
from watchlist.http.pace import HostQueue, Pace

QUICK = Pace(1, 0.0)


@pytest.fixture
def blocked() -> Iterator[threading.Event]:
    """What never happens while the test runs."""
    event = threading.Event()
    yield event
    event.set()


def line(*waiting: tuple[str, int]) -> HostQueue[int]:
    return HostQueue(waiting, lambda host: QUICK)


def test_everything_is_done_once_and_handed_over() -> None:
    waiting = line(*((f"h{n % 7}", n) for n in range(200)))
    done = list(work_off(waiting, lambda host, n: (host, n), threads=5, stop=threading.Event()))
    assert sorted(done) == sorted((f"h{n % 7}", n) for n in range(200))


@pytest.mark.parametrize("threads", [0, 3])
def test_nothing_waiting_is_nothing_done(threads: int) -> None:
    assert list(work_off(line(), lambda host, n: n, threads=threads, stop=threading.Event())) == []


def test_one_host_that_hangs_holds_up_no_other(blocked: threading.Event) -> None:
    stop = threading.Event()
    got = []
    for each in work_off(
        line(("slow", 0), *((f"h{n}", n) for n in range(1, 20))),
        lambda host, n: blocked.wait() if host == "slow" else n,
        threads=2,
        stop=stop,
    ):
        got.append(each)
        if len(got) == 19:
            stop.set()
    assert sorted(got) == list(range(1, 20))


def test_it_ends_at_its_time_without_waiting_for_what_is_under_way(blocked: threading.Event) -> None:
    started = time.monotonic()
    work = work_off(
        line(("a", 1)), lambda host, n: blocked.wait(), threads=1, stop=threading.Event(), ends_at=started + 0.3
    )
    assert list(work) == []
    assert time.monotonic() - started < 30


def test_it_ends_when_the_consumer_has_had_enough() -> None:
    waiting = line(*((f"h{n}", n) for n in range(1000)))
    done: list[int] = []

    def work(host: str, n: int) -> int:
        done.append(n)
        return n

    outcomes = work_off(waiting, work, threads=2, stop=threading.Event())
    next(outcomes)
    outcomes.close()
    time.sleep(0.3)
    assert len(done) < 20
