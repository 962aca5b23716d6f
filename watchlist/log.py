"""Loggers that load structlog once there is something to say: importing it takes a tenth of a short command's time.

What a line belongs to (a run, a feed, a list) is bound around the work and stands in every line that is written within,
in threads too where they are given the context.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

#: What is still to be set up before the first line; like logging itself, one for the whole process.
_pending: list[Callable[[], None]] = []

#: What the lines of this context belong to.
_bound: ContextVar[tuple[tuple[str, object], ...]] = ContextVar("watchlist.log", default=())

#: What no line may hold: passwords and the like.
_hidden: set[str] = set()

#: Lines that are kept for those who are told how a run ended.
_KEPT = 200
_tail: deque[str] = deque(maxlen=_KEPT)


def before_first_line(set_up: Callable[[], None]) -> None:
    """Have logging set up when the first line is written, and not before; the last call counts."""
    _pending[:] = [set_up]


@contextmanager
def bound(**what: object) -> Iterator[None]:
    """Have every line that is written in the block say what it belongs to: ``feed=7``."""
    before = _bound.set((*_bound.get(), *what.items()))
    try:
        yield
    finally:
        _bound.reset(before)


def belong(**what: object) -> None:
    """Have every line from here to the end of the `bound` around it say what it belongs to."""
    _bound.set((*_bound.get(), *what.items()))


def belonging() -> dict[str, object]:
    """What a line that is written here belongs to."""
    return dict(_bound.get())


def hide(secrets: Iterable[str]) -> None:
    """Keep these out of every line that is written from now on."""
    _hidden.update(secrets)


def hidden() -> frozenset[str]:
    """What is kept out of lines."""
    return frozenset(_hidden)


def keep_line(line: str) -> None:
    """Keep a line as it was written, for `tail`."""
    _tail.append(line)


def tail() -> tuple[str, ...]:
    """The last lines that were written."""
    return tuple(_tail)


def forget_lines() -> None:
    """Begin the tail anew, as when a run begins."""
    _tail.clear()


class Log:
    """A structlog logger by name: ``_log.warning("event", key=value)``."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, method: str) -> Any:
        import structlog

        while _pending:
            _pending.pop()()
        return getattr(structlog.get_logger(self._name), method)
