"""Logging to standard error, as the configuration says."""

from __future__ import annotations

import logging
import sys
from contextlib import suppress
from typing import Any

import structlog

from watchlist.config import LoggingConfig
from watchlist.log import belonging, hidden, keep_line
from watchlist.text.masked import masked, without_logins
from watchlist.text.shown import harmless


def set_up(config: LoggingConfig) -> None:
    """Send log lines to standard error, for people or as JSON."""
    renderer: structlog.typing.Processor
    if config.format == "json":
        renderer = structlog.processors.JSONRenderer(ensure_ascii=False)
    else:
        # The pretty traceback prints local variables, and so secrets.
        renderer = structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _belonging,
            # As text, so that what is secret in it is seen.
            structlog.processors.format_exc_info,
            _clean,
            _keeping(structlog.dev.ConsoleRenderer(colors=False)),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[config.level.upper()]),
        logger_factory=lambda *_: _Unfailing(sys.stderr),
    )


class _Unfailing(structlog.PrintLogger):
    """Writes lines as long as somebody takes them: where the reader is gone, or its disk is full, work goes on."""

    def msg(self, message: str) -> None:
        """Write a line if it can be written."""
        with suppress(OSError, ValueError):
            super().msg(message)

    debug = info = warning = error = critical = msg


def _belonging(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    return {**belonging(), **event}


def _clean(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """What is logged may come from outside, standard error may be a terminal, and logs are passed on."""
    return {key: _cleaned(value) for key, value in event.items()}


def _cleaned(value: object) -> object:
    match value:
        case None | bool() | int() | float():
            return value
        case dict():
            return {str(key): _cleaned(each) for key, each in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_cleaned(each) for each in value]
        case _:
            return harmless(masked(without_logins(str(value)), hidden()))


def _keeping(plain: structlog.typing.Processor) -> structlog.typing.Processor:
    """Keep each line, as text, for those who are told how a run ended."""

    def keep(logger: Any, method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        keep_line(str(plain(logger, method, dict(event))))
        return event

    return keep
