"""How everything stands, in figures, asked of the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from watchlist import __version__
from watchlist.app import App
from watchlist.model import AlertStatus, DeliveryStatus, Feed, KnownFault, Run, WatchedList
from watchlist.steps.health.standing import present_faults


@dataclass(frozen=True, slots=True)
class Figures:
    """How everything stands at a moment."""

    at: datetime
    faults: tuple[KnownFault, ...]
    lists: tuple[WatchedList, ...]
    feeds: tuple[Feed, ...]
    stored: int
    waiting: int
    aside: int
    #: By list and by how they stand.
    alerts: Mapping[tuple[str, AlertStatus], int]
    deliveries: Mapping[DeliveryStatus, int]
    untold: int
    #: The newest first.
    runs: tuple[Run, ...]
    database_bytes: int
    index_bytes: int
    versions: Mapping[str, str]

    @property
    def last_over(self) -> Run | None:
        """The newest run that came to its end."""
        return next((each for each in self.runs if each.finished_at is not None), None)


#: Runs that are looked through for the last that came to its end.
_RUNS = 10


def figures_of(parts: App, at: datetime) -> Figures:
    """Everything that metrics tell. Raises StorageError where the database does not answer."""
    store = parts.store
    stored, waiting = store.article_counts()
    schema, server = store.versions()
    return Figures(
        at=at,
        faults=present_faults(parts, at),
        lists=store.watched_lists(),
        feeds=store.watched_feeds(),
        stored=stored,
        waiting=waiting,
        aside=store.set_aside().count,
        alerts=store.alerts_by_list(),
        deliveries=store.delivery_counts(),
        untold=store.untold_alerts(),
        runs=store.last_runs(_RUNS),
        database_bytes=store.size(),
        index_bytes=sum(path.stat().st_size for path in parts.index_dir.glob("*") if path.is_file()),
        versions={"version": __version__, "schema": schema, "database": server},
    )


def not_ready(parts: App) -> list[str]:
    """What keeps it from doing its work, in words; empty where nothing does. Raises StorageError."""
    reasons = []
    if not any(each.enabled and each.entity_count for each in parts.store.watched_lists()):
        reasons.append("no names to look for: sync or create a list")
    return reasons


def faults_by_kind(faults: Sequence[KnownFault]) -> Mapping[tuple[str, bool], int]:
    """How many there are of each kind, acknowledged or not."""
    return Counter((each.fault.kind, each.is_acknowledged) for each in faults)
