"""What the three addresses answer, whoever serves them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from importlib.util import find_spec

from watchlist.app import App
from watchlist.config import Config
from watchlist.errors import ConfigError, StorageError
from watchlist.health.figures import figures_of, not_ready
from watchlist.health.totals import SILENT_FOR, Totals

_JSON = "application/json"
_TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Reply:
    """A status, and a body with its type."""

    status: HTTPStatus
    body: bytes
    content_type: str = _JSON


def refuse_without_extra(config: Config) -> None:
    """Raise ConfigError where metrics are wanted and what words them is not installed."""
    if config.health.metrics and find_spec("prometheus_client") is None:
        raise ConfigError("needs the extra: pip install 'watchlist[metrics]'", key="health.metrics")


def reply_to(path: str, parts: App, totals: Totals | None = None, also_missing: Sequence[str] = ()) -> Reply | None:
    """The answer to a path, or None for any other.

    ``totals`` are those of the runs that this process does; None where others do them. ``also_missing`` is what else
    keeps it from being ready. Never raises for what the database does.
    """
    match path:
        case "/healthz":
            return alive(totals)
        case "/readyz":
            return ready(parts, also_missing)
        case "/metrics":
            return metrics(parts, totals)
        case _:
            return None


def alive(totals: Totals | None) -> Reply:
    """Whether the program is at work; asks nobody else, so that a database that is away gets nobody killed."""
    silent_for = 0.0 if totals is None else totals.silent_for
    if silent_for > SILENT_FOR:
        return _said(HTTPStatus.SERVICE_UNAVAILABLE, "failing", [f"no sign of life for {silent_for:.0f} s"])
    return _said(HTTPStatus.OK, "alive", [])


def ready(parts: App, also_missing: Sequence[str] = ()) -> Reply:
    """Whether it can do its work: its database answers, and there are names to look for."""
    try:
        reasons = [*not_ready(parts), *also_missing]
    except StorageError as error:
        reasons = [str(error)]
    if reasons:
        return _said(HTTPStatus.SERVICE_UNAVAILABLE, "not ready", reasons)
    return _said(HTTPStatus.OK, "ready", [])


def metrics(parts: App, totals: Totals | None) -> Reply:
    """The figures as text, where the configuration has them on."""
    if not parts.config.health.metrics:
        why = "Metrics are off: set 'metrics: true' under 'health'. They need pip install 'watchlist[metrics]'.\n"
        return Reply(HTTPStatus.NOT_FOUND, why.encode(), _TEXT)
    from watchlist.health.metrics import CONTENT_TYPE, metrics_text

    try:
        figures = figures_of(parts, parts.clock())
    except StorageError as error:
        return Reply(HTTPStatus.SERVICE_UNAVAILABLE, f"{error}\n".encode(), _TEXT)
    return Reply(HTTPStatus.OK, metrics_text(figures, totals.summed() if totals is not None else None), CONTENT_TYPE)


def _said(status: HTTPStatus, word: str, why: list[str]) -> Reply:
    return Reply(status, json.dumps({"status": word, "why": why}, ensure_ascii=False).encode() + b"\n")
