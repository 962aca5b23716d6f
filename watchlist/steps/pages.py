"""PAGE -> ARTICLE: the pages of articles of which the feed has a summary only."""

from __future__ import annotations

from watchlist.errors import DatabaseAwayError, StorageError
from watchlist.feeds.pages.fetch import fetch_pages as fetch_all
from watchlist.feeds.pages.installed import can_read_pages
from watchlist.feeds.pages.one_page import PageOptions
from watchlist.feeds.pages.robots import origin_of
from watchlist.model import PageHost, PageIntent, PageStatus
from watchlist.ports import PageStore
from watchlist.steps.meanwhile import Meanwhile
from watchlist.steps.parts import Parts, RunReport

#: So many times the pages of a run are looked at for which to fetch.
_CHOICE = 10


def fetch_pages(parts: Parts, report: RunReport, meanwhile: Meanwhile) -> None:
    """PAGE -> ARTICLE, for articles of which the feed has a summary only; those with new words wait to be screened.

    A page that is not to be had is no error of the run: the summary was screened, and the reason stays with the
    article.
    """
    if not can_read_pages():
        # What waits since it was installed waits until it is again.
        return
    fetch, store = parts.config.fetch, parts.store
    # More than will be fetched: those of sites that are to be left alone must not take the place of others.
    due = store.due_pages(parts.clock(), _CHOICE * fetch.pages_per_run) if fetch.pages_per_run else ()
    if not due or parts.stop.is_set():
        return
    hosts = store.page_hosts(origin for page in due if (origin := origin_of(page.url)) is not None)
    options = PageOptions(fetch=fetch, keep=parts.config.keeps_evidence, stop=parts.stop)
    for found in fetch_all(due, hosts, parts.clock, options, meanwhile.look):
        if isinstance(found, PageHost):
            store.record_page_host(found)
            continue
        report.counts["pages_fetched"] += 1
        if _record_page(store, found):
            report.counts["pages_used"] += 1
            meanwhile.something_came()
        meanwhile.look()


def _record_page(store: PageStore, intent: PageIntent) -> bool:
    try:
        return store.record_page(intent)
    except DatabaseAwayError:
        # Of no page's making: it waits, as it did before.
        raise
    except StorageError as error:
        # As with a feed: one value that the database refuses must not stop every run.
        reason = f"cannot be stored: {error}"
        return store.record_page(PageIntent(intent.page, intent.at, PageStatus.FAILED, reason=reason))
