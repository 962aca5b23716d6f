"""What was screened with what and what came of it: a row for every scan, also where nothing was found."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, insert, null, or_, select

from watchlist.errors import NotFoundError
from watchlist.model import Alert, AuditedArticle, Band, Purgeable, Scan, ScreenedWith, Screening, stable_id
from watchlist.news.identity import canonical_url
from watchlist.storage.database.rows import AnyRow, Rows, chunks, dialect_of
from watchlist.storage.database.tables import (
    articles,
    feeds,
    held_back,
    lookbacks,
    past_articles,
    past_screenings,
    purges,
    screened_with,
    screenings,
    snapshots,
    story_articles,
)

#: Made once: it is executed for each article, and nobody asks for the row's number.
_INSERT = insert(screenings).inline()


class ScreeningRows(Rows):
    """The screenings."""

    def audit_article(self, key: str) -> AuditedArticle:
        """An article by its address or id, with every screening of it; raises NotFoundError.

        One whose words are gone for their age is known as well, as long as its screenings are.
        """
        with self._reading() as connection:
            row = _article(connection, key)
            if row is None:
                raise NotFoundError("article", key, _why_unknown(connection))
            stands_with = select(story_articles.c.alert_id).where(story_articles.c.article_id == row.id)
            return AuditedArticle(
                id=row.id,
                url=row.url,
                title=row.title,
                feed=row.feed,
                published_at=row.published_at,
                fetched_at=row.fetched_at,
                text_hash=row.content_hash,
                scanned_at=row.scanned_at,
                scan_error=row.scan_error,
                screenings=tuple(_read(connection, [row.id])),
                alert_ids=tuple(connection.execute(stands_with.order_by(story_articles.c.alert_id)).scalars()),
                look_backs=tuple(_look_backs(connection, row)),
                removed_at=row.removed_at,
            )

    def screenings(self, since: datetime | None = None) -> Iterator[tuple[Screening, str | None]]:
        """Every screening since a time with the article's address, in order; streamed within one transaction.

        Those of articles whose words are gone come first.
        """
        with self._reading() as connection:
            for done, of in ((past_screenings, past_articles), (screenings, articles)):
                statement = (
                    select(done, screened_with, of.c.url)
                    .join(screened_with, screened_with.c.id == done.c.screened_with)
                    .join(of, of.c.id == done.c.article_id)
                    .order_by(done.c.id)
                )
                if since is not None:
                    statement = statement.where(done.c.at >= since)
                for row in connection.execute(statement.execution_options(yield_per=500)):
                    yield _from_row(row), row.url


def record_screening(
    connection: Connection, scan: Scan, key: str, opened: Sequence[Alert], now: datetime, *, look_back: bool = False
) -> None:
    """Keep that an article was screened, with what has this key, and what came of it; in the caller's transaction."""
    bands = Counter(mention.band for mention in scan.mentions)
    row = {
        "article_id": scan.article.id,
        "text_hash": scan.article.content_hash,
        "at": now,
        "screened_with": key,
        "alert_band": bands[Band.ALERT],
        "review_band": bands[Band.REVIEW],
        "opened": len(opened),
        "held": _held_now(connection, scan) if bands[Band.ALERT] > len(opened) else 0,
        "look_back": look_back,
    }
    connection.execute(_INSERT, row)


def record_quiet_screenings(connection: Connection, scans: Sequence[Scan], key: str, now: datetime) -> None:
    """The same for articles in which nothing was found."""
    nothing = {"alert_band": 0, "review_band": 0, "opened": 0, "held": 0, "look_back": False}
    about = {"at": now, "screened_with": key, **nothing}
    connection.execute(
        _INSERT, [{"article_id": each.article.id, "text_hash": each.article.content_hash, **about} for each in scans]
    )


def key_of(scan: Scan) -> str:
    """What tells one way of screening from another: the engine, the states of all lists, the settings."""
    return stable_id(scan.engine_version, scan.settings, *(part for each in scan.revisions for part in each))


