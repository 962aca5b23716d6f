"""Looking back: stored articles that are to be screened again for names that are new, and how far that has come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, insert, select

from watchlist.model import Article, LookBack, LookBackReason
from watchlist.storage.database.rows import AnyRow, Rows, insert_one
from watchlist.storage.database.tables import articles, lookbacks
from watchlist.storage.news.articles import article_from_row


class LookBackRows(Rows):
    """The look-backs."""

    def start_look_back(
        self,
        now: datetime,
        since: datetime,
        *,
        entity_ids: Sequence[str] | None = None,
        list_ids: Sequence[str] | None = None,
    ) -> LookBack:
        """Put a look-back in the queue by hand."""
        with self._writing() as connection:
            number = _insert(connection, LookBackReason.REQUEST, now, since, entity_ids, list_ids)
        return self.look_back(number)

    def look_back(self, number: int) -> LookBack:
        """A look-back with how far it has come."""
        with self._reading() as connection:
            return _from_row(connection.execute(select(lookbacks).where(lookbacks.c.id == number)).one())

    def unfinished_look_back(self) -> LookBack | None:
        """The oldest look-back that is not done."""
        statement = select(lookbacks).where(lookbacks.c.finished_at.is_(None)).order_by(lookbacks.c.id).limit(1)
        with self._reading() as connection:
            row = connection.execute(statement).first()
            return _from_row(row) if row is not None else None

    def look_back_articles(self, back: LookBack, limit: int) -> tuple[Article, ...]:
        """The next articles of a look-back, in the order of their ids."""
        statement = select(articles).where(_of(back)).order_by(articles.c.id).limit(limit)
        with self._reading() as connection:
            return tuple(article_from_row(row) for row in connection.execute(statement))

    def look_back_size(self, back: LookBack) -> int:
        """How many articles are still to be screened."""
        with self._reading() as connection:
            return connection.execute(select(func.count()).select_from(articles).where(_of(back))).scalar_one()


def enqueue_look_back(
    connection: Connection, now: datetime, since: datetime, entity_ids: Sequence[str] | None, list_id: str
) -> None:
    """Put a look-back in the queue if there are articles to look at; ``entity_ids`` None means the whole list."""
    stored = select(articles.c.id).where(articles.c.fetched_at >= since, articles.c.scanned_at.is_not(None)).limit(1)
    if connection.execute(stored).first() is not None:
        if entity_ids is None:
            _insert(connection, LookBackReason.NEW_LIST, now, since, None, [list_id])
        else:
            _insert(connection, LookBackReason.CHANGE, now, since, entity_ids, None)


def _insert(
    connection: Connection,
    reason: LookBackReason,
    now: datetime,
    since: datetime,
    entity_ids: Sequence[str] | None,
    list_ids: Sequence[str] | None,
) -> int:
    statement = insert(lookbacks).values(
        reason=reason,
        entity_ids=list(entity_ids) if entity_ids is not None else None,
        list_ids=list(list_ids) if list_ids is not None else None,
        since=since,
        until=now,
        cursor="",
        created_at=now,
    )
    return insert_one(connection, statement)


def _of(back: LookBack) -> ColumnElement[bool]:
    return and_(
        articles.c.id > back.cursor,
        articles.c.fetched_at >= back.since,
        articles.c.fetched_at <= back.until,
        # What waits to be screened will be, with all names.
        articles.c.scanned_at.is_not(None),
    )


def _from_row(row: AnyRow) -> LookBack:
    return LookBack(
        id=row.id,
        reason=LookBackReason(row.reason),
        entity_ids=tuple(row.entity_ids) if row.entity_ids is not None else None,
        list_ids=tuple(row.list_ids) if row.list_ids is not None else None,
        since=row.since,
        until=row.until,
        cursor=row.cursor,
    )
