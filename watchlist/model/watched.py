"""Lists, feeds and runs with their state, and how often a feed changes and wants to be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Self

from watchlist.model.changed import Snapshot
from watchlist.model.declared import Declared
from watchlist.model.paged import FullText
from watchlist.model.screened import Article
from watchlist.model.triage.captured import Capture

#: A feed that is silent for less than this is never called silent, and this many of its usual gaps are still usual.
_LEAST_SILENCE = timedelta(days=7)
_USUAL_GAPS = 5
#: One that is silent for so many of its usual gaps is called silent sooner, though never before this time: a wire that
#: brings something every few minutes is told in hours. A night, and a paper's weekend, are fewer of them.
_MANY_GAPS = 50
_LEAST_OF_MANY = timedelta(hours=6)
#: How much the latest gap says against all before.
_LATEST = 0.4


@dataclass(frozen=True, slots=True)
class FeedHints:
    """How often a feed wants to be asked, by what its server and its document say."""

    #: Seconds that an answer stays fresh, by ``max-age``, ``Expires``, ``<ttl>`` or ``sy:updatePeriod``: the longest.
    fresh: float | None = None
    #: Hours (0 to 23, UTC) and days (0 is Monday) in which nothing new is to be expected.
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Habit:
    """How often a feed brings something new, by when it did."""

    #: When it last brought something new.
    changed_at: datetime | None = None
    #: Seconds that lie between two times as a rule; None until it was seen twice.
    gap: float | None = None

    def after(self, changed: bool, now: datetime) -> Habit:
        """The habit after one more good poll, which brought something new or did not."""
        if not changed:
            return self
        if self.changed_at is None or now <= self.changed_at:
            return Habit(now, self.gap)
        seen = (now - self.changed_at).total_seconds()
        return Habit(now, seen if self.gap is None else (1 - _LATEST) * self.gap + _LATEST * seen)

    def expected_gap(self, now: datetime) -> float | None:
        """Seconds between two changes as they are to be expected now: longer while it has been silent longer."""
        if self.gap is None or self.changed_at is None:
            return None
        return max(self.gap, (now - self.changed_at).total_seconds())

    def silent_for(self, now: datetime) -> timedelta | None:
        """How long it has been silent, if that is much longer than its habit; else None."""
        if self.gap is None or self.changed_at is None:
            return None
        silent = now - self.changed_at
        long = max(_LEAST_SILENCE, timedelta(seconds=_USUAL_GAPS * self.gap))
        many = max(_LEAST_OF_MANY, timedelta(seconds=_MANY_GAPS * self.gap))
        return silent if silent > min(long, many) else None


NO_HINTS = FeedHints()
NO_HABIT = Habit()


@dataclass(frozen=True, slots=True)
class FeedPoll:
    """One poll of the past."""

    at: datetime
    status: int | None
    #: Articles that were new or edited.
    new: int
    #: How long it took, in seconds.
    seconds: float
    error: str | None


@dataclass(frozen=True, slots=True)
class WatchedList:
    """A list with the state of its last sync."""

    id: str
    title: str
    declared: Declared
    enabled: bool
    #: Synced by ``watchlist run``; own lists and lists read only from files are not.
    refresh: bool
    #: A list the user edits, as against one an authority publishes.
    own: bool
    url: str | None = None
    snapshot: Snapshot | None = None
    entity_count: int = 0
    name_count: int = 0
    last_checked_at: datetime | None = None
    #: The last check that went well, whether or not it brought something new.
    last_good_at: datetime | None = None
    last_changed_at: datetime | None = None
    last_error: str | None = None
    last_error_at: datetime | None = None
    #: Seconds between two checks, where the list has a time of its own.
    every: float | None = None
    #: Since when the configuration, which declared it, names it no longer; it is off since.
    undeclared_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One pass over lists, feeds, articles and deliveries; ``finished_at`` is None while it goes on or was killed."""

    id: int
    started_at: datetime
    finished_at: datetime | None
    counts: tuple[tuple[str, int], ...]
    errors: tuple[str, ...]
    #: Whether a worker that is alive is still at it; None where it is not known whose run it is.
    under_way: bool | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed with the state of its last poll."""

    id: int
    url: str
    title: str | None
    declared: Declared
    enabled: bool
    etag: str | None = None
    last_modified: str | None = None
    last_checked_at: datetime | None = None
    last_success_at: datetime | None = None
    last_status: int | None = None
    last_error: str | None = None
    last_error_at: datetime | None = None
    #: Polls in a row that failed.
    failures: int = 0
    next_check_at: datetime | None = None
    article_count: int = 0
    #: Whether the pages of its articles are fetched; ``auto`` leaves it to the general setting.
    full_text: FullText = FullText.AUTO
    #: Seconds between two polls, where the feed has a setting of its own.
    every: float | None = None
    folder: str | None = None
    habit: Habit = NO_HABIT
    hints: FeedHints = NO_HINTS
    #: Why it is asked next when it is, in words.
    next_reason: str | None = None
    #: Where its address leads for good, since when, and whether it is fetched from there already.
    moved_to: str | None = None
    moved_since: datetime | None = None
    moved_polls: int = 0
    adopted: bool = False
    #: When its server said that it is gone for good; it is off since.
    gone_at: datetime | None = None
    #: Since when the configuration, which declared it, names it no longer; it is off since.
    undeclared_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FeedNews:
    """When a feed brought something, seen from a period."""

    first_at: datetime
    #: Whether it did so in the period.
    within: bool
    #: The last time before the period's end.
    last_before: datetime | None


@dataclass(frozen=True, slots=True)
class FeedForFetch:
    """What a poll needs to know of a feed."""

    id: int
    url: str
    etag: str | None = None
    last_modified: str | None = None
    failures: int = 0
    #: The address that the operator wrote, where another is fetched on its account: an article's page, say.
    meant: str | None = None
    #: Where it has moved for good; fetched from there.
    moved_to: str | None = None
    last_status: int | None = None
    every: float | None = None
    habit: Habit = NO_HABIT
    hints: FeedHints = NO_HINTS

    @classmethod
    def of(cls, feed: Feed) -> Self:
        """What a poll needs to know of this feed."""
        return cls(
            id=feed.id,
            url=feed.url,
            etag=feed.etag,
            last_modified=feed.last_modified,
            failures=feed.failures,
            moved_to=feed.moved_to if feed.adopted else None,
            last_status=feed.last_status,
            every=feed.every,
            habit=feed.habit,
            hints=feed.hints,
        )


@dataclass(frozen=True, slots=True)
class FeedFetchIntent:
    """What a poll found, to be stored in one transaction.

    ``error`` is None after a good poll, also one that was answered "not modified" (``status`` 304, no articles). A
    document that was damaged can give both articles and an error.
    """

    feed_id: int
    checked_at: datetime
    next_check_at: datetime
    status: int | None = None
    title: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    articles: tuple[Article, ...] = ()
    error: str | None = None
    #: Ids of articles whose pages are to be fetched, if they are new or edited.
    pages: frozenset[str] = frozenset()
    #: Why it is asked next when it is, in words.
    reason: str | None = None
    #: Its hints, if the document was read.
    hints: FeedHints | None = None
    #: Where every redirect on the way said that it has moved for good.
    moved_to: str | None = None
    #: Its server said, and said again, that it is gone for good.
    gone: bool = False
    #: How long the poll took, in seconds.
    seconds: float = 0.0
    #: The bytes of each article's entry by the article's id, where evidence is kept.
    captures: Mapping[str, Capture] = field(default_factory=lambda: MappingProxyType({}))
