"""Loggers that load structlog once there is something to say: importing it takes a tenth of a short command's time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

#: What is still to be set up before the first line; like logging itself, one for the whole process.
_pending: list[Callable[[], None]] = []


def before_first_line(set_up: Callable[[], None]) -> None:
    """Have logging set up when the first line is written, and not before; the last call counts."""
    _pending[:] = [set_up]


class Log:
    """A structlog logger by name: ``_log.warning("event", key=value)``."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, method: str) -> Any:
        import structlog

        while _pending:
            _pending.pop()()
        return getattr(structlog.get_logger(self._name), method)
