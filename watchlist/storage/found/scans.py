"""What a scan found, written together with its alerts, their deliveries and the scan mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select, update
from sqlalchemy.engine import Engine

from watchlist.alerts.frequent import FREQUENT, end_of_day
from watchlist.model import UNROUTED, Alert, Dispatch, LoadedFinds, LookBack, Scan
from watchlist.storage.database.rows import Rows
from watchlist.storage.database.search import fill, index_article, index_new_entities, is_fillable
from watchlist.storage.database.tables import alerts, articles, lookbacks, mentions
from watchlist.storage.found.joining import join_or_open
from watchlist.storage.found.judged.held import not_silenced
from watchlist.storage.found.mentions import store_mentions
from watchlist.storage.found.screenings import (
    keep_screened_with,
    key_of,
    record_quiet_screenings,
    record_screening,
)
from watchlist.storage.found.signatures import WordSample, sign_unsigned
from watchlist.storage.listed.lists import read_revisions
from watchlist.storage.news.arrivals import store_articles
from watchlist.storage.queued.enqueue import dispatch, enqueue

#: Made once: they are executed for each article.
_MARK = (
    update(articles)
    .where(articles.c.id == bindparam("article"), articles.c.content_hash == bindparam("words"))
    .values(scanned_at=bindparam("now"), scan_error=None, scan_failures=0, scan_retry_at=None)
)
#: The same for several articles at a stroke, in which nothing was found.
_WORDS = (
    select(articles.c.id, articles.c.content_hash)
    .where(articles.c.id.in_(bindparam("articles", expanding=True)))
    .order_by(articles.c.id)
)
_MARK_ALL = (
    update(articles)
    .where(articles.c.id.in_(bindparam("articles", expanding=True)))
    .values(scanned_at=bindparam("now"), scan_error=None, scan_failures=0, scan_retry_at=None)
)
_REMOVE_ALL = delete(mentions).where(
    mentions.c.article_id.in_(bindparam("articles", expanding=True)),
    mentions.c.id.not_in(
        select(alerts.c.mention_id).where(alerts.c.article_id.in_(bindparam("articles", expanding=True)))
    ),
)
_REMOVE_STALE = delete(mentions).where(
    mentions.c.article_id == bindparam("article"),
    mentions.c.id.not_in(bindparam("found", expanding=True)),
    mentions.c.id.not_in(select(alerts.c.mention_id).where(alerts.c.article_id == bindparam("article"))),
)


class ScanRows(Rows):
    """What scans found."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._words = WordSample()
        self._all_signed = False
        #: What scans were made with that is stored; many follow each other with the same.
        self._kept_with: str | None = None

    def record_scan(self, scan: Scan, now: datetime) -> tuple[Alert, ...] | None:
        """Store mentions, new alerts, their deliveries and the scan mark, all or nothing; return the new alerts.

        None when the article's words or the lists have changed since they were read: the article is still waiting, and
        will come again.
        """
        article = scan.article
        with self._writing() as connection:
            if read_revisions(connection) != scan.revisions:
                return None
            marked = connection.execute(_MARK, {"article": article.id, "words": article.content_hash, "now": now})
            if not marked.rowcount:
                return None
            _remove_stale(connection, scan)
            opened = self._add(connection, scan, now)
            key = self._record(connection, scan, opened, now)
        self._kept_with = key
        return opened

    def record_quiet(self, scans: Sequence[Scan], now: datetime) -> int | None:
        """Store that nothing was found in these articles, made with the same lists, with their scan marks.

        Those whose words have changed are left out, and wait; return how many were not. None, and nothing is stored,
        when the lists have changed.
        """
        words = {scan.article.id: scan.article.content_hash for scan in scans}
        with self._writing() as connection:
            if read_revisions(connection) != scans[0].revisions:
                return None
            # What another transaction is editing just now has other words in a moment.
            held = _WORDS.with_for_update(skip_locked=True)
            rows = connection.execute(held, {"articles": list(words)}).all()
            same = {row.id for row in rows if row.content_hash == words[row.id]}
            if same:
                connection.execute(_MARK_ALL, {"articles": sorted(same), "now": now})
                connection.execute(_REMOVE_ALL, {"articles": sorted(same)})
                key = self._record_all(connection, [scan for scan in scans if scan.article.id in same], now)
        if same:
            self._kept_with = key
        return len(same)

    def record_look_back(
        self, back: LookBack, scans: Sequence[Scan], cursor: str | None, now: datetime
    ) -> tuple[Alert, ...]:
        """Store what a part of a look-back found, with its alerts and deliveries, and how far it came, all or nothing.

        ``cursor`` is the last article of the part; None says that there is none left.
        """
        done = {"finished_at": now} if cursor is None else {"cursor": cursor}
        with self._writing() as connection:
            opened: list[Alert] = []
            there = _hold(connection, [scan.article.id for scan in scans])
            for scan in scans:
                if scan.article.id not in there:
                    # Taken away for its age since it was read.
                    continue
                added = self._add(connection, scan, now)
                self._record(connection, scan, added, now, look_back=True)
                opened += added
            connection.execute(update(lookbacks).where(lookbacks.c.id == back.id).values(**done))
        return tuple(opened)

    def fill_search(self, limit: int) -> int:
        """Index some of what was found by an earlier version, to be searched; return how many articles and entities."""
        with self._reading() as connection:
            if not is_fillable(connection):
                return 0
        with self._writing() as connection:
            return fill(connection, limit)

    def record_loaded(self, scans: Sequence[Scan], now: datetime) -> LoadedFinds:
        """Store articles that an archive run found something in, with its alerts and deliveries, all or nothing.

        It only adds, to articles that are there with the words that were screened; one that is new waits to be screened
        with the present lists as any other.
        """
        with self._writing() as connection:
            store_articles(connection, [scan.article for scan in scans])
            there = _worded(connection, [scan.article.id for scan in scans])
            opened: list[Alert] = []
            found = [scan for scan in scans if there.get(scan.article.id, ("",))[0] == scan.article.content_hash]
            for scan in found:
                # Of which story a copy is, is known since it is stored.
                story = there[scan.article.id][1] or scan.story_id
                opened += self._add(connection, replace(scan, story_id=story), now)
        return LoadedFinds(tuple(opened), len(scans) - len(there), len(there) - len(found))

    def _record_all(self, connection: Connection, scans: Sequence[Scan], now: datetime) -> str:
        """Keep that these articles were screened, with the same, and nothing found; return with what."""
        key = key_of(scans[0])
        if self._kept_with != key:
            keep_screened_with(connection, scans[0], key)
        record_quiet_screenings(connection, scans, key, now)
        return key

    def _record(
        self, connection: Connection, scan: Scan, opened: Sequence[Alert], now: datetime, *, look_back: bool = False
    ) -> str:
        """Keep that an article was screened and what came of it, also where nothing was found; return with what."""
        key = key_of(scan)
        if self._kept_with != key:
            keep_screened_with(connection, scan, key)
        record_screening(connection, scan, key, opened, now, look_back=look_back)
        return key

    def _add(self, connection: Connection, scan: Scan, now: datetime) -> tuple[Alert, ...]:
        """Store the mentions of a scan with their new alerts and deliveries, within the caller's transaction."""
        if not scan.mentions:
            # So it is with most articles; each statement spared counts.
            return ()
        if not self._all_signed:
            sign_unsigned(connection, now)
            self._all_signed = True
        store_mentions(connection, scan.mentions, now)
        index_article(connection, scan.article.id, scan.article.title, scan.article.text)
        index_new_entities(connection, [id for each in scan.mentions for id in (each.entity_id, *each.listings)])
        opened = join_or_open(connection, scan, lambda: self._words.rarity(connection, now), now)
        told = not_silenced(connection, opened, now)
        for channel in scan.channels:
            at_once = [alert.id for alert in told if channel == UNROUTED or not alert.rolled_up]
            enqueue(connection, channel, at_once, scan.max_per_message, now, digest=scan.digest)
            if in_short := tuple(alert.id for alert in told if alert.id not in at_once):
                dispatch(connection, Dispatch(channel, None, FREQUENT, end_of_day(now), True, in_short), now)
        return opened


def _hold(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Which of these articles are there, held so that none of them is taken away before what was found stands."""
    statement = select(articles.c.id).where(articles.c.id.in_(ids)).order_by(articles.c.id)
    return set(connection.execute(statement.with_for_update(read=True, key_share=True)).scalars())


def _worded(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[str, str | None]]:
    """Of each of these articles that is there the hash of its words, and the story that it is a copy in."""
    statement = (
        select(articles.c.id, articles.c.content_hash, articles.c.story_id)
        .where(articles.c.id.in_(ids))
        .order_by(articles.c.id)
    )
    rows = connection.execute(statement.with_for_update(read=True, key_share=True))
    return {row.id: (row.content_hash, row.story_id) for row in rows}


def _remove_stale(connection: Connection, scan: Scan) -> None:
    """An edit may have taken a name out: what is found no more goes, unless an alert stands on it."""
    found = [mention.id for mention in scan.mentions]
    connection.execute(_REMOVE_STALE, {"article": scan.article.id, "found": found})
