"""The whole flow on one page.

    authority file -> Entity      feed -> Article      Article x Entities -> Mention -> Alert -> Delivery

    sync_lists | poll_feeds | scan_articles | deliver

Each step takes up what the one before stored, one unit of work to a transaction, so a run that is killed anywhere is
taken up by the next where it stopped. One bad list, feed, article or channel is noted and never stops the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from watchlist.alerts.decide import new_alerts, story_of
from watchlist.delivery.outbox import deliver_due
from watchlist.errors import ListError
from watchlist.feeds.poll import PollOptions, poll_all
from watchlist.index_cache import load_index
from watchlist.matching.engine import Engine
from watchlist.model import Alert, Article, Feed, FeedForFetch
from watchlist.parts import Parts
from watchlist.storage.mentions import Scan
from watchlist.sync import SyncOptions, is_due, sync_list

_log = structlog.get_logger(__name__)

#: Articles read from the queue at a time.
_BATCH = 100


@dataclass(slots=True)
class RunReport:
    """What a run did."""

    counts: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)


def run(parts: Parts, may_poll: Callable[[Feed, datetime], bool]) -> RunReport:
    """Do everything that is due, once, and keep a record of it.

    ``may_poll`` says which feeds are to be asked now. StorageError is raised: without its database the run is over.
    """
    report = RunReport()
    run_id = parts.store.start_run(parts.clock())
    sync_lists(parts, report)
    poll_feeds(parts, report, may_poll)
    scan_articles(parts, report)
    deliver(parts, report)
    parts.store.finish_run(run_id, report.counts, report.errors, parts.clock())
    return report


def sync_lists(parts: Parts, report: RunReport) -> None:
    """AUTHORITY FILE -> ENTITY, for the lists that are due."""
    interval = timedelta(seconds=parts.config.schedule.lists)
    for watched in parts.store.watched_lists():
        if parts.stop.is_set() or not is_due(watched, interval, parts.clock()):
            continue
        report.counts["lists_synced"] += 1
        try:
            change = sync_list(parts.store, watched.id, SyncOptions(parts.config.fetch), parts.clock())
        except ListError as error:
            report.errors.append(f"list {error}")
        else:
            report.counts["lists_changed"] += change is not None


def poll_feeds(parts: Parts, report: RunReport, may_poll: Callable[[Feed, datetime], bool]) -> None:
    """FEED -> ARTICLE, for the feeds that may be asked now."""
    now = parts.clock()
    chosen = {each.id: each for each in parts.store.watched_feeds() if each.enabled and may_poll(each, now)}
    options = PollOptions(fetch=parts.config.fetch, schedule=parts.config.schedule, stop=parts.stop)
    asked = [FeedForFetch(f.id, f.url, f.etag, f.last_modified, f.failures) for f in chosen.values()]
    for intent in poll_all(asked, parts.clock, options):
        report.counts["feeds_polled"] += 1
        report.counts["articles_new"] += parts.store.record_fetch(intent)
        if intent.error is not None:
            report.errors.append(f"feed {chosen[intent.feed_id].url}: {intent.error}")


def scan_articles(parts: Parts, report: RunReport) -> None:
    """ARTICLE x ENTITIES -> MENTION -> ALERT, for every article whose words have not been screened."""
    engine: Engine | None = None
    while (batch := parts.store.unscanned_articles(_BATCH)) and not parts.stop.is_set():
        # Loaded only when there is something to screen: most runs of a cron job find nothing new.
        engine = engine or Engine(load_index(parts.store, parts.index_dir), parts.config.matching)
        for article in batch:
            if parts.stop.is_set():
                return
            _scan(parts, engine, article, report)


def _scan(parts: Parts, engine: Engine, article: Article, report: RunReport) -> None:
    try:
        mentions = engine.screen(article)
    except Exception as error:
        # Also a fault of the engine's own: the article is set aside with its error, the others go on.
        _log.exception("article could not be screened", article=article.id)
        parts.store.record_scan_error(article, f"{type(error).__name__}: {error}", parts.clock())
        report.errors.append(f"article {article.url or article.id}: {type(error).__name__}: {error}")
        return
    scan = Scan(
        article=article,
        mentions=mentions,
        story_id=story_of(article),
        decide=new_alerts,
        channels=tuple(parts.transports),
        max_per_message=parts.config.alerts.max_per_message,
    )
    opened = parts.store.record_scan(scan, parts.clock())
    if opened is None:
        return
    report.counts["articles_scanned"] += 1
    report.counts["mentions"] += len(mentions)
    report.counts["alerts"] += len(opened)
    report.alerts.extend(opened)


def deliver(parts: Parts, report: RunReport) -> None:
    """ALERT -> DELIVERY, for everything in the outbox that is due."""
    sent = deliver_due(parts.store, parts.transports, parts.clock, parts.stop.is_set)
    report.counts["deliveries_sent"] += sent.sent
    report.counts["deliveries_failed"] += sent.failed + sent.gave_up
    report.errors.extend(f"delivery {error}" for error in (*sent.errors, *sent.remarks))
