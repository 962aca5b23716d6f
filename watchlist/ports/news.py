"""What is needed of the feeds, articles and pages that are stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from watchlist.model import (
    Article,
    Capture,
    Feed,
    FeedFetchIntent,
    FeedToAdd,
    PageForFetch,
    PageHost,
    PageIntent,
    PageRecord,
    Rank,
    WorkerRole,
)


class PollStore(Protocol):
    """Polling feeds."""

    def feeds_as_set(self) -> tuple[Feed, ...]:
        """All feeds, in the order they were added, without their articles being counted."""

    def place(self, role: WorkerRole) -> Rank:
        """Where this worker stands among those that are at work in a role; alone where nobody else is."""

    def claim_feeds(self, seen: Mapping[int, datetime | None], now: datetime) -> frozenset[int]:
        """Claim feeds, each with when it was checked as far as the caller knows; return those that are the caller's."""

    def release_feeds(self, feed_ids: Iterable[int]) -> None:
        """Let others poll these feeds again."""

    def page_records(self, since: datetime) -> dict[int, PageRecord]:
        """How the pages of each feed, by its number, have turned out since a time."""

    def record_fetch(self, intent: FeedFetchIntent) -> int:
        """Store what a poll found, feed state and articles together; return how many articles are to be screened."""


class PageStore(Protocol):
    """Fetching the pages of articles."""

    def due_pages(self, now: datetime, limit: int) -> tuple[PageForFetch, ...]:
        """Pages to fetch now: those not tried yet before the others, then the latest articles first."""

    def page_hosts(self, origins: Iterable[str]) -> tuple[PageHost, ...]:
        """What is known of these sites."""

    def record_page_host(self, host: PageHost) -> None:
        """Keep what was learnt of a site."""

    def record_page(self, intent: PageIntent) -> bool:
        """Store what fetching a page came to; return whether its article has new words, which wait to be screened."""


class IngestStore(Protocol):
    """Taking in articles that somebody hands over."""

    def feed(self, key: str) -> Feed:
        """A feed by its number, address or title; raises NotFoundError, or UsageError when several fit."""

    def ingest_feed(self, name: str) -> int:
        """The number of the feed of this name that is never polled, made where it is not there."""

    def keep_articles(self, found: Sequence[Article], captures: Mapping[str, Capture]) -> int:
        """Store articles, with their bytes by their ids; return how many are to be screened."""


class FeedListStore(Protocol):
    """Which feeds there are, as the user adds and sets them."""

    def watched_feeds(self) -> tuple[Feed, ...]:
        """All feeds, in the order they were added."""

    def feed_folders(self) -> dict[int, str]:
        """The folder of each feed that is in one, by the feed's number."""

    def add_feed(self, url: str, title: str | None) -> Feed:
        """Add a feed of the user's; raises ConflictError when its address is watched already."""

    def add_feeds(self, found: Sequence[FeedToAdd]) -> int:
        """Add those that are not there; return how many that were."""

    def set_feed(self, key: str, values: Mapping[str, Any]) -> Feed:
        """Change a feed of the user's."""
