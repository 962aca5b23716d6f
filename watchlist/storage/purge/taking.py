"""Taking away a part of one kind, within the caller's transaction.

On PostgreSQL others write at the same time. The rows are locked first, without waiting for those that somebody is
writing about, and only then it is asked whether something rests on them: who comes later waits, and finds them gone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, delete, func, insert, or_, select

from watchlist.model import Cutoffs, Purgeable
from watchlist.storage.database.rows import CHUNK, upsert
from watchlist.storage.database.tables import (
    access_log,
    alerts,
    articles,
    captures,
    changes,
    deliveries,
    evidence,
    feed_polls,
    feeds,
    lookbacks,
    notices,
    page_hosts,
    pages,
    past_articles,
    past_screenings,
    screenings,
)
from watchlist.storage.purge.candidates import (
    is_rested_on,
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
    orphaned,
)

#: Where the next part begins: what it is ordered by, of the last row that was looked at.
Place = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """What a part took away, and where the next begins; None where there is none."""

    counts: tuple[tuple[Purgeable, int], ...]
    after: Place | None


def take(connection: Connection, kind: Purgeable, cutoffs: Cutoffs, after: Place | None, now: datetime) -> Taken:
    """Take away a part of a kind."""
    match kind:
        case Purgeable.ARTICLES:
            return _articles(connection, cutoffs, after, now)
        case Purgeable.EVIDENCE:
            return _captures(connection, cutoffs, after, now)
        case _:
            table, old = _PLAIN[kind]
            return _plain(connection, kind, table, old(cutoffs), after)


def sweep(connection: Connection) -> int:
    """Take away some of the bytes that are of no article any more; return how many of them there were."""
    found = select(evidence.c.sha256).where(orphaned()).limit(CHUNK).with_for_update(skip_locked=True, of=evidence)
    digests = list(connection.execute(found).scalars())
    return connection.execute(delete(evidence).where(evidence.c.sha256.in_(digests), orphaned())).rowcount


_PLAIN = {
    Purgeable.ALERTS: (alerts, old_alerts),
    Purgeable.SCREENINGS: (past_articles, old_past_articles),
    Purgeable.NOTICES: (notices, old_notices),
    Purgeable.DELIVERIES: (deliveries, old_deliveries),
    Purgeable.POLLS: (feed_polls, old_polls),
    Purgeable.FEEDS: (feeds, old_feeds),
    Purgeable.CHANGES: (changes, old_changes),
    Purgeable.LOOK_BACKS: (lookbacks, old_look_backs),
    Purgeable.SITES: (page_hosts, old_sites),
    Purgeable.ACCESS_LOG: (access_log, old_access_log),
}


def _plain(
    connection: Connection, kind: Purgeable, table: Table, old: ColumnElement[bool], after: Place | None
) -> Taken:
    (key,) = table.primary_key.columns
    statement = select(key).where(old).order_by(key)
    ids = [row[0] for row in _next(connection, statement, table, (key,), after)]
    removed = connection.execute(delete(table).where(key.in_(ids), old)).rowcount if ids else 0
    return Taken(((kind, removed),), (ids[-1],) if ids else None)


def _articles(connection: Connection, cutoffs: Cutoffs, after: Place | None, now: datetime) -> Taken:
    order = (articles.c.fetched_at, articles.c.id)
    statement = select(*order).where(old_articles(cutoffs)).order_by(*order)
    rows = _next(connection, statement, articles, order, after)
    if not rows:
        return Taken((), None)
    ids = _unrested(connection, [row.id for row in rows], cutoffs)
    _remember(connection, ids, now)
    bytes_of = connection.execute(delete(captures).where(captures.c.article_id.in_(ids))).rowcount
    removed = connection.execute(delete(articles).where(articles.c.id.in_(ids))).rowcount
    counts = ((Purgeable.ARTICLES, removed), (Purgeable.EVIDENCE, bytes_of))
    return Taken(counts, (rows[-1].fetched_at, rows[-1].id))


def _captures(connection: Connection, cutoffs: Cutoffs, after: Place | None, now: datetime) -> Taken:
    old = old_captures(cutoffs, now)
    order = (captures.c.at, captures.c.id)
    statement = (
        select(*order, captures.c.article_id)
        .join(articles, articles.c.id == captures.c.article_id)
        .where(old)
        .order_by(*order)
    )
    # Their articles are locked: it is with these that an alert opens.
    rows = _next(connection, statement, articles, order, after)
    if not rows:
        return Taken((), None)
    free = set(_unrested(connection, [row.article_id for row in rows], cutoffs))
    ids = [row.id for row in rows if row.article_id in free]
    removed = connection.execute(delete(captures).where(captures.c.id.in_(ids))).rowcount
    return Taken(((Purgeable.EVIDENCE, removed),), (rows[-1].at, rows[-1].id))


def _next(
    connection: Connection, statement: Select[Any], locked: Table, order: Sequence[Any], after: Place | None
) -> Sequence[Any]:
    if after is not None:
        # Spelled out, for an index serves this and not a comparison of rows.
        first, *rest = order
        later = first > after[0]
        if rest:
            later = and_(first >= after[0], or_(later, rest[0] > after[1]))
        statement = statement.where(later)
    return connection.execute(statement.limit(CHUNK).with_for_update(skip_locked=True, of=locked)).all()


def _unrested(connection: Connection, ids: Sequence[str], cutoffs: Cutoffs) -> list[str]:
    """Those of these articles, now that they are locked, that still no alert rests on."""
    statement = select(articles.c.id).where(articles.c.id.in_(set(ids)), ~is_rested_on(cutoffs))
    return list(connection.execute(statement).scalars())


def _remember(connection: Connection, ids: Sequence[str], now: datetime) -> None:
    """Keep of articles what an audit asks for."""
    about = (
        select(
            *(articles.c[name] for name in ("id", "feed_id", "url", "title", "published_at", "fetched_at")),
            *(articles.c[name] for name in ("content_hash", "scanned_at", "scan_error")),
            func.coalesce(feeds.c.title, feeds.c.url).label("feed"),
            func.coalesce(pages.c.feed_hash, articles.c.content_hash).label("feed_hash"),
        )
        .outerjoin(feeds, feeds.c.id == articles.c.feed_id)
        .outerjoin(pages, pages.c.article_id == articles.c.id)
        .where(articles.c.id.in_(ids))
    )
    rows = [{**row._asdict(), "removed_at": now} for row in connection.execute(about)]
    # One that was gone already, and came back with other words, has all its screenings under one head.
    upsert(connection, past_articles, rows, ["id"])
    copied = [column.name for column in past_screenings.columns if column.name != "id"]
    found = select(*(screenings.c[name] for name in copied)).where(screenings.c.article_id.in_(ids))
    connection.execute(insert(past_screenings).from_select(copied, found.order_by(screenings.c.id)))
