"""Purges: each part with what it took away, in one transaction; and what one would take away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, func, insert, or_, select, update

from watchlist.model import Cutoffs, Purge, Purgeable
from watchlist.storage.database.rows import AnyRow, Rows, insert_one
from watchlist.storage.database.tables import (
    access_log,
    alerts,
    articles,
    captures,
    changes,
    deliveries,
    feed_polls,
    feeds,
    lookbacks,
    notices,
    page_hosts,
    past_articles,
    purges,
)
from watchlist.storage.purge.candidates import (
    captures_of_old_articles,
    old_access_log,
    old_alerts,
    old_articles,
    old_captures,
    old_changes,
    old_deliveries,
    old_feeds,
    old_look_backs,
    old_notices,
    old_past_articles,
    old_polls,
    old_sites,
)
from watchlist.storage.purge.taking import Place, sweep, take


class PurgeRows(Rows):
    """The purges."""

    def last_purge(self) -> Purge | None:
        """The purge that was begun last."""
        with self._reading() as connection:
            row = connection.execute(select(purges).order_by(purges.c.id.desc()).limit(1)).first()
            return _from_row(row) if row is not None else None

    def start_purge(self, now: datetime) -> int:
        """Note that a purge begins; return its number."""
        with self._writing() as connection:
            return insert_one(connection, insert(purges).values(started_at=now, removed={}))

    def finish_purge(self, number: int, now: datetime) -> None:
        """Note that a purge is done."""
        with self._writing() as connection:
            connection.execute(update(purges).where(purges.c.id == number).values(finished_at=now))

    def purge(self, number: int, kind: Purgeable, cutoffs: Cutoffs, now: datetime) -> Iterator[dict[Purgeable, int]]:
        """Take away all of a kind that may go, a part at a time; yields what each part took away.

        Each part is one transaction, in which it is noted with the purge as well: whoever stops, or is killed, has
        taken away what is noted and nothing else.
        """
        after: Place | None = None
        more = True
        while more:
            with self._writing() as connection:
                taken = take(connection, kind, cutoffs, after, now)
                counts = {each: n for each, n in taken.counts if n}
                _note(connection, number, counts)
            after, more = taken.after, taken.after is not None
            if more:
                yield counts
        if kind is Purgeable.EVIDENCE:
            while self._sweep():
                yield {}

    def purgeable(self, cutoffs: Cutoffs, now: datetime) -> dict[Purgeable, int]:
        """How much of each kind a purge would take away."""
        going = old_articles(cutoffs)
        gone = select(func.count()).select_from(articles).where(going)
        statements = {
            Purgeable.ALERTS: select(func.count()).select_from(alerts).where(old_alerts(cutoffs)),
            Purgeable.ARTICLES: gone,
            # What comes to stand there again begins its time anew.
            Purgeable.SCREENINGS: select(func.count())
            .select_from(past_articles)
            .where(old_past_articles(cutoffs), past_articles.c.id.not_in(select(articles.c.id).where(going))),
            Purgeable.EVIDENCE: select(func.count())
            .select_from(captures.join(articles, articles.c.id == captures.c.article_id))
            .where(or_(old_captures(cutoffs, now), captures_of_old_articles(cutoffs))),
            Purgeable.NOTICES: select(func.count()).select_from(notices).where(old_notices(cutoffs)),
            Purgeable.DELIVERIES: select(func.count()).select_from(deliveries).where(old_deliveries(cutoffs)),
            Purgeable.POLLS: select(func.count()).select_from(feed_polls).where(old_polls(cutoffs)),
            Purgeable.FEEDS: select(func.count()).select_from(feeds).where(old_feeds(cutoffs)),
            Purgeable.CHANGES: select(func.count()).select_from(changes).where(old_changes(cutoffs)),
            Purgeable.LOOK_BACKS: select(func.count()).select_from(lookbacks).where(old_look_backs(cutoffs)),
            Purgeable.SITES: select(func.count()).select_from(page_hosts).where(old_sites(cutoffs)),
            Purgeable.ACCESS_LOG: select(func.count()).select_from(access_log).where(old_access_log(cutoffs)),
        }
        with self._reading() as connection:
            counts = {kind: connection.execute(statement).scalar_one() for kind, statement in statements.items()}
            if (before := cutoffs.get(Purgeable.SCREENINGS)) is not None:
                # Those that would be gone, and no longer be known of at once.
                at_once = gone.where(articles.c.fetched_at < before)
                counts[Purgeable.SCREENINGS] += connection.execute(at_once).scalar_one()
        return counts

    def _sweep(self) -> int:
        with self._writing() as connection:
            return sweep(connection)


def _note(connection: Connection, number: int, counts: dict[Purgeable, int]) -> None:
    if not counts:
        return
    statement = select(purges.c.removed).where(purges.c.id == number).with_for_update()
    before = dict(connection.execute(statement).scalar_one())
    after = before | {kind.value: before.get(kind.value, 0) + n for kind, n in counts.items()}
    connection.execute(update(purges).where(purges.c.id == number).values(removed=after))


def _from_row(row: AnyRow) -> Purge:
    return Purge(id=row.id, started_at=row.started_at, finished_at=row.finished_at, removed=tuple(row.removed.items()))
