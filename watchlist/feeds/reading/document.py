"""A document that a feed's address gave, before it is read and after."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from watchlist.model import NO_HINTS, FeedHints
from watchlist.news.entry import ParsedEntry

#: A feed is a window on what is new. What is beyond these is an archive, or made to keep us busy.
MOST_ENTRIES = 10_000

_CDATA_END = "]]>"
_COMMENT_END = "-->"
_TAG = re.compile(r"<!\[CDATA\[|<!--|<(?P<end>/?)(?:[A-Za-z][\w.-]{0,30}:)?(?:item|entry)(?=[\s/>])", re.IGNORECASE)


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


def windowed(text: str) -> tuple[str, int]:
    """The document with its first entries, and how many it has; as it is where it has no more than are read.

    What stands behind the last entry stays, so that a whole document stays whole.
    """
    count = skip_to = last_end = 0
    cut: int | None = None
    for tag in _TAG.finditer(text):
        if tag.start() < skip_to:
            continue
        if tag["end"] is None:
            # No markup stands in these; one that never ends leaves no more to look at.
            end = text.find(_COMMENT_END if tag.group() == "<!--" else _CDATA_END, tag.end())
            if end < 0:
                break
            skip_to = end
        elif tag["end"]:
            last_end = text.find(">", tag.end()) + 1
        else:
            count += 1
            if count == MOST_ENTRIES + 1:
                cut = tag.start()
    if cut is None or last_end <= cut:
        return text, count
    return text[:cut] + text[last_end:], count
