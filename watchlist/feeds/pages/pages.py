"""The runner for the pages of articles: fetches them and says what to store.

    PageForFetch | robots.txt | fetch | read | is it the article? | PageIntent

Sites are asked side by side, each by one thread at a time and with a pause between two requests, so that a slow site
holds up nobody else's pages. Nothing is decided here: `fulltext`, `barriers` and `robots` decide.
"""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from watchlist.config import FetchConfig
from watchlist.errors import ExtractionError, FeedFetchError
from watchlist.feeds.fetch import Fetched, NotModified, fetch
from watchlist.feeds.pages.barriers import LOG_IN, PAYWALL, in_the_way, on_the_way
from watchlist.feeds.pages.page import Page, read_page
from watchlist.feeds.pages.robots import Verdict, ask_site, may_fetch, origin_of, product_token
from watchlist.feeds.reading.document import Source
from watchlist.feeds.sandbox.sandbox import Sandbox
from watchlist.http.addresses import Guard
from watchlist.http.client import LOOPBACK, make_client
from watchlist.http.inflate import TooLargeError
from watchlist.log import Log
from watchlist.model import FeedForFetch, PageForFetch, PageHost, PageIntent, PageStatus
from watchlist.news.full_text import has_more, hold, is_same_article, next_try

Clock = Callable[[], datetime]

_log = Log(__name__)

ACCEPT = "text/html, application/xhtml+xml, */*;q=0.1"
NO_TEXT = "no article's text was found on the page"
OTHER = "the page is not that of the article: it has hardly a word of its title and summary"

#: Seconds between two looks at the stop event.
_GLANCE = 0.1
#: Processes that read pages.
_READERS = 2
#: A site that does not answer so many times in a row is left alone for the rest of the run.
_SILENT = 2
#: A server that asks for patience without saying how long is left alone for this many seconds.
_PATIENCE = 1800.0


@dataclass(frozen=True, slots=True)
class PageOptions:
    """How pages are fetched."""

    fetch: FetchConfig = field(default_factory=FetchConfig)
    #: Seconds that reading one page may take once it is here.
    read_deadline: float = 10.0
    #: Seconds between two requests to one site, unless its robots.txt asks for more; none to this machine.
    spacing: float = 1.0
    #: Set from elsewhere to end a run early.
    stop: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of one page, and how its site is to be treated afterwards."""

    intent: PageIntent
    #: Seconds to leave the site alone.
    pause: float = 0.0
    #: The site asked for patience of so many seconds.
    hold: float | None = None
    silent: bool = False


class PageFetcher:
    """What fetching pages shares: a client, the processes that read, and what is known of sites. Safe in threads."""

    def __init__(self, hosts: Iterable[PageHost], options: PageOptions) -> None:
        self._options = options
        self._fetch = options.fetch.model_copy(update={"max_bytes": options.fetch.page_max_bytes})
        guard = Guard.allowing(options.fetch.allow)
        self._client = make_client(options.fetch.user_agent, deadline=options.fetch.deadline, guard=guard)
        self._agent = product_token(options.fetch.user_agent)
        self._sandbox = Sandbox(min(_READERS, options.fetch.concurrency))
        self._hosts = {host.origin: host for host in hosts}
        self._lock = threading.Lock()
        self._closed = threading.Event()
        #: Sites of which something new was learnt, to be stored.
        self.learnt: queue.SimpleQueue[PageHost] = queue.SimpleQueue()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._closed.set()
        self._sandbox.close()
        self._client.close()

    def fetch(self, page: PageForFetch, now: Clock) -> _Outcome:
        """Fetch one page. Never raises for what the page or its server does: that is in the intent's ``reason``."""
        try:
            return self._try(page, now)
        except FeedFetchError as error:
            return self._failed(page, now(), error)
        except ExtractionError as error:
            return _Outcome(_given_up(page, now(), error.reason))
        except Exception as error:
            if self._closed.is_set():
                # What was under way when the run ended; nobody waits for it.
                return _Outcome(_given_up(page, now(), "stopped"))
            # A fault of this program must not stop the other pages either; it is told apart by its words.
            _log.exception("page could not be fetched", page=page.url)
            reason = f"internal error, please report it: {type(error).__name__}: {error}"
            return _Outcome(_given_up(page, now(), reason))

    def keep_away(self, origin: str, seconds: float, now: datetime) -> None:
        """Remember that a site asked for patience."""
        with self._lock:
            known = self._hosts.get(origin)
            if known is not None:
                self._hosts[origin] = known = replace(known, hold_until=now + hold(seconds))
                self.learnt.put(known)

    def held(self, origin: str, now: datetime) -> bool:
        """Whether a site is to be left alone still."""
        known = self._hosts.get(origin)
        # A hold from a clock that was ahead would last for ever.
        longest = now + hold(float("inf"))
        return known is not None and known.hold_until is not None and now < known.hold_until <= longest

    def _try(self, page: PageForFetch, now: Clock) -> _Outcome:
        verdict = self._ask(page, page.url, now)
        if verdict.refusal is not None:
            return _Outcome(_refused(page, now(), verdict))

        def before_hop(url: str) -> None:
            if barrier := on_the_way(page.url, url):
                raise ExtractionError(page.url, barrier)
            further = self._ask(page, url, now)
            if further.refusal is not None:
                raise FeedFetchError(page.url, further.refusal, permanent=not further.passing)

        target = FeedForFetch(0, page.url, meant=page.feed_url)
        fetched = fetch(target, now(), self._fetch, self._client, accept=ACCEPT, before_hop=before_hop)
        if isinstance(fetched, NotModified):
            raise ExtractionError(page.url, "answered 304 Not Modified although nothing was asked of it")
        return _Outcome(self._read(page, fetched, now), pause=verdict.delay)

    def _ask(self, page: PageForFetch, url: str, now: Clock) -> Verdict:
        origin = origin_of(url)
        if origin is None:
            raise FeedFetchError(url, "not an address that can be fetched", permanent=True)
        with self._lock:
            host = self._hosts.get(origin)
        # One checked in the future was checked under a wrong clock.
        if host is None or not host.checked_at <= now() < host.expires_at:
            fresh = ask_site(origin, now(), self._options.fetch, self._client, meant=page.feed_url)
            host = replace(fresh, hold_until=host.hold_until if host else None)
            with self._lock:
                self._hosts[origin] = host
            self.learnt.put(host)
        return may_fetch(url, host, self._agent, self._sandbox)

    def _read(self, page: PageForFetch, fetched: Fetched, now: Clock) -> PageIntent:
        source = Source(fetched.url, fetched.content_type, now())
        found = read_page(fetched.body, source, self._sandbox, self._options.read_deadline)
        return judge(page, found, now())

    def _failed(self, page: PageForFetch, now: datetime, error: FeedFetchError) -> _Outcome:
        if error.status == 402:
            return _Outcome(_given_up(page, now, PAYWALL))
        if error.status == 401:
            return _Outcome(_given_up(page, now, LOG_IN))
        # `fetch` raises it in place of what it met, which is then its context.
        if error.permanent or isinstance(error.__context__, TooLargeError):
            return _Outcome(_given_up(page, now, error.reason))
        wants_patience = error.status in (429, 503)
        intent = _failed(page, now, error.reason, error.retry_after)
        patience = (error.retry_after or _PATIENCE) if wants_patience else None
        return _Outcome(intent, hold=patience, silent=error.status is None)


