from __future__ import annotations

import threading

import pytest

from watchlist.feeds import hosts
from watchlist.feeds.hosts import Gate, HostState, Pace, StoppedError, host_of, wait_for


@pytest.mark.parametrize(
    ("state", "wait"),
    [
        (HostState(), 0),
        (HostState(1, 99.0), 4),
        (HostState(0, 95.0), 0),
        (HostState(1, 95.0), 0),
        (HostState(2, 50.0), None),
    ],
)
def test_the_wait_for_a_host(state, wait):
    assert wait_for(state, Pace(2, 5.0), 100.0) == wait


def test_each_host_has_its_own_pace():
    now = [0.0]
    gate = Gate(Pace(2, 1.0), lambda: now[0])

    assert gate.enter("a") == 0
    assert gate.enter("a") == 1
    assert gate.enter("b") == 0
    now[0] = 1.0
    assert gate.enter("a") == 0
    now[0] = 9.0
    assert gate.enter("a") is None
    gate.leave("a")
    assert gate.enter("a") == 0


def test_a_turn_is_waited_for_and_given_back():
    gate, most, running = Gate(Pace(2, 0.0)), [], []
    barrier = threading.Barrier(8)

    def work() -> None:
        barrier.wait()
        with gate.turn("a", threading.Event()):
            running.append(1)
            most.append(len(running))
            running.pop()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert len(most) == 8
    assert max(most) <= 2


def test_a_turn_is_given_back_after_an_error():
    gate = Gate(Pace(1, 0.0))
    with pytest.raises(ValueError, match="x"), gate.turn("a", threading.Event()):
        raise ValueError("x")

    assert gate.enter("a") == 0


def test_the_wait_for_a_turn_ends_with_the_stop():
    gate, stop = Gate(Pace(1, 0.0)), threading.Event()
    stop.set()
    gate.enter("a")

    with pytest.raises(StoppedError), gate.turn("a", stop):
        pytest.fail("was let in")


def test_hosts_at_rest_are_forgotten(monkeypatch):
    monkeypatch.setattr(hosts, "_MANY", 2)
    now = [0.0]
    gate = Gate(Pace(1, 1.0), lambda: now[0])
    for host in ("busy", "done"):
        gate.enter(host)
    gate.leave("done")
    now[0] = 5.0
    gate.enter("new")

    assert gate._hosts.keys() == {"busy", "new"}
    assert gate.enter("busy") is None


@pytest.mark.parametrize(
    ("url", "host"),
    [("https://Example.ORG.:8443/f", "example.org"), ("http://[::1]:80/", "::1"), ("http://[x", "http://[x")],
)
def test_the_host_of_an_address(url, host):
    assert host_of(url) == host
