"""Why an alert comes now, where that is not the article's being new, and how it is sent for that: pure decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from watchlist.model import Article, LookBack, LookBackReason


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why the alerts of an article come now."""

    #: Whether they go into a digest rather than into an ordinary message.
    digest: bool = False
    #: The reason in words; None where it is that the article is new.
    note: str | None = None


def occasion_of(article: Article, feed: str, fresh: timedelta) -> Occasion:
    """Why alerts of an article come now, ``feed`` being what its feed is called.

    What is older than ``fresh`` when it comes is sent with its date, and in a digest if it came with the first reading
    of its feed, which brings all that the feed still has. There an article without a date counts as old, for most of
    them are; later it counts as new. Nothing is left out either way: dates are too often wrong for that.
    """
    published, seen = article.published_at, article.fetched_at
    old = published is not None and seen is not None and seen - published > fresh
    date = f"published on {published:%Y-%m-%d}" if published is not None else "without a date"
    if article.first_reading and (old or published is None):
        return Occasion(digest=True, note=f"from the first reading of {feed}, {date}")
    return Occasion(note=f"an older article, {date}") if old else Occasion()


def look_back_note(back: LookBack) -> str | None:
    """Why alerts of a look-back come now; None where each entity has a reason of its own (`listing_note`)."""
    if back.reason is LookBackReason.CHANGE:
        return None
    if back.reason is LookBackReason.NEW_LIST:
        return f"its list is watched since {back.until:%Y-%m-%d}"
    return "found by screening stored articles again"


def listing_note(listed_on: str | None, first_seen_at: datetime, changed_at: datetime) -> str:
    """Why an alert of an entity comes now whose list has changed: it is new there, or under a new name."""
    if changed_at > first_seen_at:
        return f"listed in another way since {changed_at:%Y-%m-%d}"
    return f"newly listed on {listed_on or format(first_seen_at, '%Y-%m-%d')}"
