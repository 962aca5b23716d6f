"""When feeds brought something: also what is gone by now."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import case, func, select, union_all

from watchlist.model import FeedNews
from watchlist.storage.database.rows import Rows
from watchlist.storage.database.tables import articles, past_articles, past_screenings, screenings


class HeardRows(Rows):
    """The news of feeds over time."""

    def feed_news(self, since: datetime, until: datetime) -> dict[int, FeedNews]:
        """Of each feed that ever brought an article, by its number, when it did, for this time.

        An article that was edited has the time of its last edit; that of the others tells when it was screened.
        """
        times = union_all(
            *(select(of.c.feed_id, of.c.fetched_at.label("at")) for of in (articles, past_articles)),
            *(
                select(of.c.feed_id, done.c.at).where(of.c.id == done.c.article_id, done.c.look_back.is_(False))
                for done, of in ((screenings, articles), (past_screenings, past_articles))
            ),
        ).subquery()
        at = times.c.at
        within = func.count(case((at.between(since, until) & (at < until), 1)))
        statement = (
            select(
                times.c.feed_id,
                func.min(at).label("first_at"),
                within.label("within"),
                func.max(case((at < until, at))).label("last_before"),
            )
            .where(times.c.feed_id.is_not(None))
            .group_by(times.c.feed_id)
        )
        with self._reading() as connection:
            return {
                row.feed_id: FeedNews(row.first_at, bool(row.within), row.last_before)
                for row in connection.execute(statement)
            }
