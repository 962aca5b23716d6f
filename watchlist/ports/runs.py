"""What is needed of the store as a whole: faults, and all that a run works with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Protocol

from watchlist.model import DeliveryTrouble, Duty, Fault, Feed, KnownFault, Outage, Run, SetAside, WatchedList, Worker
from watchlist.ports.lists import SyncStore
from watchlist.ports.news import PageStore, PollStore
from watchlist.ports.outbox import DeliveryStore, LinkStore, RouteStore
from watchlist.ports.purge import PurgeStore
from watchlist.ports.scans import FillStore, LookBackStore
from watchlist.ports.workers import WorkerStore

#: What tells the time, in UTC.
Clock = Callable[[], datetime]


class FaultStore(Protocol):
    """Saying what does not work as it should."""

    def watched_lists(self) -> tuple[WatchedList, ...]:
        """All lists, in the order of their ids."""

    def feeds_as_set(self) -> tuple[Feed, ...]:
        """All feeds, in the order they were added, without their articles being counted."""

    def delivery_troubles(self) -> tuple[DeliveryTrouble, ...]:
        """What is parked, and what waits after a failed try, counted over all deliveries of each recipient."""

    def last_runs(self, limit: int) -> tuple[Run, ...]:
        """The latest runs, the newest first."""

    def outages(self) -> tuple[Outage, ...]:
        """The channels and recipients that take nothing at present."""

    def waiting_counts(self) -> dict[tuple[str, str | None], int]:
        """How many deliveries wait for each recipient of each channel; None is for whoever the channel has."""

    def waiting_articles(self) -> tuple[int, datetime | None]:
        """How many articles wait to be screened, and since when the oldest does."""

    def set_aside(self) -> SetAside:
        """How many articles could not be screened, with what the last of them failed with."""

    def workers(self) -> tuple[Worker, ...]:
        """All that are at work, and those that were lost within a day."""

    def open_faults(self) -> tuple[KnownFault, ...]:
        """The faults that are not over."""

    def record_faults(self, found: Iterable[Fault], channels: Sequence[str] | None, now: datetime) -> int:
        """Make these the open faults, and tell of those that last and of the end of those told, unless None."""

    def note_faults(self, found: Iterable[Fault], now: datetime) -> None:
        """Keep what was found between two runs."""


class FlowStore(
    SyncStore,
    PollStore,
    PageStore,
    LookBackStore,
    FaultStore,
    RouteStore,
    DeliveryStore,
    LinkStore,
    PurgeStore,
    WorkerStore,
    FillStore,
    Protocol,
):
    """Everything that a run works with."""

    def duty(self, duty: Duty, now: datetime) -> AbstractContextManager[bool]:
        """In the block this worker alone has this duty; it says False where another has it."""

    def mend_times(self, now: datetime) -> timedelta | None:
        """Take times beyond now back to it where the clock was set back since the last run; return by how much."""

    def start_run(self, now: datetime) -> int:
        """Note that a run begins; return its number."""

    def note_counts(self, run_id: int, counts: Mapping[str, int]) -> None:
        """Note of a run that goes on what it counted so far."""

    def break_off(self, run_id: int, error: str) -> None:
        """Note why a run does not come to its end."""

    def finish_run(self, run_id: int, counts: Mapping[str, int], errors: Sequence[str], now: datetime) -> None:
        """Note what a run did."""
