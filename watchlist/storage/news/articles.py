"""Articles: the queue between fetching and screening."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import func, select, update

from watchlist.model import Article, Capture
from watchlist.storage.database.rows import AnyRow, Rows
from watchlist.storage.database.tables import articles
from watchlist.storage.news.arrivals import store_articles


class ArticleRows(Rows):
    """The articles."""

    def unscanned_articles(self, limit: int) -> tuple[Article, ...]:
        """The oldest articles whose present words have not been screened; those that failed before come not again."""
        statement = (
            select(articles)
            .where(articles.c.scanned_at.is_(None))
            .order_by(articles.c.fetched_at, articles.c.id)
            .limit(limit)
        )
        with self._reading() as connection:
            return tuple(article_from_row(row) for row in connection.execute(statement))

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
        """These words of the article could not be screened: mark it, so that it does not stop the queue, and keep why.

        Writes nothing when it has other words by now: they are waiting.
        """
        with self._writing() as connection:
            connection.execute(
                update(articles)
                .where(articles.c.id == article.id, articles.c.content_hash == article.content_hash)
                .values(scanned_at=now, scan_error=error)
            )

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
