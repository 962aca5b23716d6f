"""Runs checks side by side: each within a bound, so that a server that says nothing holds up nobody."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from watchlist.doctor.finding import Check, Finding, broken
from watchlist.log import Log

_log = Log(__name__)

T = TypeVar("T")
R = TypeVar("R")

#: Seconds that all checks together may take.
BOUND = 30.0
#: Names and addresses that are asked at the same time.
_AT_ONCE = 8


def examine(
    checks: Sequence[Check], bound: float = BOUND, on_progress: Callable[[Sequence[str]], None] = lambda left: None
) -> list[Finding]:
    """What the checks found, in their order; ``on_progress`` is told the names of those that are still at it."""
    done: queue.Queue[tuple[int, list[Finding]]] = queue.Queue()
    for number, check in enumerate(checks):
        # Daemon threads: one that hangs must not keep the program from ending.
        threading.Thread(target=_look, args=(number, check, done), name=f"check-{number}", daemon=True).start()
    found: dict[int, list[Finding]] = {}
    ends_at = time.monotonic() + bound
    while len(found) < len(checks):
        on_progress([check.name for number, check in enumerate(checks) if number not in found])
        try:
            number, findings = done.get(timeout=max(ends_at - time.monotonic(), 0.0))
        except queue.Empty:
            break
        found[number] = findings
    late = f"no answer within {bound:g} s"
    return [
        finding
        for number, check in enumerate(checks)
        for finding in found.get(number, [broken(check.name, late, "see whether the machine is busy or cut off")])
    ]


def side_by_side(work: Callable[[T], R], values: Sequence[T], bound: float) -> list[R | None]:
    """What the work came to for each value, some at a time; None for what was not done within ``bound`` seconds."""
    waiting, found = iter(enumerate(values)), dict[int, R]()
    taking = threading.Lock()

    def take() -> None:
        while True:
            with taking:
                turn = next(waiting, None)
            if turn is None:
                return
            found[turn[0]] = work(turn[1])

    # Daemon threads for the same reason: those of a pool would be waited for when the program ends.
    crew = [threading.Thread(target=take, name=f"ask-{n}", daemon=True) for n in range(min(_AT_ONCE, len(values)))]
    for thread in crew:
        thread.start()
    ends_at = time.monotonic() + bound
    for thread in crew:
        thread.join(max(ends_at - time.monotonic(), 0.0))
    return [found.get(number) for number in range(len(values))]


def _look(number: int, check: Check, done: queue.Queue[tuple[int, list[Finding]]]) -> None:
    try:
        done.put((number, list(check.look())))
    except Exception as error:
        # A check that fails must not hide what the others found.
        text = f"could not be looked at: {type(error).__name__}: {error}"
        done.put((number, [broken(check.name, text, "please report it")]))
        _log.exception("check failed", check=check.name)