def judge(page: PageForFetch, found: Page, now: datetime) -> PageIntent:
    """What a page that came back is to its article. Pure."""
    barrier = in_the_way(found.title, found.text or found.all_text, free=found.free, password=found.password)
    if barrier is not None:
        return _given_up(page, now, barrier)
    if not found.text:
        return _given_up(page, now, NO_TEXT)
    if not is_same_article(page.title, page.summary, f"{found.title}\n{found.text}"):
        return _given_up(page, now, OTHER)
    # The title is a field of its own: in the text it would be found a second time.
    text = found.text.removeprefix(f"{page.title}\n")
    if not has_more(page.title, page.summary, text):
        return PageIntent(page, now, PageStatus.PLAIN)
    return PageIntent(page, now, PageStatus.READ, text, found.lang, found.published_at)


def fetch_pages(
    pages: Iterable[PageForFetch], hosts: Iterable[PageHost], now: Clock, options: PageOptions
) -> Iterator[PageIntent | PageHost]:
    """Fetch pages, ``options.fetch.concurrency`` sites at a time, and yield what each came to as it is there.

    At most ``fetch.pages_per_run``, shared out among the sites. ``hosts`` is what is known of the sites, of which those
    that asked for patience are left out; what is learnt of them is yielded too. Ends after ``fetch.pages_time``
    seconds, or when ``options.stop`` is set or the consumer closes the iterator, without waiting for what is under way:
    pages without an intent simply stay due. ``now`` is called in several threads.
    """
    over = threading.Event()
    done: queue.Queue[PageIntent] = queue.Queue(options.fetch.concurrency)
    ends_at = time.monotonic() + options.fetch.pages_time
    with PageFetcher(hosts, options) as fetcher:
        welcome = [page for page in pages if not fetcher.held(_site_of(page), now())]
        sites = _Sites(share_out(welcome, options.fetch.pages_per_run), options.spacing)
        expected = sites.size

        def work() -> None:
            while not over.is_set() and (taken := sites.take(over)) is not None:
                site, page = taken
                outcome = fetcher.fetch(page, now)
                if outcome.hold is not None:
                    fetcher.keep_away(site.origin, outcome.hold, now())
                # Told before the site is given back, or the last thread might end with this one unseen.
                while not over.is_set():
                    try:
                        done.put(outcome.intent, timeout=_GLANCE)
                        break
                    except queue.Full:
                        continue
                sites.give_back(site, outcome)

        threads = [
            threading.Thread(target=work, name=f"page-{number}", daemon=True)
            for number in range(min(expected, options.fetch.concurrency))
        ]
        try:
            for thread in threads:
                # Daemon threads: a slow server must not keep the program from ending.
                thread.start()
            while not options.stop.is_set() and time.monotonic() < ends_at:
                working = any(thread.is_alive() for thread in threads)
                try:
                    yield done.get(timeout=_GLANCE if working else 0.001)
                except queue.Empty:
                    if not working and done.empty():
                        break
                yield from _drain(fetcher.learnt)
            yield from _drain(fetcher.learnt)
        finally:
            over.set()


