"""BYTES -> ENTRIES in bounded time: `read_feed` does the work, in a process of the `sandbox`."""

from __future__ import annotations

from datetime import datetime

from watchlist.errors import FeedParseError
from watchlist.feeds.reading.document import ParsedFeed, Source
from watchlist.feeds.sandbox.sandbox import Failed, Sandbox
from watchlist.http.inflate import Packed
from watchlist.model import FeedHints
from watchlist.news.entry import ParsedEntry


def parse_feed(
    body: bytes | Packed, source: Source, sandbox: Sandbox, deadline: float, *, places: bool = False
) -> ParsedFeed:
    """Read a feed in any format, however damaged, within ``deadline`` seconds and bounded memory.

    ``places`` asks for the places of its entries, too.

    Raises FeedParseError for what is no feed, and for one that cannot be read within these bounds.
    """
    arguments = {
        "url": source.url,
        "content_type": source.content_type,
        "now": source.now.isoformat(),
        "places": places,
    }
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
        places=tuple(place and (place[0], place[1]) for place in outcome.get("places", ())),
    )
