"""The runner of this stage: polls feeds and says what to store.

    fetch | parse_feed | make_articles | FeedFetchIntent

Nothing is decided here: the parts decide, and every error of a feed becomes part of its intent.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import TracebackType
from typing import Self

from watchlist.config import FetchConfig, ScheduleConfig
from watchlist.errors import FeedError, FeedFetchError
from watchlist.feeds.captures import captures_of, with_captures
from watchlist.feeds.fetch import FeedUnchanged, FetchedFeed, client_for, fetch
from watchlist.feeds.intents import chosen_entries, failed_poll, good_poll, make_articles
from watchlist.feeds.reading.document import ParsedFeed, Source
from watchlist.feeds.sandbox.parse import parse_feed
from watchlist.feeds.sandbox.sandbox import Sandbox
from watchlist.feeds.workers import do_nothing, work_off
from watchlist.http.addresses import is_this_machine
from watchlist.http.pace import HostQueue, Pace, host_of
from watchlist.log import Log, bound
from watchlist.model import FeedFetchIntent, FeedForFetch
from watchlist.news.entry import ParsedEntry
from watchlist.ports import Clock

_log = Log(__name__)

#: Processes that read feeds; more than this many seldom have work at the same time.
_READERS = 2


@dataclass(frozen=True, slots=True)
class PollOptions:
    """How feeds are polled."""

    fetch: FetchConfig = field(default_factory=FetchConfig)
    schedule: ScheduleConfig = field(default_factory=ScheduleConfig)
    #: Seconds that reading one feed may take once it is here.
    parse_deadline: float = 20.0
    #: Set from elsewhere to end a run early.
    stop: threading.Event = field(default_factory=threading.Event)
    #: How a host is to be treated; None means as ``fetch`` says, and this machine without limits.
    pace: Callable[[str], Pace] | None = None
    #: Whether the bytes of entries are kept as evidence.
    keep: bool = False

    def pace_of(self, host: str) -> Pace:
        """The limits for a host."""
        if self.pace is not None:
            return self.pace(host)
        if is_this_machine(host):
            return Pace(self.fetch.concurrency, 0.0)
        return Pace(self.fetch.per_host, self.fetch.host_spacing)


class Poller:
    """What polls share: a client and the processes that read. Safe in threads; use it in ``with``."""

    def __init__(self, options: PollOptions) -> None:
        self._options = options
        self._interval = options.schedule.feeds
        self._client = client_for(options.fetch)
        self._sandbox = Sandbox(min(_READERS, options.fetch.concurrency))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the processes and connections."""
        self._sandbox.close()
        self._client.close()

    def poll(self, feed: FeedForFetch, now: Clock) -> FeedFetchIntent:
        """Poll one feed. Never raises for what the feed or its server does: that is in the intent's ``error``.

        A damaged document gives the articles that can be made out, and an error that says so. After an error the intent
        carries the validators of the last good poll, so that a damaged feed is fetched whole until it is good again.
        """
        started = time.monotonic()
        with bound(feed=feed.id):
            return replace(self._poll(feed, now), seconds=time.monotonic() - started)

    def _poll(self, feed: FeedForFetch, now: Clock) -> FeedFetchIntent:
        fetched: FetchedFeed | FeedUnchanged | None = None
        try:
            fetched = fetch(feed, now(), self._options.fetch, self._client)
            if isinstance(fetched, FeedUnchanged):
                return good_poll(feed, self._interval, now(), fetched.status)
            parsed = self._parsed(fetched, now())
            if parsed.children:
                parsed = self._gather(parsed, feed, now)
                # An index may say "not modified" while what it names has changed.
                fetched = replace(fetched, etag=None, last_modified=None)
            if parsed.damage:
                broken = failed_poll(feed, self._interval, now(), parsed.damage, fetched.status)
                return replace(
                    broken,
                    articles=make_articles(parsed, feed, broken.checked_at),
                    captures=captures_of(chosen_entries(parsed, feed)),
                )
            return good_poll(feed, self._interval, now(), fetched.status, fetched, parsed)
        except FeedFetchError as error:
            return failed_poll(feed, self._interval, now(), error.reason, error.status, error.retry_after)
        except FeedError as error:
            return failed_poll(feed, self._interval, now(), error.reason, fetched.status if fetched else None)
        except Exception as error:
            # A fault of this program must not stop the other feeds either; its words say that it is one.
            _log.exception("feed could not be polled", url=feed.url)
            return failed_poll(
                feed, self._interval, now(), f"internal error, please report it: {type(error).__name__}: {error}"
            )

    def _parsed(self, fetched: FetchedFeed, at: datetime) -> ParsedFeed:
        keep, deadline = self._options.keep, self._options.parse_deadline
        source = Source(fetched.url, fetched.content_type, at)
        parsed = parse_feed(fetched.body, source, self._sandbox, deadline, places=keep)
        return with_captures(parsed, fetched, at) if keep else parsed

    def _gather(self, index: ParsedFeed, feed: FeedForFetch, now: Clock) -> ParsedFeed:
        """The articles of the sitemaps that an index names; what is wrong with one of them is damage."""
        entries: list[ParsedEntry] = []
        damage = []
        ends_at = time.monotonic() + self._options.fetch.deadline
        for number, url in enumerate(index.children):
            # One poll, one deadline: that of an index is twice that of a feed, however slow each of its sitemaps is.
            if time.monotonic() >= ends_at:
                damage.append(f"no time was left for {len(index.children) - number} of its sitemaps")
                break
            # They are asked out of turn: the pause that their host is due is made here.
            if self._options.stop.wait(self._options.pace_of(host_of(url)).spacing):
                damage.append("stopped before all of its sitemaps were read")
                break
            try:
                fetched = fetch(FeedForFetch(feed.id, url, meant=feed.url), now(), self._options.fetch, self._client)
                if isinstance(fetched, FetchedFeed):
                    parsed = self._parsed(fetched, now())
                    entries += parsed.entries
                    damage += [f"{url}: {parsed.damage}"] if parsed.damage else []
            except FeedError as error:
                damage.append(str(error))
        return replace(index, entries=tuple(entries), damage="; ".join(damage) or index.damage)


def poll(feed: FeedForFetch, now: Clock, options: PollOptions) -> FeedFetchIntent:
    """Poll one feed by itself; see `Poller.poll`."""
    with Poller(options) as poller:
        return poller.poll(feed, now)


def poll_all(
    feeds: Iterable[FeedForFetch], now: Clock, options: PollOptions, idle: Callable[[], None] = do_nothing
) -> Iterator[FeedFetchIntent]:
    """Poll feeds, ``options.fetch.concurrency`` at a time, and yield each intent as it is there.

    Each host is asked at its pace; while one is slow or has been asked enough, feeds of others go first, and those that
    failed the last time go last. Where no intent comes for a moment, ``idle`` is called.

    Ends early, without waiting for polls that are under way, when the consumer closes the iterator or ``options.stop``
    is set; feeds without an intent simply stay due. ``now`` is called in several threads.
    """
    # However many are slow to fail, they take no thread from one that is well.
    asked = sorted(feeds, key=lambda feed: feed.failures > 0)
    line = HostQueue(((host_of(feed.moved_to or feed.url), feed) for feed in asked), options.pace_of)
    threads = min(len(asked), options.fetch.concurrency)
    with Poller(options) as poller:
        yield from work_off(line, lambda _, feed: poller.poll(feed, now), threads=threads, stop=options.stop, idle=idle)
