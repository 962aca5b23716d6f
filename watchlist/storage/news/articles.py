"""Articles: the queue between fetching and screening."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, not_, or_, select, update

from watchlist.errors import NotFoundError
from watchlist.model import Article, Capture, SetAside
from watchlist.news.set_aside import next_try
from watchlist.storage.database.rows import AnyRow, Rows
from watchlist.storage.database.tables import articles, claims
from watchlist.storage.news.arrivals import store_articles
from watchlist.storage.workers.claims import ARTICLE, claim, release


class ArticleRows(Rows):
    """The articles."""

    def article(self, article_id: str) -> Article:
        """One article; raises NotFoundError."""
        with self._reading() as connection:
            row = connection.execute(select(articles).where(articles.c.id == article_id)).first()
        if row is None:
            raise NotFoundError("article", article_id, "it may have been removed for its age")
        return article_from_row(row)

    def unscanned_articles(self, limit: int) -> tuple[Article, ...]:
        """The oldest articles whose present words were never tried; `articles_to_retry` has those that failed."""
        statement = (
            select(articles)
            .where(articles.c.scanned_at.is_(None))
            .order_by(articles.c.fetched_at, articles.c.id)
            .limit(limit)
        )
        with self._reading() as connection:
            return tuple(article_from_row(row) for row in connection.execute(statement))

    def take_articles(self, limit: int, now: datetime) -> tuple[Article, ...]:
        """The same, those of them that no other worker has in hand; they are this one's until it takes others."""
        waiting = articles.c.scanned_at.is_(None)
        return self._take(waiting, (articles.c.fetched_at, articles.c.id), limit, now)

    def _take(
        self, wanted: ColumnElement[bool], order: Sequence[ColumnElement[Any]], limit: int, now: datetime
    ) -> tuple[Article, ...]:
        statement = select(articles).where(wanted).order_by(*order).limit(limit)
        if not self._fence.shared:
            with self._reading() as connection:
                return tuple(article_from_row(row) for row in connection.execute(statement))
        claimed = exists().where(claims.c.kind == ARTICLE, claims.c.key == articles.c.id)
        with self._writing() as connection:
            release(connection, self._fence, ARTICLE)
            # Those that somebody else is about to claim are passed by, and so are those being edited.
            rows = connection.execute(
                statement.where(not_(claimed)).with_for_update(skip_locked=True, of=articles)
            ).all()
            mine = claim(connection, self._fence, ARTICLE, [row.id for row in rows], now) if rows else set()
        return tuple(article_from_row(row) for row in rows if row.id in mine)

    def stored_articles(self, since: datetime, after: str, limit: int) -> tuple[Article, ...]:
        """Articles fetched since a time, in the order of their ids, after the one with the id ``after``."""
        statement = (
            select(articles)
            .where(articles.c.fetched_at >= since, articles.c.id > after)
            .order_by(articles.c.id)
            .limit(limit)
        )
        with self._reading() as connection:
            return tuple(article_from_row(row) for row in connection.execute(statement))

    def keep_articles(self, found: Sequence[Article], captures: Mapping[str, Capture] = MappingProxyType({})) -> int:
        """Store articles that no poll brought, with their bytes by their ids; return how many are to be screened."""
        with self._writing() as connection:
            return store_articles(connection, found, captures=captures)

    def record_scan_error(self, article: Article, error: str, now: datetime) -> None:
        """These words of the article could not be screened: set it aside, so that it does not stop the queue.

        It comes again, later each time. Writes nothing when it has other words by now: they are waiting.
        """
        these = (articles.c.id == article.id, articles.c.content_hash == article.content_hash)
        with self._writing() as connection:
            found = connection.execute(select(articles.c.scan_failures).where(*these).with_for_update()).scalar()
            if found is not None:
                values = {"scanned_at": now, "scan_error": error, "scan_failures": found + 1}
                again = {"scan_retry_at": next_try(found + 1, now)}
                connection.execute(update(articles).where(*these).values(**values, **again))

    def articles_to_retry(self, now: datetime, limit: int) -> tuple[Article, ...]:
        """Articles that were set aside and whose time has come, the longest due first; none of another worker's."""
        # One that failed in the future failed under a wrong clock; its time may be years away.
        due = or_(articles.c.scan_retry_at <= now, articles.c.scanned_at > now)
        wanted = and_(articles.c.scan_retry_at.is_not(None), due)
        return self._take(wanted, (articles.c.scan_retry_at, articles.c.id), limit, now)

    def set_aside(self) -> SetAside:
        """How many articles could not be screened, with what the last of them failed with."""
        aside = articles.c.scan_retry_at.is_not(None)
        repeatedly = func.sum(case((articles.c.scan_failures > 1, 1), else_=0))
        counted = select(
            func.count().label("n"), repeatedly.label("repeatedly"), func.min(articles.c.scan_retry_at).label("next_at")
        ).where(aside)
        last = (
            select(articles.c.id, articles.c.url, articles.c.scan_error)
            .where(aside)
            .order_by(articles.c.scanned_at.desc(), articles.c.id)
            .limit(1)
        )
        with self._reading() as connection:
            counts = connection.execute(counted).one()
            row = connection.execute(last).first()
        if row is None:
            return SetAside(0)
        return SetAside(counts.n, int(counts.repeatedly), counts.next_at, row.url or row.id, row.scan_error or "")

    def scan_errors(self, limit: int) -> tuple[tuple[str, str], ...]:
        """Articles that could not be screened, by address or id, with why; the latest first."""
        statement = (
            select(articles.c.id, articles.c.url, articles.c.scan_error)
            .where(articles.c.scan_error.is_not(None))
            .order_by(articles.c.scanned_at.desc())
            .limit(limit)
        )
        with self._reading() as connection:
            return tuple((row.url or row.id, row.scan_error) for row in connection.execute(statement))

    def waiting_articles(self) -> tuple[int, datetime | None]:
        """How many articles wait to be screened, and since when the oldest does."""
        statement = select(func.count().label("n"), func.min(articles.c.fetched_at).label("oldest"))
        with self._reading() as connection:
            row = connection.execute(statement.where(articles.c.scanned_at.is_(None))).one()
        return row.n, row.oldest

    def article_counts(self) -> tuple[int, int]:
        """How many articles are stored, and how many of them wait to be screened."""
        with self._reading() as connection:
            stored = connection.execute(select(func.count()).select_from(articles)).scalar_one()
            waiting = connection.execute(
                select(func.count()).select_from(articles).where(articles.c.scanned_at.is_(None))
            ).scalar_one()
        return stored, waiting


def article_from_row(row: AnyRow) -> Article:
    """An article as stored; the row holds the columns of `articles`."""
    return Article(
        id=row.id,
        title=row.title,
        text=row.text,
        url=row.url,
        feed_id=row.feed_id,
        guid=row.guid,
        lang=row.lang,
        published_at=row.published_at,
        fetched_at=row.fetched_at,
        first_reading=row.first_reading,
        story_id=row.story_id,
    )
