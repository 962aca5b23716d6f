"""The whole flow on one page.

    authority file -> Entity      feed -> Article      Article x Entities -> Mention -> Alert -> Delivery

    sync_lists | look_back | poll_feeds | scan_articles | fetch_pages | scan_articles | tell_operator | route_alerts |
    deliver | purge_old

While feeds and pages are fetched, what has come is screened, and told if the rest keeps one waiting: see `meanwhile`.

Each step takes up what the one before stored, one unit of work to a transaction, so a run that is killed anywhere is
taken up by the next where it stopped. One bad list, feed, article or channel is noted and never stops the rest. What
each step does stands in `steps`; here is their order.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from watchlist.errors import StorageError
from watchlist.model import Feed
from watchlist.steps.deliver import deliver
from watchlist.steps.health.one_cause import tell_once
from watchlist.steps.health.standing import tell_operator
from watchlist.steps.meanwhile import Meanwhile
from watchlist.steps.pages import fetch_pages
from watchlist.steps.parts import Parts, RunReport
from watchlist.steps.poll import poll_feeds
from watchlist.steps.purge import purge_old
from watchlist.steps.route import route_alerts
from watchlist.steps.scan import Scanner, look_back, retry_articles, scan_articles
from watchlist.steps.sync import sync_lists


def run(parts: Parts, may_poll: Callable[[Feed, datetime], bool]) -> RunReport:
    """Do everything that is due, once, and keep a record of it.

    ``may_poll`` says which feeds are to be asked now. StorageError is raised: without its database the run is over, and
    that is told by the next one.
    """
    report = RunReport()
    run_id = parts.store.start_run(parts.clock())
    try:
        _do_all(parts, report, may_poll)
        tell_once(report)
        parts.store.finish_run(run_id, report.counts, report.errors, parts.clock())
    except StorageError as error:
        # Where it is full for good, this fails as well.
        with suppress(StorageError):
            parts.store.break_off(run_id, str(error))
        raise
    return report


def _do_all(parts: Parts, report: RunReport, may_poll: Callable[[Feed, datetime], bool]) -> None:
    sync_lists(parts, report)
    look_back(parts, report)
    scanner = Scanner(parts, report)

    def screen() -> None:
        scan_articles(parts, report, scanner)

    def tell() -> None:
        route_alerts(parts)
        deliver(parts, report)

    meanwhile = Meanwhile(screen, tell)
    poll_feeds(parts, report, may_poll, meanwhile)
    screen()
    # What the feeds themselves say was screened first: pages only ever add to it, and may be slow.
    fetch_pages(parts, report, meanwhile)
    screen()
    retry_articles(parts, report, scanner)
    tell_operator(parts)
    tell()
    purge_old(parts, report)
