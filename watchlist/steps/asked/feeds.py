"""Feeds that somebody asks for: looked at, added with what they hold, set, taken from OPML and written as such."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError

from watchlist.config import Config
from watchlist.config.values import Seconds
from watchlist.errors import ConflictError, FeedFetchError, FeedParseError, UsageError
from watchlist.feeds.poll import PollOptions
from watchlist.feeds.reading.discover import main_candidate
from watchlist.feeds.reading.opml import OpmlFeed, read_opml, write_opml
from watchlist.feeds.sources import Discovery, discover, first_poll
from watchlist.model import Feed, FeedForFetch, FeedToAdd
from watchlist.news.identity import canonical_url
from watchlist.ports import FeedListStore
from watchlist.steps.parts import Parts, RunReport
from watchlist.steps.poll import keep_poll

#: A host with a dot in it, or this machine, where a scheme would stand.
_HOST_FIRST = re.compile(r"(?:localhost|[\w-]+(?:\.[\w-]+)+)(?::\d+)?(?:[/?#]|$)", re.IGNORECASE)
#: Feeds of a page that are named to choose from.
_NAMED = 20


@dataclass(frozen=True, slots=True)
class AddedFeed:
    """A feed that was added."""

    feed: Feed
    #: The address that was asked: its own, or that of its site.
    asked: str
    #: How many articles of it are new; None where it has to be polled first.
    articles: int | None
    #: Why it could not be looked at; it is added all the same: that may be a server that is down today.
    unread: str | None = None


def look_at(url: str, config: Config, now: datetime, *, thorough: bool = False) -> Discovery:
    """What is at an address; raises UsageError for what is none, FeedFetchError and FeedParseError."""
    return discover(typed_address(url), poll_options(config), now, thorough=thorough)


def add_feed(parts: Parts, store: FeedListStore, url: str, title: str | None) -> AddedFeed:
    """Add a feed by its address or its site's, which is asked once; what it holds is kept.

    Raises UsageError for what is no address, ConflictError for a feed that is there, or a page that does not say which
    of its feeds is meant.
    """
    url, unread, found = typed_address(url), None, None
    try:
        found = look_at(url, parts.config, parts.clock())
    except (FeedFetchError, FeedParseError) as error:
        unread = str(error)
    address = url if found is None or found.feed is not None else _choose(found)
    feed = store.add_feed(address, title)
    return AddedFeed(feed, url, _keep(parts, feed, found) if found is not None else None, unread)


def typed_address(typed: str) -> str:
    """The address of a feed or a page as people type it: ``news.example`` is ``https://news.example``.

    Raises UsageError for what is none.
    """
    typed = typed.strip()
    url = f"https://{typed}" if _HOST_FIRST.match(typed) else typed
    if not is_http(url):
        raise UsageError(f"{typed!r} is no address of a feed or a page, such as https://news.example/rss")
    return url


def poll_options(config: Config) -> PollOptions:
    """How feeds are asked, as configured."""
    return PollOptions(fetch=config.fetch, schedule=config.schedule, keep=config.keeps_evidence)


def set_feed(store: FeedListStore, key: str, given: dict[str, Any]) -> Feed:
    """Change a feed of the user's: ``title``, ``every`` in words such as 30m, ``full_text``, ``folder``.

    Raises UsageError where there is nothing to change, or for what is no duration.
    """
    values = {name: value for name, value in given.items() if value is not None}
    if not values:
        raise UsageError("nothing to change: give --title, --every, --full-text or --folder")
    if "every" in values:
        values["every"] = None if values["every"] == "default" else _duration(values["every"])
    if "folder" in values:
        values["folder"] = values["folder"] or None
    return store.set_feed(key, values)


@dataclass(frozen=True, slots=True)
class TakenFeeds:
    """The feeds of an OPML file."""

    #: Those that are new, each once.
    new: tuple[OpmlFeed, ...]
    #: How many are there already, or twice in the file.
    there: int
    #: What could not be read, by line.
    problems: tuple[str, ...]

    def in_words(self, *, dry_run: bool) -> str:
        """What became of them, or would."""
        return (
            f"{'Would add' if dry_run else 'Added'} {len(self.new)} {'feed' if len(self.new) == 1 else 'feeds'};"
            f" {self.there} there already or twice in the file, {len(self.problems)} could not be read."
        )


def import_opml(store: FeedListStore, body: bytes, name: str, *, dry_run: bool) -> TakenFeeds:
    """Add the feeds of an OPML file that are not there; raises UsageError for what is none."""
    try:
        found = read_opml(body, name)
    except FeedParseError as error:
        raise UsageError(str(error)) from error
    known = {canonical_url(each.url) for each in store.watched_feeds() if each.undeclared_at is None}
    new: dict[str, OpmlFeed] = {}
    for each in found.feeds:
        if (address := canonical_url(each.url)) not in known:
            new.setdefault(address, each)
    if not dry_run:
        store.add_feeds([FeedToAdd(each.url, each.title, each.folder) for each in new.values()])
    return TakenFeeds(tuple(new.values()), len(found.feeds) - len(new), found.problems)


def export_opml(store: FeedListStore, now: datetime) -> tuple[bytes, int]:
    """The feeds as OPML, and how many there are."""
    folders = store.feed_folders()
    feeds = [
        OpmlFeed(each.url, each.title, folders.get(each.id))
        for each in store.watched_feeds()
        # What is handed over by another program has no address that a reader could ask.
        if each.url.startswith(("http://", "https://")) and each.undeclared_at is None
    ]
    return write_opml(feeds, "Feeds of watchlist", now), len(feeds)


def is_http(url: str) -> bool:
    """Whether it is a complete address of the web."""
    try:
        parts = urlsplit(url)
        # Reading the port is what refuses one that is no number.
        complete = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        return complete and url.isprintable() and " " not in url
    except ValueError:
        return False


def _choose(found: Discovery) -> str:
    """The feed that a page means; raises ConflictError, with what there is to choose from, where it is not clear."""
    if (main := main_candidate(found.candidates)) is not None:
        return main.url
    if not found.candidates:
        raise ConflictError(
            f"{found.url} is a page that names no feed: 'watchlist feeds discover {found.url}' looks further"
        )
    listed = ", ".join(each.url + (f" ({each.title})" if each.title else "") for each in found.candidates[:_NAMED])
    raise ConflictError(f"{found.url} is a page that names several feeds; add one of them by its address: {listed}")


def _keep(parts: Parts, feed: Feed, found: Discovery) -> int | None:
    """Keep what a feed held when it was looked at; how many articles are new, or None where it must be polled first."""
    intent = first_poll(FeedForFetch.of(feed), found, poll_options(parts.config), parts.clock())
    if intent is None:
        return None
    report = RunReport()
    keep_poll(parts, feed, intent, report)
    return report.counts["articles_new"]


def _duration(text: str) -> float:
    try:
        return float(TypeAdapter(Seconds).validate_python(text))
    except ValidationError as error:
        raise UsageError(f"{text!r} is no duration: write a number with s, m, h or d, such as 30m") from error
