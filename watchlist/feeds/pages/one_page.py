"""PageForFetch | robots.txt | get | read | is it the article? | PageOutcome, for one page."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Self

from watchlist.config import FetchConfig
from watchlist.errors import ExtractionError
from watchlist.feeds.captures import page_capture
from watchlist.feeds.fetch import GOOD, client_for
from watchlist.feeds.pages.barriers import on_the_way
from watchlist.feeds.pages.outcome import PageOutcome, failed, given_up, judge, refused
from watchlist.feeds.pages.page import read_page
from watchlist.feeds.pages.robots import Verdict
from watchlist.feeds.pages.sites import Sites
from watchlist.feeds.reading.document import Source
from watchlist.feeds.sandbox.sandbox import Sandbox
from watchlist.http.exchange import Answer
from watchlist.http.failures import HttpError
from watchlist.http.get import Wanted, get
from watchlist.http.inflate import Packed
from watchlist.http.limits import Limits
from watchlist.log import Log
from watchlist.model import Capture, PageForFetch, PageHost, PageStatus
from watchlist.ports import Clock

_log = Log(__name__)

ACCEPT = "text/html, application/xhtml+xml, */*;q=0.1"

#: Processes that read pages.
_READERS = 2

#: What a page comes to that is the article's own.
_THE_ARTICLES = (PageStatus.READ, PageStatus.PLAIN)


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
    #: Whether the bytes of pages are kept as evidence.
    keep: bool = False


class _RefusedError(Exception):
    """A redirect leads to where robots.txt does not allow to go."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        super().__init__(verdict.refusal)


class PageFetcher:
    """What fetching pages shares: a client, the processes that read, and what is known of sites. Safe in threads."""

    def __init__(self, hosts: Iterable[PageHost], options: PageOptions) -> None:
        self._options = options
        self._client = client_for(options.fetch)
        self._sandbox = Sandbox(min(_READERS, options.fetch.concurrency))
        self._closed = threading.Event()
        self.sites = Sites(hosts, options.fetch, self._client, self._sandbox)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._closed.set()
        self._sandbox.close()
        self._client.close()

    def fetch(self, page: PageForFetch, now: Clock) -> PageOutcome:
        """Fetch one page. Never raises for what the page or its server does: that is in the intent's ``reason``."""
        try:
            return self._try(page, now)
        except HttpError as error:
            return failed(page, now(), error)
        except _RefusedError as error:
            return PageOutcome(refused(page, now(), error.verdict), silent=error.verdict.passing)
        except ExtractionError as error:
            return PageOutcome(given_up(page, now(), error.reason))
        except Exception as error:
            if self._closed.is_set():
                # What was under way when the run ended; nobody waits for it.
                return PageOutcome(given_up(page, now(), "stopped"))
            # A fault of this program must not stop the other pages either; its words say that it is one.
            _log.exception("page could not be fetched", page=page.url, feed=page.feed_id)
            reason = f"internal error, please report it: {type(error).__name__}: {error}"
            return PageOutcome(given_up(page, now(), reason))

    def _try(self, page: PageForFetch, now: Clock) -> PageOutcome:
        verdict = self.sites.may_fetch(page.url, page, now())
        if verdict.refusal is not None:
            return PageOutcome(refused(page, now(), verdict))

        def before_hop(url: str) -> None:
            if barrier := on_the_way(page.url, url):
                raise ExtractionError(page.url, barrier)
            further = self.sites.may_fetch(url, page, now())
            if further.refusal is not None:
                raise _RefusedError(further)

        fetch = self._options.fetch
        wanted = Wanted(page.url, accept=ACCEPT, meant=page.feed_url, good=GOOD)
        limits = Limits.starting_now(fetch.deadline, fetch.page_max_bytes)
        with get(self._client, wanted, limits, now=now(), before_hop=before_hop) as answer:
            source = Source(answer.url, answer.header("content-type"), now())
            body, capture = self._read(answer, source)
        found = read_page(body, source, self._sandbox, self._options.read_deadline)
        intent = judge(page, found, now(), reads_paywalled=fetch.paywalled == "read")
        if intent.status in _THE_ARTICLES:
            intent = replace(intent, capture=capture)
        return PageOutcome(intent, pause=verdict.delay)

    def _read(self, answer: Answer, source: Source) -> tuple[Packed, Capture | None]:
        body = answer.packed()
        if not self._options.keep:
            return body, None
        return body, page_capture(source.url, source.content_type, answer.head, body.data, source.now)
