"""BYTES -> ENTRIES in bounded time: `read` does the work, in a process of the `sandbox`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from watchlist.errors import FeedParseError
from watchlist.feeds.sandbox import Failed, Sandbox
from watchlist.model import NO_HINTS, FeedHints


@dataclass(frozen=True, slots=True)
class ParsedEntry:
    """One entry of a feed, in plain text; what it lacks is None or empty."""

    guid: str | None
    #: Absolute, http or https.
    url: str | None
    title: str
    text: str
    lang: str | None
    published_at: datetime | None


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


@dataclass(frozen=True, slots=True)
class Source:
    """Where a body came from and when: what a reader needs to know beside the bytes."""

    url: str
    content_type: str | None
    now: datetime


def parse_feed(body: bytes, source: Source, sandbox: Sandbox, deadline: float) -> ParsedFeed:
    """Read a feed in any format, however damaged, within ``deadline`` seconds and bounded memory.

    Raises FeedParseError for what is no feed, and for one that cannot be read within these bounds.
    """
    arguments = {"url": source.url, "content_type": source.content_type, "now": source.now.isoformat()}
    outcome = sandbox.run("feed", arguments, body, deadline)
    if isinstance(outcome, Failed):
        raise FeedParseError(source.url, outcome.reason)
    if "error" in outcome:
        raise FeedParseError(source.url, outcome["error"])
    entries = tuple(
        ParsedEntry(
            **{**entry, "published_at": entry["published_at"] and datetime.fromisoformat(entry["published_at"])}
        )
        for entry in outcome["entries"]
    )
    hints = outcome["hints"]
    return ParsedFeed(
        title=outcome["title"],
        form=outcome["form"],
        home=outcome["home"],
        entries=entries,
        damage=outcome["damage"],
        children=tuple(outcome["children"]),
        hints=FeedHints(hints["fresh"], tuple(hints["skip_hours"]), tuple(hints["skip_days"])),
    )
