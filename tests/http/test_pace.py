from __future__ import annotations

import threading
import time

import pytest

from watchlist.http.pace import HostQueue, HostState, Pace, host_of, next_turn

NOT_OVER = threading.Event()


@pytest.mark.parametrize(
    ("state", "when"),
    [
        (HostState(), float("-inf")),
        (HostState(1, 99.0), 104.0),
        (HostState(0, 95.0), 100.0),
        (HostState(2, 50.0), None),
    ],
)
def test_when_a_host_may_be_asked_again(state: HostState, when: float | None) -> None:
    assert next_turn(state, Pace(2, 5.0)) == when


def line(*waiting: tuple[str, int], pace: Pace, now: list[float]) -> HostQueue[int]:
    return HostQueue(waiting, lambda host: pace, lambda: now[0])


def test_a_host_that_was_asked_lets_the_others_go_first() -> None:
    now = [0.0]
    waiting = line(("a", 1), ("a", 2), ("b", 3), pace=Pace(2, 1.0), now=now)
    assert waiting.take(NOT_OVER) == ("a", 1)
    assert waiting.take(NOT_OVER) == ("b", 3)
    now[0] = 1.0
    assert waiting.take(NOT_OVER) == ("a", 2)
    assert waiting.take(NOT_OVER) is None


def test_the_pause_counts_from_the_end_of_a_request_that_took_its_time() -> None:
    now = [0.0]
    waiting = line(("a", 1), ("a", 2), ("b", 3), pace=Pace(2, 1.0), now=now)
    waiting.take(NOT_OVER)
    now[0] = 0.9
    waiting.leave("a")
    now[0] = 1.5
    assert waiting.take(NOT_OVER) == ("b", 3)
    now[0] = 1.9
    assert waiting.take(NOT_OVER) == ("a", 2)


def test_no_more_run_at_a_time_than_a_host_allows() -> None:
    now = [0.0]
    waiting = line(("a", 1), ("a", 2), ("a", 3), pace=Pace(2, 0.0), now=now)
    waiting.take(NOT_OVER)
    waiting.take(NOT_OVER)
    taken: list[object] = []
    thread = threading.Thread(target=lambda: taken.append(waiting.take(NOT_OVER)))
    thread.start()
    thread.join(0.3)
    assert taken == []
    waiting.leave("a")
    thread.join()
    assert taken == [("a", 3)]


def test_what_waits_for_a_host_that_is_dropped_is_not_given_out() -> None:
    waiting = HostQueue([("a", 1), ("a", 2), ("b", 3)], lambda host: Pace(1, 0.0))
    assert waiting.take(NOT_OVER) == ("a", 1)
    waiting.drop("a")
    waiting.leave("a")
    waiting.drop("nobody")
    assert waiting.take(NOT_OVER) == ("b", 3)
    assert waiting.take(NOT_OVER) is None


def test_who_waits_is_let_go_when_the_last_turn_is_taken() -> None:
    waiting = HostQueue([("a", 1), ("a", 2)], lambda host: Pace(1, 0.0))
    waiting.take(NOT_OVER)
    got: list[object] = []
    threads = [threading.Thread(target=lambda: got.append(waiting.take(NOT_OVER))) for _ in range(2)]
    for thread in threads:
        thread.start()
    waiting.leave("a")
    for thread in threads:
        thread.join(20)
    assert sorted(got, key=str) == [("a", 2), None]


def test_a_wait_ends_when_the_work_is_over() -> None:
    over = threading.Event()
    waiting = HostQueue([("a", 1), ("a", 2)], lambda host: Pace(1, 0.0))
    waiting.take(over)
    threading.Timer(0.1, over.set).start()
    assert waiting.take(over) is None


def test_many_threads_get_everything_once_and_keep_to_the_pace() -> None:
    # One at a time: of two that were let go together, either may note its time first.
    pace = Pace(1, 0.01)
    waiting = HostQueue([(f"h{n % 5}", n) for n in range(100)], lambda host: pace)
    got: list[tuple[str, int, float]] = []

    def work() -> None:
        while (turn := waiting.take(NOT_OVER)) is not None:
            got.append((*turn, time.monotonic()))
            waiting.leave(turn[0])

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(n for _, n, _ in got) == list(range(100))
    for host in {host for host, _, _ in got}:
        assert [n for h, n, _ in sorted(got, key=lambda row: row[2]) if h == host] == [
            n for n in range(100) if f"h{n % 5}" == host
        ]


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://News.Example./rss?x=1", "news.example"),
        ("http://127.0.0.1:8080/", "127.0.0.1"),
        ("http://[::1]/", "::1"),
        ("http://[broken", "http://[broken"),
        ("no address", "no address"),
    ],
)
def test_the_host_of_an_address(url: str, host: str) -> None:
    assert host_of(url) == host
