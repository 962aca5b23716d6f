"""The evidence of alerts: the bytes that are kept of the articles they stand on."""

from __future__ import annotations

from sqlalchemy import select

from watchlist.errors import NotFoundError
from watchlist.model import KeptCapture
from watchlist.storage.database.rows import Rows
from watchlist.storage.database.tables import alerts, story_articles
from watchlist.storage.news.captures import read_captures


class EvidenceRows(Rows):
    """The evidence."""

    def evidence(self, alert_id: int) -> tuple[KeptCapture, ...]:
        """What is kept of the articles of an alert, of the one that opened it first; raises NotFoundError."""
        joined = (
            select(story_articles.c.article_id)
            .where(story_articles.c.alert_id == alert_id)
            .order_by(story_articles.c.joined_at, story_articles.c.told_at, story_articles.c.article_id)
        )
        with self._reading() as connection:
            first = connection.execute(select(alerts.c.article_id).where(alerts.c.id == alert_id)).scalar()
            if first is None:
                raise NotFoundError("alert", str(alert_id), "'watchlist alerts' shows them")
            ids = dict.fromkeys((first, *connection.execute(joined).scalars()))
            return read_captures(connection, tuple(ids))
