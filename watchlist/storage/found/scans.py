"""What a scan found, written together with its alerts, their deliveries and the scan mark."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select, update

from watchlist.alerts.decide import new_alerts
from watchlist.model import Alert, LookBack, Scan
from watchlist.storage.database.rows import Rows
from watchlist.storage.database.tables import alerts, articles, lookbacks, mentions
from watchlist.storage.found.alerts import insert_alert
from watchlist.storage.found.mentions import store_mentions
from watchlist.storage.listed.groups import read_groups
from watchlist.storage.listed.lists import read_revisions
from watchlist.storage.listed.succession import successors
from watchlist.storage.listed.suppressions import read_suppressed
from watchlist.storage.queued.enqueue import enqueue

#: Made once: they are executed for each article.
_MARK = (
    update(articles)
    .where(articles.c.id == bindparam("article"), articles.c.content_hash == bindparam("words"))
    .values(scanned_at=bindparam("now"), scan_error=None)
)
_REMOVE_STALE = delete(mentions).where(
    mentions.c.article_id == bindparam("article"),
    mentions.c.id.not_in(bindparam("found", expanding=True)),
    mentions.c.id.not_in(select(alerts.c.mention_id).where(alerts.c.article_id == bindparam("article"))),
)


class ScanRows(Rows):
    """What scans found."""

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
            return _add(connection, scan, now)

    def record_look_back(
        self, back: LookBack, scans: Sequence[Scan], cursor: str | None, now: datetime
    ) -> tuple[Alert, ...]:
        """Store what a part of a look-back found, with its alerts and deliveries, and how far it came, all or nothing.

        ``cursor`` is the last article of the part; None says that there is none left.
        """
        done = {"finished_at": now} if cursor is None else {"cursor": cursor}
        with self._writing() as connection:
            opened = [alert for scan in scans for alert in _add(connection, scan, now)]
            connection.execute(update(lookbacks).where(lookbacks.c.id == back.id).values(**done))
        return tuple(opened)


def _add(connection: Connection, scan: Scan, now: datetime) -> tuple[Alert, ...]:
    """Store the mentions of a scan with their new alerts and deliveries, within the caller's transaction."""
    if not scan.mentions:
        # So it is with most articles; each statement spared counts.
        return ()
    store_mentions(connection, scan.mentions, now)
    story = select(alerts.c.entity_id).where(alerts.c.story_id == scan.story_id)
    known = frozenset(connection.execute(story).scalars())
    now_called = successors(connection, known)
    # What was alerted under an id that has changed since was alerted.
    known = frozenset(now_called.get(id, id) for id in known)
    # Nor is anything told of whom no alert is wanted of, on whichever list.
    known |= read_suppressed(connection, now)
    group_of = read_groups(connection, known | {id for mention in scan.mentions for id in mention.listings})
    opened = tuple(
        insert_alert(connection, mention, scan.story_id, scan.notes.get(mention.entity_id), now)
        for mention in new_alerts(scan.mentions, known, group_of)
    )
    for channel in scan.channels:
        enqueue(connection, channel, [alert.id for alert in opened], scan.max_per_message, now, digest=scan.digest)
    return opened


def _remove_stale(connection: Connection, scan: Scan) -> None:
    """An edit may have taken a name out: what is found no more goes, unless an alert stands on it."""
    found = [mention.id for mention in scan.mentions]
    connection.execute(_REMOVE_STALE, {"article": scan.article.id, "found": found})
