"""The runner of this stage: polls feeds and says what to store.

    FeedForFetch | fetch | parse | identify | FeedFetchIntent

Nothing is decided here: the parts decide, and every error of a feed becomes part of its intent.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from http import HTTPStatus
from types import TracebackType
from typing import Self

from watchlist.config import FetchConfig, ScheduleConfig
from watchlist.errors import FeedError, FeedFetchError
from watchlist.feeds.fetch import Fetched, NotModified, fetch
from watchlist.feeds.reading.document import ParsedFeed, Source
from watchlist.feeds.sandbox.parse import parse_feed
from watchlist.feeds.sandbox.sandbox import Sandbox
from watchlist.feeds.schedule import after_failed_poll, after_good_poll
from watchlist.http.addresses import Guard, is_this_machine
from watchlist.http.client import make_client
from watchlist.http.pace import Line, Pace, host_of
from watchlist.log import Log
from watchlist.model import Article, FeedFetchIntent, FeedForFetch
from watchlist.news.entry import ParsedEntry
from watchlist.news.identity import article_ids

Clock = Callable[[], datetime]

_log = Log(__name__)

#: Seconds between two looks at the stop event.
_GLANCE = 0.2
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
        guard = Guard.allowing(options.fetch.allow)
        self._client = make_client(options.fetch.user_agent, deadline=options.fetch.deadline, guard=guard)
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
        return replace(self._poll(feed, now), seconds=time.monotonic() - started)

    def _poll(self, feed: FeedForFetch, now: Clock) -> FeedFetchIntent:
        fetched: Fetched | NotModified | None = None
        try:
            fetched = fetch(feed, now(), self._options.fetch, self._client)
            if isinstance(fetched, NotModified):
                return good_poll(feed, self._options, now(), fetched.status)
            source = Source(fetched.url, fetched.content_type, now())
            parsed = parse_feed(fetched.body, source, self._sandbox, self._options.parse_deadline)
            if parsed.children:
                parsed = self._gather(parsed, feed, now)
                # An index may say "not modified" while what it names has changed.
                fetched = replace(fetched, etag=None, last_modified=None)
            if parsed.damage:
                broken = self._failed(feed, now(), parsed.damage, fetched.status)
                return replace(broken, articles=make_articles(parsed, feed, broken.checked_at))
            return good_poll(feed, self._options, now(), fetched.status, fetched, parsed)
        except FeedFetchError as error:
            return self._failed(feed, now(), error.reason, error.status, error.retry_after)
        except FeedError as error:
            return self._failed(feed, now(), error.reason, fetched.status if fetched else None)
        except Exception as error:
            # A fault of this program must not stop the other feeds either; it is told apart by its words.
            _log.exception("feed could not be polled", feed=feed.url)
            return self._failed(feed, now(), f"internal error, please report it: {type(error).__name__}: {error}")

    def _gather(self, index: ParsedFeed, feed: FeedForFetch, now: Clock) -> ParsedFeed:
        """The articles of the sitemaps that an index names; what is wrong with one of them is damage."""
        entries: list[ParsedEntry] = []
        damage = []
        for url in index.children:
            # They are asked out of turn: the pause that their host is due is made here.
            if self._options.stop.wait(self._options.pace_of(host_of(url)).spacing):
                damage.append("stopped before all of its sitemaps were read")
                break
            try:
                fetched = fetch(FeedForFetch(feed.id, url, meant=feed.url), now(), self._options.fetch, self._client)
                if isinstance(fetched, Fetched):
                    source = Source(fetched.url, fetched.content_type, now())
                    parsed = parse_feed(fetched.body, source, self._sandbox, self._options.parse_deadline)
                    entries += parsed.entries
                    damage += [f"{url}: {parsed.damage}"] if parsed.damage else []
            except FeedError as error:
                damage.append(str(error))
        return replace(index, entries=tuple(entries), damage="; ".join(damage) or index.damage)

    def _failed(
        self,
        feed: FeedForFetch,
        now: datetime,
        reason: str,
        status: int | None = None,
        retry_after: float | None = None,
    ) -> FeedFetchIntent:
        plan = after_failed_poll(feed, self._options.schedule.feeds, retry_after, now)
        return FeedFetchIntent(
            feed_id=feed.id,
            checked_at=now,
            next_check_at=plan.at,
            reason=plan.reason,
            status=status,
            etag=feed.etag,
            last_modified=feed.last_modified,
            error=reason,
            # Said twice, since a server in disorder may say anything once.
            gone=status == HTTPStatus.GONE and feed.last_status == HTTPStatus.GONE,
        )


def good_poll(
    feed: FeedForFetch,
    options: PollOptions,
    now: datetime,
    status: int,
    fetched: Fetched | None = None,
    parsed: ParsedFeed | None = None,
) -> FeedFetchIntent:
    """What is to be stored after a poll that went well; without a document when nothing had changed."""
    validators = fetched or feed
    hints = feed.hints
    if parsed is not None and fetched is not None:
        hints = replace(parsed.hints, fresh=max(parsed.hints.fresh or 0.0, fetched.fresh or 0.0) or None)
    plan = after_good_poll(feed, options.schedule.feeds, hints, now)
    return FeedFetchIntent(
        feed_id=feed.id,
        checked_at=now,
        next_check_at=plan.at,
        reason=plan.reason,
        status=status,
        title=parsed.title if parsed else None,
        etag=validators.etag,
        last_modified=validators.last_modified,
        articles=make_articles(parsed, feed, now) if parsed else (),
        hints=hints,
        moved_to=fetched.moved_to if fetched is not None else None,
    )


def make_articles(parsed: ParsedFeed, feed: FeedForFetch, now: datetime) -> tuple[Article, ...]:
    """The feed's entries as articles, in their order, each article once: in its longest version."""
    articles: dict[str, Article] = {}
    for id, entry in zip(article_ids(parsed.entries, feed.url, parsed.home), parsed.entries, strict=True):
        if id in articles and len(articles[id].title + articles[id].text) >= len(entry.title + entry.text):
            continue
        if not (entry.title or entry.text):
            continue
        articles[id] = Article(
            id=id,
            title=entry.title,
            text=entry.text,
            url=entry.url,
            feed_id=feed.id,
            guid=entry.guid,
            lang=entry.lang,
            published_at=entry.published_at,
            fetched_at=now,
        )
    return tuple(articles.values())


