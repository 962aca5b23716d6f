"""What is needed of the feeds, articles and pages that are stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from watchlist.model import Article, Capture, Feed, FeedFetchIntent, PageForFetch, PageHost, PageIntent, PageRecord


class PollStore(Protocol):
    """Polling feeds."""

    def feeds_as_set(self) -> tuple[Feed, ...]:
        """All feeds, in the order they were added, without their articles being counted."""

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
