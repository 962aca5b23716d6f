"""The whole flow on one page.

    authority file -> Entity      feed -> Article      Article x Entities -> Mention -> Alert -> Delivery

    sync_lists | look_back | poll_feeds | scan_articles | fetch_pages | scan_articles | tell_operator | route_alerts |
    deliver | purge_old

Where several workers share the database, each does what its roles say; feeds and articles are claimed, and what stands
in a `duty` is done by one of them at a time.

While feeds and pages are fetched, what has come is screened, and told if the rest keeps one waiting: see `meanwhile`.
While lists are fetched, and articles looked back at, rounds from poll_feeds on to deliver go on beside.

Each step takes up what the one before stored, one unit of work to a transaction, so a run that is killed anywhere is
taken up by the next where it stopped. One bad list, feed, article or channel is noted and never stops the rest. What
each step does stands in `steps`; here is their order.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from watchlist.errors import StorageError
from watchlist.feeds.schedule import is_due
from watchlist.log import belong
from watchlist.model import Duty, Feed, WorkerRole
from watchlist.steps.clock import NO_JUMP, Jump
from watchlist.steps.deliver import deliver
from watchlist.steps.fill import fill_search
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

#: Seconds that lists and look-backs have for themselves before feeds are polled beside them, and between such rounds.
PATIENCE, BETWEEN = 5.0, 20.0


def run(
    parts: Parts,
    may_poll: Callable[[Feed, datetime], bool],
    cut_short: Callable[[], str | None] = lambda: None,
    jump: Jump = NO_JUMP,
) -> RunReport:
    """Do everything that is due, once, and keep a record of it.

    ``may_poll`` says which feeds are to be asked now, ``cut_short`` in the end why not all was done, ``jump`` what
    became of the clock since the last one. StorageError is raised: without its database the run is over, and that is
    told by the next one.
    """
    report = RunReport()
    parts.store.mend_times(parts.clock())
    run_id = parts.store.start_run(parts.clock())
    belong(run=run_id)
    if jumped := jump.counts():
        report.counts.update(jumped)
        parts.store.note_counts(run_id, jumped)
    try:
        _do_all(parts, report, may_poll)
        tell_once(report)
        if (why := cut_short()) is not None:
            report.errors.append(why)
        parts.store.finish_run(run_id, report.counts, report.errors, parts.clock())
    except StorageError as error:
        # Where it is full for good, this fails as well.
        with suppress(StorageError):
            parts.store.break_off(run_id, str(error))
        raise
    return report


def _do_all(parts: Parts, report: RunReport, may_poll: Callable[[Feed, datetime], bool]) -> None:
    rounds = _Rounds(parts, report, may_poll)
    if WorkerRole.SCREEN in parts.roles:
        with parts.store.duty(Duty.LISTS, parts.clock()) as mine:
            if mine:
                sync_lists(parts, report, rounds.look)
                look_back(parts, report, rounds.look)
    rounds.go()
    rounds.care()
    rounds.tell()
    with parts.store.duty(Duty.CARE, parts.clock()) as mine:
        if mine:
            fill_search(parts, report)
            purge_old(parts, report)


class _Rounds:
    """Rounds of what must never wait long: feeds are polled, articles screened, messages sent.

    A run has one; while lists are slow to come, or many articles are looked back at, it has more.
    """

    def __init__(self, parts: Parts, report: RunReport, may_poll: Callable[[Feed, datetime], bool]) -> None:
        self._parts, self._report, self._may_poll = parts, report, may_poll
        self._scanner = Scanner(parts, report)
        self._next_at = time.monotonic() + PATIENCE

    def look(self) -> None:
        """Do a round if it is time for one; to be called again and again."""
        if time.monotonic() >= self._next_at and not self._parts.stop.is_set():
            # In a new database there is nothing to look for until a list has come.
            if any(each.enabled and each.entity_count for each in self._parts.store.watched_lists()):
                self.go()
                self.care()
                self.tell()
            self._next_at = time.monotonic() + BETWEEN

    def go(self) -> None:
        """Poll, screen and send."""
        parts, roles = self._parts, self._parts.roles
        meanwhile = Meanwhile(self._screen, self.tell)
        if WorkerRole.POLL in roles:
            poll_feeds(parts, self._report, self._may_poll, meanwhile)
            # Whoever started the run has had all feeds asked; from here on each is asked when it is due.
            self._may_poll = is_due
        self._screen()
        if WorkerRole.POLL in roles:
            with parts.store.duty(Duty.PAGES, parts.clock()) as mine:
                if mine:
                    # What the feeds themselves say was screened first: pages only ever add to it, and may be slow.
                    fetch_pages(parts, self._report, meanwhile)
            self._screen()
        if WorkerRole.SCREEN in roles:
            retry_articles(parts, self._report, self._scanner)
        self.tell()

    def care(self) -> None:
        """Find what is wrong, and have the operator told."""
        with self._parts.store.duty(Duty.CARE, self._parts.clock()) as mine:
            if mine:
                tell_operator(self._parts)

    def tell(self) -> None:
        """Decide where alerts go, and send what is due."""
        if WorkerRole.DELIVER in self._parts.roles:
            with self._parts.store.duty(Duty.ROUTES, self._parts.clock()) as mine:
                if mine:
                    route_alerts(self._parts)
            deliver(self._parts, self._report)

    def _screen(self) -> None:
        if WorkerRole.SCREEN in self._parts.roles:
            scan_articles(self._parts, self._report, self._scanner)
