"""What a run works with, put together in `app`, and what it reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from watchlist.config import Config
from watchlist.model import UNROUTED, Alert, FeedFetchIntent, SeverityRules, WorkerRole
from watchlist.ports import Clock, FlowStore, Transport


@dataclass(frozen=True, slots=True)
class Parts:
    """What a run works with."""

    config: Config
    store: FlowStore
    transports: Mapping[str, Transport]
    index_dir: Path
    clock: Clock
    #: Set from elsewhere to end a run after the step in hand.
    stop: Event
    #: What polls found while the database was locked or away: stored as soon as it answers, by this run or the next.
    unstored: list[FeedFetchIntent] = field(default_factory=list)

    @property
    def roles(self) -> tuple[WorkerRole, ...]:
        """What this worker takes part in."""
        return self.config.worker.taken

    @property
    def told_on(self) -> tuple[str, ...]:
        """The channels that new alerts are put in the outbox for; with routes, which ones is decided afterwards."""
        if self.transports and self.config.routes:
            return (UNROUTED,)
        return tuple(self.transports)


@dataclass(slots=True)
class RunReport:
    """What a run did."""

    counts: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)
    #: The hosts that answered, well or badly; and those of the errors that say that no connection came about.
    answered: set[str] = field(default_factory=set)
    unreached: dict[str, str] = field(default_factory=dict)


def index_dir(config: Config) -> Path:
    """Where compiled indexes are kept: as configured, else beside the SQLite file, else in the user's cache."""
    if config.matching.index_dir is not None:
        return config.matching.index_dir
    prefix, _, path = config.database.url.partition(":///")
    if prefix.startswith("sqlite") and path:
        return Path(path.partition("?")[0]).with_suffix(".index")
    return Path.home() / ".cache" / "watchlist"


def severity_rules(config: Config) -> SeverityRules:
    """What the user says of how much lists and programs matter."""
    return SeverityRules(config.alerts.severity.lists, config.alerts.severity.programs)