def poll(feed: FeedForFetch, now: Clock, options: PollOptions) -> FeedFetchIntent:
    """Poll one feed by itself; see `Poller.poll`."""
    with Poller(options) as poller:
        return poller.poll(feed, now)


def poll_all(feeds: Iterable[FeedForFetch], now: Clock, options: PollOptions) -> Iterator[FeedFetchIntent]:
    """Poll feeds, ``options.fetch.concurrency`` at a time, and yield each intent as it is there.

    Each host is asked at its pace; while one is slow or has been asked enough, feeds of others go first.

    Ends early, without waiting for polls that are under way, when the consumer closes the iterator or ``options.stop``
    is set; feeds without an intent simply stay due. ``now`` is called in several threads.
    """
    asked = tuple(feeds)
    line = Line(((host_of(feed.moved_to or feed.url), feed) for feed in asked), options.pace_of)
    # Room for one intent a thread: a slow consumer slows the polls down rather than filling the memory.
    done: queue.Queue[FeedFetchIntent] = queue.Queue(options.fetch.concurrency)
    over = threading.Event()
    expected = len(asked)

    def work(poller: Poller) -> None:
        while (turn := line.take(over)) is not None:
            host, feed = turn
            try:
                intent = poller.poll(feed, now)
            finally:
                line.leave(host)
            while not over.is_set():
                try:
                    done.put(intent, timeout=_GLANCE)
                    break
                except queue.Full:
                    continue

    with Poller(options) as poller:
        try:
            for number in range(min(expected, options.fetch.concurrency)):
                # Daemon threads: a poll that hangs on a slow server must not keep the program from ending.
                threading.Thread(target=work, args=(poller,), name=f"poll-{number}", daemon=True).start()
            while expected and not options.stop.is_set():
                try:
                    yield done.get(timeout=_GLANCE)
                    expected -= 1
                except queue.Empty:
                    continue
        finally:
            over.set()
