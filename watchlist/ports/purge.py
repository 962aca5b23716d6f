"""What is needed of the store to take away what is old."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from watchlist.model import Cutoffs, Purge, Purgeable


class PurgeStore(Protocol):
    """Taking away what is old. Each part of it is one transaction."""

    def ran_between(self, since: datetime, until: datetime) -> bool:
        """Whether a run began in this time."""

    def last_purge(self) -> Purge | None:
        """The purge that was begun last."""

    def start_purge(self, now: datetime) -> int:
        """Note that a purge begins; return its number."""

    def purge(self, number: int, kind: Purgeable, cutoffs: Cutoffs, now: datetime) -> Iterator[dict[Purgeable, int]]:
        """Take away all of a kind that may go, a part at a time; yields what each part took away."""

    def finish_purge(self, number: int, now: datetime) -> None:
        """Note that a purge is done."""
