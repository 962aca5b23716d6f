"""What is needed of the store to work beside others."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from watchlist.model import NewWorker


class Membership(Protocol):
    """A worker's part in the work on a database."""

    def beat(self) -> bool:
        """Give a sign of life; return whether others still count on this worker."""

    def go_on(self) -> None:
        """Take part anew if others have taken this worker for dead; raises RunLockedError where it may not."""


class WorkerStore(Protocol):
    """Taking part in the work."""

    def join(self, about: NewWorker) -> AbstractContextManager[Membership]:
        """Take part as a worker; raises RunLockedError at once when another run is in the way."""

    def idle_since(self) -> float:
        """When this worker last wrote something, on the machine's own clock."""
