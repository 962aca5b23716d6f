"""The whole flow on one page.

    authority file -> Entity      feed -> Article      Article x Entities -> Mention -> Alert -> Delivery

    sync_lists | look_back | poll_feeds | scan_articles | fetch_pages | scan_articles | tell_operator | deliver

Each step takes up what the one before stored, one unit of work to a transaction, so a run that is killed anywhere is
taken up by the next where it stopped. One bad list, feed, article or channel is noted and never stops the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from watchlist.config import Config
from watchlist.delivery.outbox import deliver_due
from watchlist.errors import ListError, StorageError
from watchlist.feeds.pages.fetch import fetch_pages as fetch_all
from watchlist.feeds.pages.fetcher import PageOptions
from watchlist.feeds.pages.robots import origin_of
from watchlist.feeds.poll import PollOptions, poll_all
from watchlist.log import Log
from watchlist.model import (
    Article,
    Feed,
    FeedFetchIntent,
    FeedForFetch,
    FullText,
    PageHost,
    PageIntent,
    PageRecord,
    PageStatus,
)
from watchlist.news.full_text import RECENT, choose_pages
from watchlist.steps.faults import feed_faults, list_faults
from watchlist.steps.parts import Parts, RunReport
from watchlist.steps.scan import Scanner
from watchlist.steps.sync import SyncOptions, is_due, sync_list

_log = Log(__name__)

#: So many times the pages of a run are looked at for which to fetch.
_CHOICE = 10
#: Articles read from the queue at a time.
_BATCH = 100


def run(parts: Parts, may_poll: Callable[[Feed, datetime], bool]) -> RunReport:
    """Do everything that is due, once, and keep a record of it.

    ``may_poll`` says which feeds are to be asked now. StorageError is raised: without its database the run is over.
    """
    report = RunReport()
    run_id = parts.store.start_run(parts.clock())
    sync_lists(parts, report)
    look_back(parts, report)
    poll_feeds(parts, report, may_poll)
    scan_articles(parts, report)
    # What the feeds themselves say was screened first: pages only ever add to it, and may be slow.
    fetch_pages(parts, report)
    scan_articles(parts, report)
    tell_operator(parts)
    deliver(parts, report)
    parts.store.finish_run(run_id, report.counts, report.errors, parts.clock())
    return report


def sync_lists(parts: Parts, report: RunReport) -> None:
    """AUTHORITY FILE -> ENTITY, for the lists that are due."""
    interval = timedelta(seconds=parts.config.schedule.lists)
    options = SyncOptions.scheduled(parts.config, parts.transports, parts.index_dir)
    for watched in parts.store.watched_lists():
        if parts.stop.is_set() or not is_due(watched, interval, parts.clock()):
            continue
        report.counts["lists_synced"] += 1
        try:
            change = sync_list(parts.store, watched.id, options, parts.clock())
        except ListError as error:
            report.errors.append(f"list {error}")
        except Exception as error:
            # Also a fault of this program, or a value the database refuses. A database that is away says so here again.
            _log.exception("list could not be synced", list=watched.id)
            message = f"internal error, please report it: {type(error).__name__}: {error}"
            parts.store.record_list_error(watched.id, message, parts.clock())
            report.errors.append(f"list {watched.id}: {message}")
        else:
            report.counts["lists_changed"] += change is not None


def poll_feeds(parts: Parts, report: RunReport, may_poll: Callable[[Feed, datetime], bool]) -> None:
    """FEED -> ARTICLE, for the feeds that may be asked now."""
    now = parts.clock()
    chosen = {each.id: each for each in parts.store.watched_feeds() if each.enabled and may_poll(each, now)}
    options = PollOptions(fetch=parts.config.fetch, schedule=parts.config.schedule, stop=parts.stop)
    asked = [FeedForFetch.of(feed) for feed in chosen.values()]
    records = parts.store.page_records(now - RECENT)
    for intent in poll_all(asked, parts.clock, options):
        report.counts["feeds_polled"] += 1
        keep_poll(parts, chosen[intent.feed_id], intent, report, records.get(intent.feed_id))


def keep_poll(
    parts: Parts, feed: Feed, intent: FeedFetchIntent, report: RunReport, record: PageRecord | None = None
) -> None:
    """Store what a poll of a feed brought, and have the pages of its articles fetched where they are wanted."""
    pages = _pages(parts.config, feed, intent, record or PageRecord())
    intent = _record(parts, replace(intent, pages=pages), report)
    if intent.error is not None:
        report.errors.append(f"feed {feed.url}: {intent.error}")


def _pages(config: Config, feed: Feed, intent: FeedFetchIntent, record: PageRecord) -> frozenset[str]:
    """The articles of a poll whose pages are wanted."""
    setting = config.fetch.full_text if feed.full_text is FullText.AUTO else feed.full_text
    first = feed.last_success_at is None
    oldest = intent.checked_at - timedelta(seconds=config.alerts.fresh) if first else None
    return choose_pages(intent.articles, setting, record, intent.checked_at, oldest=oldest)


def _record(parts: Parts, intent: FeedFetchIntent, report: RunReport) -> FeedFetchIntent:
    try:
        report.counts["articles_new"] += parts.store.record_fetch(intent)
    except StorageError as error:
        # One value that the database refuses must not stop every run. A database that is away says so here again.
        intent = replace(intent, articles=(), title=None, error=f"cannot be stored: {error}")
        parts.store.record_fetch(intent)
    return intent


def scan_articles(parts: Parts, report: RunReport) -> None:
    """ARTICLE x ENTITIES -> MENTION -> ALERT, for every article whose words have not been screened."""
    scanner = Scanner(parts, report)
    before: tuple[Article, ...] = ()
    while (batch := parts.store.unscanned_articles(_BATCH)) and not parts.stop.is_set():
        if batch == before:
            # Lists and articles may change between two looks, but not for ever: what stays so now is for the next run.
            report.errors.append(f"{len(batch)} articles are still waiting: they or the lists changed all the while")
            return
        for article in batch:
            if parts.stop.is_set():
                return
            scanner.scan(article)
        before = batch


def fetch_pages(parts: Parts, report: RunReport) -> None:
    """PAGE -> ARTICLE, for articles of which the feed has a summary only; those with new words wait to be screened.

    A page that is not to be had is no error of the run: the summary was screened, and the reason stays with the
    article.
    """
    fetch = parts.config.fetch
    # More than will be fetched: those of sites that are to be left alone must not take the place of others.
    due = parts.store.due_pages(parts.clock(), _CHOICE * fetch.pages_per_run) if fetch.pages_per_run else ()
    if not due or parts.stop.is_set():
        return
    hosts = parts.store.page_hosts(origin for page in due if (origin := origin_of(page.url)) is not None)
    for found in fetch_all(due, hosts, parts.clock, PageOptions(fetch=fetch, stop=parts.stop)):
        if isinstance(found, PageHost):
            parts.store.record_page_host(found)
            continue
        report.counts["pages_fetched"] += 1
        report.counts["pages_used"] += _record_page(parts, found)


def _record_page(parts: Parts, intent: PageIntent) -> bool:
    try:
        return parts.store.record_page(intent)
    except StorageError as error:
        # As with a feed: one value that the database refuses must not stop every run.
        reason = f"cannot be stored: {error}"
        return parts.store.record_page(PageIntent(intent.page, intent.at, PageStatus.FAILED, reason=reason))


def look_back(parts: Parts, report: RunReport) -> None:
    """STORED ARTICLE x NEW ENTITIES -> MENTION -> ALERT, for what was put on a list since the article was screened."""
    scanner = Scanner(parts, report)
    while (back := parts.store.unfinished_look_back()) is not None:
        for _ in scanner.look_back(back):
            if parts.stop.is_set():
                return


def tell_operator(parts: Parts) -> None:
    """STORED STATE -> NOTICE, for faults that last, and for those that are over."""
    if not parts.config.alerts.faults:
        return
    now, max_age = parts.clock(), timedelta(seconds=parts.config.schedule.list_max_age)
    faults = (*list_faults(parts.store.watched_lists(), max_age, now), *feed_faults(parts.store.watched_feeds(), now))
    parts.store.record_faults((fault for fault in faults if fault.lasting), tuple(parts.transports), now)


def deliver(parts: Parts, report: RunReport) -> None:
    """ALERT -> DELIVERY, for everything in the outbox that is due."""
    sent = deliver_due(parts.store, parts.transports, parts.clock, parts.stop.is_set)
    report.counts["deliveries_sent"] += sent.sent
    report.counts["deliveries_failed"] += sent.failed + sent.gave_up
    report.errors.extend(f"delivery {error}" for error in (*sent.errors, *sent.remarks))
