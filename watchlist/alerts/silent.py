"""Which feeds brought nothing in a period, and why as far as is known. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from watchlist.model import Feed, FeedNews


@dataclass(frozen=True, slots=True)
class SilentFeed:
    """A feed that is switched on and brought nothing new."""

    name: str
    url: str
    #: When it last brought something new before the end of the period; None where it never did.
    last_new: datetime | None
    #: Seconds that lie between two times as a rule.
    usual_gap: float | None
    why: str


def silent_feeds(
    feeds: Iterable[Feed], news: Mapping[int, FeedNews], since: datetime, until: datetime
) -> tuple[SilentFeed, ...]:
    """The feeds without news in this time, those that were silent longest first.

    ``news`` tells by the number of a feed when it brought something. One whose first news came later was not there yet.
    """
    found = [
        _silent(feed, news.get(feed.id), until) for feed in feeds if _was_silent(feed, news.get(feed.id), since, until)
    ]
    return tuple(sorted(found, key=lambda each: (each.last_new is not None, each.last_new or until, each.name)))


def _was_silent(feed: Feed, news: FeedNews | None, since: datetime, until: datetime) -> bool:
    if not feed.enabled:
        return False
    changed = feed.habit.changed_at
    if news is None:
        return changed is None or not since <= changed < until
    return news.first_at < until and not news.within and (changed is None or not since <= changed < until)


def _silent(feed: Feed, news: FeedNews | None, until: datetime) -> SilentFeed:
    known = [news.last_before] if news is not None and news.last_before is not None else []
    changed = feed.habit.changed_at
    last_new = max([*known, *([changed] if changed is not None and changed < until else [])], default=None)
    return SilentFeed(feed.title or feed.url, feed.url, last_new, feed.habit.gap, _why(feed, last_new))


def _why(feed: Feed, last_new: datetime | None) -> str:
    """By how it stands now; how it stood then is not kept."""
    if feed.last_checked_at is None:
        return "it was never asked"
    if feed.last_error is not None:
        return f"it cannot be read: {feed.last_error}"
    return "it is read, and never had an article" if last_new is None else "it is read, and has nothing new"
