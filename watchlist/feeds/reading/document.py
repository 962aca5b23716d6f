"""A document that a feed's address gave, before it is read and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from watchlist.model import NO_HINTS, FeedHints
from watchlist.news.entry import ParsedEntry


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed as read."""

    title: str | None
    #: Such as ``rss20``, ``rss10``, ``atom10``, ``json11``; ``unknown`` for entries in a format without a name.
    form: str
    #: The page the feed belongs to.
    home: str | None
    entries: tuple[ParsedEntry, ...]
    #: What is wrong with the document although it could be read in part; entries may be missing then.
    damage: str | None = None
    #: The sitemaps that an index names, to be read in its place.
    children: tuple[str, ...] = ()
    #: How often the document asks to be fetched.
    hints: FeedHints = NO_HINTS
    #: First byte of each entry in the unpacked document, and the byte after its last; empty where nobody asked.
    places: tuple[tuple[int, int] | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a body came from and when: what a reader needs to know beside the bytes."""

    url: str
    content_type: str | None
    now: datetime
