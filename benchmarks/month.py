"""Does a month of polls lose an article, take one twice, or ask anybody too often?

    python -m benchmarks.month

Seven feeds live through a month by a clock that is moved on, asked every quarter of an hour: one is busy, one publishes
seldom, one falls silent, one fails for a week, one is gone for good, one asks for patience, one moves. Nothing is
fetched; documents are read, and stored in SQLite. Prints how often each was asked, and ends with an error where a rule
is broken. The tests take two weeks by the hour.

Wanted: what ``check`` says.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from watchlist.config import ScheduleConfig
from watchlist.errors import FeedFetchError
from watchlist.feeds import poll as polling
from watchlist.feeds.fetch import FeedUnchanged, FetchedFeed
from watchlist.feeds.poll import PollOptions
from watchlist.feeds.reading.feed import read_in_sandbox
from watchlist.feeds.schedule import LONGEST_BACKOFF, LONGEST_PAUSE, is_due
from watchlist.http.inflate import Packed
from watchlist.model import FeedForFetch
from watchlist.steps.health.faults import feed_faults
from watchlist.storage.store import Store, open_store

START = datetime(2026, 3, 1, tzinfo=UTC)
TICK = timedelta(minutes=30)
#: A feed shows its last entries only: what it drops before it is asked is lost.
SHOWN = 12
#: The feeds that are RSS.
IN_XML = frozenset({"moving", "seldom"})


class World:
    """Feeds that publish, fail, move, fall silent and ask for patience, each by its name; and what was asked when."""

    def __init__(self) -> None:
        self.now = START
        self.asked: dict[str, list[datetime]] = defaultdict(list)
        self.patience: dict[str, datetime] = {}
        self.broken_patience = 0

    def published(self, name: str) -> int:
        """How many entries a feed has had by now."""
        hours = (self.now - START) / timedelta(hours=1)
        if name == "silent":
            return min(int(hours), 48)
        return int(hours / (24 if name == "seldom" else 1))

    @contextmanager
    def instead_of_the_net(self) -> Iterator[None]:
        """In the block, feeds are fetched from here, and read in this process."""
        with patch.object(polling, "fetch", self.fetch), patch.object(polling, "Sandbox", InProcess):
            yield

    def fetch(self, feed: FeedForFetch, now: datetime, *_: Any, **__: Any) -> FetchedFeed | FeedUnchanged:
        """What a feed answers now, in place of ``watchlist.feeds.fetch.fetch``."""
        address = feed.moved_to or feed.url
        name = feed.url.rsplit("/", 1)[1]
        self.asked[name].append(self.now)
        if self.patience.get(name, START) > self.now:
            self.broken_patience += 1
        day = (self.now - START).days
        if name == "failing" and 5 <= day < 12:
            raise FeedFetchError(address, "answered 500 Internal Server Error", status=500)
        if name == "gone" and day >= 10:
            raise FeedFetchError(address, "answered 410 Gone", status=410, permanent=True)
        if name == "strict" and len(self.asked[name]) % 7 == 0:
            self.patience[name] = self.now + timedelta(hours=3)
            raise FeedFetchError(address, "answered 429 Too Many Requests", status=429, retry_after=3 * 3600.0)
        count = self.published(name)
        if feed.etag == str(count):
            return FeedUnchanged()
        moved = "https://new.example/moving" if name == "moving" and day >= 3 and feed.moved_to is None else None
        body = Packed(self.document(name, count), "")
        return FetchedFeed(address, 200, "text/xml", body, str(count), None, None, moved)

    @staticmethod
    def document(name: str, count: int) -> bytes:
        """The feed when it has had so many entries: RSS or, which is read faster, JSON Feed."""
        entries = [(f"{name} {n}", f"https://{name}.example/{n}") for n in range(count, max(0, count - SHOWN), -1)]
        if name not in IN_XML:
            items = [{"title": title, "url": link} for title, link in entries]
            return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": name, "items": items}).encode()
        listed = "".join(f"<item><title>{title}</title><link>{link}</link></item>" for title, link in entries)
        return f'<rss version="2.0"><channel><title>{name}</title>{listed}</channel></rss>'.encode()


class InProcess:
    """Reads without a process of its own: here nothing is hostile, and a month has many polls."""

    def __init__(self, size: int) -> None:
        pass

    def run(self, task: str, arguments: dict[str, Any], body: bytes | Packed, deadline: float) -> Any:
        """Read a feed here and now."""
        return read_in_sandbox(arguments, body.unpacked() if isinstance(body, Packed) else body)

    def close(self) -> None:
        """There is nothing to end."""


NAMES = ("busy", "seldom", "silent", "failing", "gone", "strict", "moving")


def live(world: World, store: Store, days: int, interval: float) -> None:
    """Add the feeds, and poll what is due at every tick."""
    for name in NAMES:
        store.add_feed(f"https://news.example/{name}", None)
    options = PollOptions(schedule=ScheduleConfig(feeds=interval))
    with world.instead_of_the_net(), polling.Poller(options) as poller:
        while world.now < START + timedelta(days=days):
            for feed in store.watched_feeds():
                if is_due(feed, world.now):
                    store.record_fetch(poller.poll(FeedForFetch.of(feed), lambda: world.now))
            world.now += TICK


def check(world: World, store: Store, interval: float) -> None:
    """Hold what was asked and what is stored against the rules."""
    feeds = {feed.url.rsplit("/", 1)[1]: feed for feed in store.watched_feeds()}
    counts = {name: feed.article_count for name, feed in feeds.items()}

    # Nothing lost, save what a feed dropped while its server was down; nothing twice.
    for name in ("busy", "seldom", "silent", "strict", "moving"):
        assert world.published(name) - 7 <= counts[name] <= world.published(name), name
    assert world.published("failing") - 7 * 24 <= counts["failing"] <= world.published("failing")
    assert abs(counts["gone"] - 10 * 24) <= 2

    # Politeness: no sooner than set, patience kept, more seldom what changes seldom, never given up.
    for name, times in world.asked.items():
        gaps = [later - earlier for earlier, later in pairwise(times)]
        assert min(gaps) >= timedelta(seconds=0.8 * interval), name
        assert max(gaps) <= max(LONGEST_PAUSE, LONGEST_BACKOFF) + 2 * TICK, name
    assert world.broken_patience == 0
    assert len(world.asked["seldom"]) < len(world.asked["busy"]) / 3
    assert len([at for at in world.asked["failing"] if 5 <= (at - START).days < 12]) < 7 * 24 / 4

    # The one that moved is fetched from there, the one that is gone is off, and the silent one is a fault.
    assert (feeds["moving"].adopted, feeds["moving"].moved_to) == (True, "https://new.example/moving")
    assert not feeds["gone"].enabled
    told = " ".join(fault.text for fault in feed_faults(feeds.values(), world.now) if fault.lasting)
    assert "/gone: gone for good" in told
    assert "/silent: silent for" in told
    assert not any(f"/{name}:" in told for name in ("busy", "seldom", "failing", "strict", "moving"))


def main() -> None:
    """Live through it, check, and print."""
    world = World()
    with TemporaryDirectory() as folder, closing(open_store(f"sqlite:///{folder}/month.db")) as store:
        live(world, store, days=30, interval=900.0)
        check(world, store, 900.0)
        for feed in store.watched_feeds():
            name = feed.url.rsplit("/", 1)[1]
            print(
                f"{name:8s} asked {len(world.asked[name]):5,} times, {feed.article_count:4} articles of"
                f" {world.published(name):4} published"
            )


if __name__ == "__main__":
    main()