def keep_screened_with(connection: Connection, scan: Scan, key: str) -> None:
    """Keep what a scan was made with, unless it is known by its key."""
    newest = select(func.max(snapshots.c.id)).group_by(snapshots.c.list_id)
    rows = connection.execute(select(snapshots.c.list_id, snapshots.c.version).where(snapshots.c.id.in_(newest)))
    versions = {row.list_id: row.version for row in rows}
    values = {
        "id": key,
        "engine_version": scan.engine_version,
        "lists": [[list_id, versions.get(list_id, ""), revision] for list_id, revision in scan.revisions],
        "settings": json.loads(scan.settings or "{}"),
    }
    connection.execute(dialect_of(connection).insert(screened_with).on_conflict_do_nothing(), [values])


def _held_now(connection: Connection, scan: Scan) -> int:
    ids = [mention.id for mention in scan.mentions]
    statement = select(func.count(held_back.c.mention_id.distinct())).where(held_back.c.mention_id.in_(ids))
    return connection.execute(statement).scalar_one()


def _read(connection: Connection, article_ids: Iterable[str]) -> Iterator[Screening]:
    for part in chunks(article_ids):
        # An article may have come back with other words after its earlier ones were gone.
        for done in (past_screenings, screenings):
            statement = (
                select(done, screened_with)
                .join(screened_with, screened_with.c.id == done.c.screened_with)
                .where(done.c.article_id.in_(part))
                .order_by(done.c.id)
            )
            yield from map(_from_row, connection.execute(statement))


def _article(connection: Connection, key: str) -> AnyRow | None:
    ids = (key, stable_id("url", canonical_url(key)))
    here = (
        select(articles, func.coalesce(feeds.c.title, feeds.c.url).label("feed"), null().label("removed_at"))
        .outerjoin(feeds, feeds.c.id == articles.c.feed_id)
        .where(or_(articles.c.url == key, articles.c.id.in_(ids)))
        .order_by(articles.c.fetched_at)
        .limit(1)
    )
    gone = (
        select(past_articles)
        .where(or_(past_articles.c.url == key, past_articles.c.id.in_(ids)))
        .order_by(past_articles.c.fetched_at)
        .limit(1)
    )
    return connection.execute(here).first() or connection.execute(gone).first()


def _why_unknown(connection: Connection) -> str:
    removed = connection.execute(select(purges.c.removed)).scalars()
    if any(Purgeable.SCREENINGS.value in each for each in removed):
        return "no feed has brought it at this address, or longer ago than retention.screenings: it was never screened"
    return "no feed has brought it at this address, so it was never screened, unless at another address of its site"


def _look_backs(connection: Connection, article: AnyRow) -> Iterator[tuple[datetime, str]]:
    """The look-backs that are past an article, whether or not they found anything there."""
    statement = (
        select(lookbacks)
        .where(lookbacks.c.since <= article.fetched_at, lookbacks.c.until >= article.fetched_at)
        .where(or_(lookbacks.c.finished_at.is_not(None), lookbacks.c.cursor >= article.id))
        .order_by(lookbacks.c.id)
    )
    for row in connection.execute(statement):
        wanted = f"{len(row.entity_ids)} entities" if row.entity_ids is not None else "all entities"
        yield (
            row.finished_at or row.created_at,
            f"{wanted} of {', '.join(row.list_ids) if row.list_ids else 'all lists'}",
        )


def _from_row(row: AnyRow) -> Screening:
    return Screening(
        article_id=row.article_id,
        at=row.at,
        text_hash=row.text_hash,
        screened_with=ScreenedWith(
            id=row.screened_with,
            engine_version=row.engine_version,
            lists=tuple((list_id, version, revision) for list_id, version, revision in row.lists),
            settings=row.settings,
        ),
        alert_band=row.alert_band,
        review_band=row.review_band,
        opened=row.opened,
        held=row.held,
        look_back=row.look_back,
    )