def share_out(pages: Iterable[PageForFetch], limit: int) -> list[PageForFetch]:
    """At most so many of the pages, one of each site in turn, in their order: one busy site is not to take them all."""
    by_site: dict[str, deque[PageForFetch]] = {}
    for page in pages:
        by_site.setdefault(_site_of(page), deque()).append(page)
    chosen: list[PageForFetch] = []
    while by_site and len(chosen) < limit:
        for site in list(by_site)[: limit - len(chosen)]:
            chosen.append(by_site[site].popleft())
            if not by_site[site]:
                del by_site[site]
    return chosen


def _drain(learnt: queue.SimpleQueue[PageHost]) -> Iterator[PageHost]:
    while True:
        try:
            yield learnt.get_nowait()
        except queue.Empty:
            return


@dataclass(slots=True)
class _Site:
    """The pages of one site that are still to be fetched."""

    origin: str
    pages: deque[PageForFetch]
    #: When it may be asked again, as a value of ``time.monotonic()``.
    ready_at: float = 0.0
    busy: bool = False
    silences: int = 0


class _Sites:
    """The queue of pages by site: each site is with one thread at a time. Safe in threads."""

    def __init__(self, pages: Iterable[PageForFetch], spacing: float) -> None:
        self._spacing = spacing
        self._sites: dict[str, _Site] = {}
        for page in pages:
            origin = _site_of(page)
            self._sites.setdefault(origin, _Site(origin, deque())).pages.append(page)
        self.size = sum(len(site.pages) for site in self._sites.values())
        self._changed = threading.Condition()

    def take(self, over: threading.Event) -> tuple[_Site, PageForFetch] | None:
        """The next page of the site that has waited longest; None when there are no more, or when it is over."""
        with self._changed:
            while not over.is_set():
                idle = [site for site in self._sites.values() if not site.busy]
                if not idle:
                    # All that is left is with other threads, which go on with it by themselves.
                    return None
                site = min(idle, key=lambda each: each.ready_at)
                wait = site.ready_at - time.monotonic()
                if wait <= 0:
                    site.busy = True
                    return site, site.pages.popleft()
                self._changed.wait(min(wait, _GLANCE))
        return None

    def give_back(self, site: _Site, outcome: _Outcome) -> None:
        """The page is done: the site may be asked again after its pause, if it has more and is worth it."""
        with self._changed:
            site.busy = False
            site.silences = site.silences + 1 if outcome.silent else 0
            if not site.pages or outcome.hold is not None or site.silences >= _SILENT:
                del self._sites[site.origin]
            local = urlsplit(site.origin).hostname in LOOPBACK
            site.ready_at = time.monotonic() + max(0.0 if local else self._spacing, outcome.pause)
            self._changed.notify()


def _site_of(page: PageForFetch) -> str:
    return origin_of(page.url) or page.url


def _given_up(page: PageForFetch, now: datetime, reason: str) -> PageIntent:
    return PageIntent(page, now, PageStatus.FAILED, reason=reason)


def _failed(page: PageForFetch, now: datetime, reason: str, retry_after: float | None) -> PageIntent:
    again = next_try(now, page.tries + 1, retry_after)
    status = PageStatus.FAILED if again is None else PageStatus.WAITING
    return PageIntent(page, now, status, reason=reason, next_at=again)


def _refused(page: PageForFetch, now: datetime, verdict: Verdict) -> PageIntent:
    reason = verdict.refusal or ""
    return _failed(page, now, reason, None) if verdict.passing else _given_up(page, now, reason)
