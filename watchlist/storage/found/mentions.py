"""Mentions as rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from watchlist.model import Mention, mention_from_plain, mention_to_plain
from watchlist.storage.database.rows import AnyRow, Rows, upsert
from watchlist.storage.database.tables import alerts, mentions

_KEEP_IN_STEP = (
    update(alerts)
    .where(alerts.c.mention_id == bindparam("mention"), alerts.c.score != bindparam("found"))
    .values(score=bindparam("found"))
)


class MentionRows(Rows):
    """The mentions."""

    def mentions(self, article_id: str) -> tuple[Mention, ...]:
        """What was found in an article, best first."""
        statement = select(mentions).where(mentions.c.article_id == article_id).order_by(mentions.c.score.desc())
        with self._reading() as connection:
            return tuple(mention_from_row(row) for row in connection.execute(statement))


def store_mentions(connection: Connection, found: Sequence[Mention], now: datetime) -> None:
    """Store mentions, new or found again, within the caller's transaction."""
    upsert(connection, mentions, [_values(mention, now) for mention in found], ["id"])
    if found:
        # A new scan may have found one again that an alert stands on.
        connection.execute(_KEEP_IN_STEP, [{"mention": each.id, "found": each.score} for each in found])


def _values(mention: Mention, now: datetime) -> dict[str, Any]:
    return {"id": mention.id, **mention_to_plain(mention), "found_at": now}


def mention_from_row(row: AnyRow) -> Mention:
    """A mention as stored; the row holds the columns of `mentions`."""
    return mention_from_plain(row._asdict())
