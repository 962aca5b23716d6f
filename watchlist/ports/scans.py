"""What is needed of the articles that are stored, to screen them and to keep what was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from watchlist.model import Alert, Article, Entity, Feed, LoadedFinds, LookBack, Scan
from watchlist.ports.lists import IndexStore


class ScanStore(IndexStore, Protocol):
    """Screening articles as they come."""

    def take_articles(self, limit: int, now: datetime) -> tuple[Article, ...]:
        """The oldest articles whose present words were never tried, and that no other worker has in hand."""

    def articles_to_retry(self, now: datetime, limit: int) -> tuple[Article, ...]:
        """Articles whose screening failed and whose time has come, the longest due first."""

    def feeds_as_set(self) -> tuple[Feed, ...]:
        """All feeds, in the order they were added, without their articles being counted."""

    def record_scan(self, scan: Scan, now: datetime) -> tuple[Alert, ...] | None:
        """Store mentions, new alerts, their deliveries and the scan mark, all or nothing; return the new alerts.

        None when the article's words or the lists have changed since they were read.
        """

    def record_quiet(self, scans: Sequence[Scan], now: datetime) -> int | None:
        """Store that nothing was found in these articles; return in how many that was so, None when lists changed."""

    def record_scan_error(self, article: Article, error: str, now: datetime) -> None:
        """These words of the article could not be screened: set it aside, to come again later."""


class LookBackStore(ScanStore, Protocol):
    """Screening stored articles again."""

    def unfinished_look_back(self) -> LookBack | None:
        """The oldest look-back that is not done."""

    def look_back(self, number: int) -> LookBack:
        """A look-back with how far it has come."""

    def look_back_articles(self, back: LookBack, limit: int) -> tuple[Article, ...]:
        """The next articles of a look-back, in the order of their ids."""

    def listing_notes(self, entity_ids: tuple[str, ...]) -> dict[str, str]:
        """For entities that are found by looking back, why they come now."""

    def record_look_back(
        self, back: LookBack, scans: Sequence[Scan], cursor: str | None, now: datetime
    ) -> tuple[Alert, ...]:
        """Store what a part of a look-back found and how far it came, all or nothing; return the new alerts."""


class ArchiveStore(Protocol):
    """Taking in what was found in an archive."""

    def revisions(self) -> tuple[tuple[str, str], ...]:
        """Each list that is switched on with its present revision."""

    def entities_of(self, ids: Iterable[str]) -> Iterator[Entity]:
        """These entities, on their lists or taken off them."""

    def record_loaded(self, scans: Sequence[Scan], now: datetime) -> LoadedFinds:
        """Store articles with what was found in them, all or nothing."""


class ReplayStore(Protocol):
    """Trying another threshold over what is stored."""

    def stored_articles(self, since: datetime, after: str, limit: int) -> tuple[Article, ...]:
        """Articles fetched since a time, in the order of their ids, after the one with the id ``after``."""


class FillStore(Protocol):
    """Making searchable what was found before."""

    def fill_search(self, limit: int) -> int:
        """Index some of what was found by an earlier version, to be searched; return how many articles and entities."""
