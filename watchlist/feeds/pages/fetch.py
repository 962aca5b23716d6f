"""The runner for the pages of articles: fetches them and says what to store.

Sites are asked side by side, each by one thread at a time and with a pause between two requests, so that a slow site
holds up nobody else's pages. Nothing is decided here: `robots`, `outcome` and `barriers` decide.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from watchlist.feeds.pages.one_page import PageFetcher, PageOptions
from watchlist.feeds.pages.outcome import PageOutcome
from watchlist.feeds.pages.sites import share_out, site_of
from watchlist.feeds.workers import do_nothing, work_off
from watchlist.http.addresses import is_this_machine
from watchlist.http.pace import HostQueue, Pace, host_of
from watchlist.model import PageForFetch, PageHost, PageIntent
from watchlist.ports import Clock

#: A site that does not answer so many times in a row is left alone for the rest of the run.
_SILENT = 2


def fetch_pages(
    pages: Iterable[PageForFetch],
    hosts: Iterable[PageHost],
    now: Clock,
    options: PageOptions,
    idle: Callable[[], None] = do_nothing,
) -> Iterator[PageIntent | PageHost]:
    """Fetch pages, ``options.fetch.concurrency`` sites at a time, and yield what each came to as it is there.

    At most ``fetch.pages_per_run``, shared out among the sites. ``hosts`` is what is known of the sites, of which those
    that asked for patience are left out; what is learnt of them is yielded too. Ends after ``fetch.pages_time``
    seconds, or when ``options.stop`` is set or the consumer closes the iterator, without waiting for what is under way:
    pages without an intent simply stay due. Where nothing comes for a moment, ``idle`` is called. ``now`` is called in
    several threads.
    """
    ends_at = time.monotonic() + options.fetch.pages_time
    pauses: dict[str, float] = {}
    silences: Counter[str] = Counter()

    def pace(site: str) -> Pace:
        local = is_this_machine(host_of(site))
        return Pace(1, max(0.0 if local else options.spacing, pauses.get(site, 0.0)))

    def work(site: str, page: PageForFetch) -> PageIntent:
        outcome = fetcher.fetch(page, now)
        settle(site, outcome)
        return outcome.intent

    def settle(site: str, outcome: PageOutcome) -> None:
        # Each site is with one thread at a time.
        pauses[site] = outcome.pause
        silences[site] = silences[site] + 1 if outcome.silent else 0
        if outcome.hold is not None:
            fetcher.sites.keep_away(site, outcome.hold, now())
        if outcome.hold is not None or silences[site] >= _SILENT:
            line.drop(site)

    with PageFetcher(hosts, options) as fetcher:
        welcome = [page for page in pages if not fetcher.sites.held(site_of(page), now())]
        wanted = share_out(welcome, options.fetch.pages_per_run)
        line = HostQueue(((site_of(page), page) for page in wanted), pace)
        threads = min(len(wanted), options.fetch.concurrency)
        for intent in work_off(line, work, threads=threads, stop=options.stop, ends_at=ends_at, idle=idle):
            yield intent
            yield from fetcher.sites.learnt()
        yield from fetcher.sites.learnt()
