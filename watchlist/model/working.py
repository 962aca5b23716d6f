"""Workers: the programs that are at work on one database, what each does, and what is done by one of them at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class WorkerRole(StrEnum):
    """What a worker takes part in."""

    POLL = "poll"
    SCREEN = "screen"
    DELIVER = "deliver"


class Duty(StrEnum):
    """What one worker does at a time, whoever finds nobody at it."""

    #: Lists are synced and grouped, stored articles looked back at.
    LISTS = "lists"
    #: Pages of articles are fetched, so that a site is asked by one worker.
    PAGES = "pages"
    #: Alerts are sent on their routes, which count what each has told.
    ROUTES = "routes"
    #: The operator is told, and what is old taken away.
    CARE = "care"


@dataclass(frozen=True, slots=True)
class NewWorker:
    """A worker that is to take part."""

    #: Which process on which machine.
    name: str
    roles: tuple[WorkerRole, ...] = tuple(WorkerRole)
    #: Without a sign of life for so long it is taken for dead, and what it had claimed is free.
    lease: timedelta = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker as others see it."""

    id: str
    name: str
    roles: tuple[WorkerRole, ...]
    started_at: datetime
    beat_at: datetime
    #: Whether its lease ran out: it was killed, or hangs.
    lost: bool
    duties: tuple[Duty, ...] = ()
    #: How many feeds, articles and messages it has in hand.
    feeds: int = 0
    articles: int = 0
    deliveries: int = 0


@dataclass(frozen=True, slots=True)
class Rank:
    """Where a worker stands among those that share something: the first is 0."""

    position: int = 0
    workers: int = 1
