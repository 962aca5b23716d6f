"""FEED -> ARTICLE: the feeds that may be asked now, each with what it brought and the pages that are wanted of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from watchlist.config import Config
from watchlist.errors import DatabaseAwayError, StorageError
from watchlist.feeds.pages.installed import can_read_pages
from watchlist.feeds.poll import PollOptions, poll_all
from watchlist.feeds.schedule import is_due
from watchlist.feeds.share import is_left, share_of
from watchlist.http.pace import host_of
from watchlist.log import Log, hide
from watchlist.model import Feed, FeedFetchIntent, FeedForFetch, FullText, PageRecord, WorkerRole
from watchlist.news.full_text import RECENT, choose_pages
from watchlist.ports import PollStore
from watchlist.steps.health.one_cause import note_answer
from watchlist.steps.meanwhile import NOTHING_ELSE, Meanwhile
from watchlist.steps.parts import Parts, RunReport
from watchlist.text.masked import masked, secrets_in, without_logins

_log = Log(__name__)

#: Seconds between the tries to store what was found while the database was away, beyond what each try itself waits.
_WAITS = (1.0, 4.0, 10.0)
#: What so many polls found is kept at most.
_MOST_KEPT = 500


def poll_feeds(
    parts: Parts,
    report: RunReport,
    may_poll: Callable[[Feed, datetime], bool],
    meanwhile: Meanwhile = NOTHING_ELSE,
) -> None:
    """FEED -> ARTICLE, for the feeds that may be asked now; what has come is looked after while others are slow."""
    store: PollStore = parts.store
    store_kept(parts, report)
    chosen = _choose(parts, may_poll, parts.clock())
    options = PollOptions(
        fetch=parts.config.fetch,
        schedule=parts.config.schedule,
        keep=parts.config.keeps_evidence,
        stop=parts.stop,
    )
    asked = [FeedForFetch.of(feed) for feed in chosen.values()]
    hide(secret for feed in asked for secret in secrets_in(feed.url))
    records = store.page_records(parts.clock() - RECENT) if asked else {}

    def look() -> None:
        # While the database is away nothing can be screened or told.
        if not parts.unstored:
            meanwhile.look()

    left = set(chosen)
    try:
        for intent in poll_all(asked, parts.clock, options, look):
            before = report.counts["articles_new"]
            report.counts["feeds_polled"] += 1
            left.discard(intent.feed_id)
            keep_poll(parts, chosen[intent.feed_id], intent, report, records.get(intent.feed_id))
            if report.counts["articles_new"] > before:
                meanwhile.something_came()
            look()
    finally:
        with suppress(StorageError):
            parts.store.release_feeds(left)
    # Whoever holds it may let it go in a moment. Else the run is over, and the next has it still.
    for wait in _WAITS:
        if not parts.unstored or parts.stop.wait(wait):
            break
        with suppress(DatabaseAwayError):
            store_kept(parts, report)
    if parts.unstored:
        store_kept(parts, report)


def _choose(parts: Parts, may_poll: Callable[[Feed, datetime], bool], now: datetime) -> dict[int, Feed]:
    """The feeds that this worker asks now: those that may be asked, of its share, and that nobody else has in hand."""
    store: PollStore = parts.store
    place = store.place(WorkerRole.POLL)
    enabled = [each for each in store.feeds_as_set() if each.enabled]
    if place.workers == 1:
        chosen = {each.id: each for each in enabled if may_poll(each, now)}
    else:
        # What is not due was asked by another a moment ago. What is left too long is anybody's.
        share, patience = share_of(enabled, place), timedelta(seconds=parts.config.worker.lease)
        chosen = {
            each.id: each
            for each in enabled
            if is_due(each, now) and (each.id in share or is_left(each, now, patience))
        }
    mine = store.claim_feeds({each.id: each.last_checked_at for each in chosen.values()}, now)
    return {id: feed for id, feed in chosen.items() if id in mine}


def store_kept(parts: Parts, report: RunReport) -> None:
    """Store what polls found while the database was away; raises DatabaseAwayError where it still is, and keeps it."""
    while parts.unstored:
        _store(parts.store, parts.unstored[0], report)
        del parts.unstored[0]


def keep_poll(
    parts: Parts, feed: Feed, intent: FeedFetchIntent, report: RunReport, record: PageRecord | None = None
) -> None:
    """Store what a poll of a feed brought, and have the pages of its articles fetched where they are wanted."""
    pages = _pages(parts.config, feed, intent, record or PageRecord())
    if intent.error is not None:
        # A server may repeat what its address holds.
        intent = replace(intent, error=masked(without_logins(intent.error), secrets_in(feed.url)))
    intent = _record(parts, replace(intent, pages=pages), report)
    line = f"feed {without_logins(feed.url)}: {intent.error}"
    if intent.error is not None:
        report.errors.append(line)
        report.counts["feeds_failed"] += 1
    note_answer(report, host_of(feed.moved_to if feed.adopted and feed.moved_to else feed.url), intent.error, line)


def _pages(config: Config, feed: Feed, intent: FeedFetchIntent, record: PageRecord) -> frozenset[str]:
    """The articles of a poll whose pages are wanted."""
    if not can_read_pages():
        return frozenset()
    setting = config.fetch.full_text if feed.full_text is FullText.AUTO else feed.full_text
    first = feed.last_success_at is None
    oldest = intent.checked_at - timedelta(seconds=config.alerts.fresh) if first else None
    return choose_pages(intent.articles, setting, record, intent.checked_at, oldest=oldest)


def _record(parts: Parts, intent: FeedFetchIntent, report: RunReport) -> FeedFetchIntent:
    if parts.unstored:
        # It was away for the one before: each would wait for it as long, and the server of none is to blame.
        return _keep(parts, intent)
    try:
        return _store(parts.store, intent, report)
    except DatabaseAwayError as error:
        _log.warning("what a feed brought is kept until the database answers", feed=intent.feed_id, error=str(error))
        return _keep(parts, intent)


def _keep(parts: Parts, intent: FeedFetchIntent) -> FeedFetchIntent:
    parts.unstored.append(intent)
    # The feeds of those that are too many are still due.
    del parts.unstored[:-_MOST_KEPT]
    return intent


def _store(store: PollStore, intent: FeedFetchIntent, report: RunReport) -> FeedFetchIntent:
    try:
        report.counts["articles_new"] += store.record_fetch(intent)
    except DatabaseAwayError:
        raise
    except StorageError as error:
        # One value that the database refuses must not stop every run.
        intent = replace(intent, articles=(), captures={}, title=None, error=f"cannot be stored: {error}")
        store.record_fetch(intent)
    return intent
