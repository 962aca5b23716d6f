"""Logging to standard error, as the configuration says."""

from __future__ import annotations

import logging
import sys

import structlog

from watchlist.config import LoggingConfig
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
            structlog.processors.format_exc_info if config.format == "json" else _as_is,
            _harmless,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[config.level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def _harmless(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """What is logged of feeds and lists comes from outside, and standard error may be a terminal."""
    return {key: harmless(value) if isinstance(value, str) else value for key, value in event.items()}


def _as_is(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    return event
