"""What is needed of the store to work beside others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from watchlist.model import Duty, NewWorker, Rank, WorkerRole


class Membership(Protocol):
    """A worker's part in the work on a database."""

    def beat(self) -> bool:
        """Give a sign of life; return whether others still count on this worker."""

    def go_on(self) -> None:
        """Take part anew if others have taken this worker for dead; raises RunLockedError where it may not."""


class WorkerStore(Protocol):
    """Working beside others."""

    def join(self, about: NewWorker) -> AbstractContextManager[Membership]:
        """Take part as a worker; raises RunLockedError at once when another run is in the way."""

    def idle_since(self) -> float:
        """When this worker last wrote something, on the machine's own clock."""

    def duty(self, duty: Duty, now: datetime) -> AbstractContextManager[bool]:
        """In the block this worker alone has this duty; it says False where another has it."""

    def place(self, role: WorkerRole) -> Rank:
        """Where this worker stands among those that are at work in a role; alone where nobody else is."""

    def claim_feeds(self, seen: Mapping[int, datetime | None], now: datetime) -> frozenset[int]:
        """Claim feeds, each with when it was checked as far as the caller knows; return those that are the caller's."""

    def release_feeds(self, feed_ids: Iterable[int]) -> None:
        """Let others poll these feeds again."""
