"""FILE -> ARTICLE: entries that somebody hands over become articles of a feed, or of none."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from watchlist.errors import NotFoundError, UsageError
from watchlist.feeds.captures import captures_of
from watchlist.feeds.files import Reading
from watchlist.feeds.intents import chosen_entries, make_articles
from watchlist.feeds.reading.document import ParsedFeed
from watchlist.feeds.sandbox.sandbox import Failed
from watchlist.model import INGEST, FeedForFetch
from watchlist.news.entry import ParsedEntry
from watchlist.news.identity import article_ids
from watchlist.ports import IngestStore


@dataclass(frozen=True, slots=True)
class Scope:
    """Where entries belong: what guids are unique within, and the feed's number, if they have a feed."""

    name: str
    feed_id: int | None


def scope_of(store: IngestStore, feed: str | None) -> Scope:
    """The scope of a feed by its number, address or title; a new name makes a feed that is never polled.

    Articles without a feed have one scope together. Raises UsageError for what can be no name.
    """
    if feed is None:
        return Scope(INGEST, None)
    if not feed.strip() or not feed.isprintable():
        raise UsageError("--feed wants the number, address or title of a feed, or a name for a new one")
    try:
        found = store.feed(feed)
    except NotFoundError:
        return Scope(f"{INGEST}{feed}", store.ingest_feed(feed))
    return Scope(found.url, found.id)


def ids_of(entries: Sequence[ParsedEntry], scope: Scope) -> tuple[str, ...]:
    """The ids under which entries are kept as articles, in their order; two may be one article."""
    return article_ids(entries, scope.name, None)


def keep_entries(store: IngestStore, entries: Sequence[ParsedEntry], reading: Reading, scope: Scope) -> int:
    """Store entries as articles that wait to be screened; return how many are new or have new words."""
    if not entries:
        return 0
    texts = json.dumps([(each.lang, each.title, each.text) for each in entries]).encode("ascii")
    langs = reading.sandbox.run("langs", {}, texts, reading.deadline)
    if not isinstance(langs, Failed):
        entries = [replace(each, lang=lang) for each, lang in zip(entries, langs, strict=True)]
    found = ParsedFeed(title=None, form="files", home=None, entries=tuple(entries))
    feed = FeedForFetch(scope.feed_id or 0, scope.name)
    made = make_articles(found, feed, reading.now)
    captures = captures_of(chosen_entries(found, feed))
    return store.keep_articles([replace(each, feed_id=scope.feed_id) for each in made], captures)
