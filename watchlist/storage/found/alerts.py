"""Alerts with what a reader needs to judge them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select

from watchlist.errors import NotFoundError
from watchlist.model import Alert, AlertDetail, AlertStatus, Entity, Mention, Story
from watchlist.storage.database.rows import AnyRow, Rows, chunks, insert_one
from watchlist.storage.database.tables import alerts, articles, entities, feeds, lists, mentions
from watchlist.storage.found.mentions import mention_from_row
from watchlist.storage.found.stories import read_stories
from watchlist.storage.listed.entities import read_entities
from watchlist.storage.listed.groups import in_group_of, read_group
from watchlist.storage.news.pages import read_page_states


class AlertRows(Rows):
    """The alerts."""

    def alerts(
        self, *, since: datetime | None = None, entity_id: str | None = None, limit: int | None = None
    ) -> tuple[AlertDetail, ...]:
        """Alerts opened since a time, of one entity on whichever list it stands, or all; the newest first."""
        statement = select(alerts.c.id).order_by(alerts.c.opened_at.desc(), alerts.c.id.desc()).limit(limit)
        if since is not None:
            statement = statement.where(alerts.c.opened_at >= since)
        if entity_id is not None:
            statement = statement.where(in_group_of(entity_id))
        with self._reading() as connection:
            ids = tuple(connection.execute(statement).scalars())
            return _details(connection, ids)

    def alert(self, alert_id: int) -> AlertDetail:
        """One alert; raises NotFoundError."""
        with self._reading() as connection:
            for found in _details(connection, (alert_id,)):
                return found
        raise NotFoundError("alert", str(alert_id), "'watchlist alerts' shows them")

    def alert_details(self, alert_ids: tuple[int, ...]) -> tuple[AlertDetail, ...]:
        """These alerts, in this order; those not on record are left out."""
        with self._reading() as connection:
            return _details(connection, alert_ids)

    def alert_counts(self) -> dict[AlertStatus, int]:
        """How many alerts stand at each status."""
        with self._reading() as connection:
            rows = connection.execute(select(alerts.c.status, func.count().label("n")).group_by(alerts.c.status))
            return {AlertStatus(row.status): row.n for row in rows}


def insert_alert(
    connection: Connection,
    mention: Mention,
    story_id: str,
    note: str | None,
    now: datetime,
    *,
    rolled_up: bool = False,
) -> Alert:
    """Open an alert on a stored mention, within the caller's transaction."""
    values: dict[str, Any] = {
        "entity_id": mention.entity_id,
        "story_id": story_id,
        "article_id": mention.article_id,
        "mention_id": mention.id,
        "status": AlertStatus.OPEN,
        "opened_at": now,
        "note": note,
        "rolled_up": rolled_up,
    }
    return Alert(id=insert_one(connection, insert(alerts).values(values)), **values)


def _details(connection: Connection, alert_ids: tuple[int, ...]) -> tuple[AlertDetail, ...]:
    found: dict[int, AlertDetail] = {}
    for part in chunks(alert_ids):
        rows = connection.execute(_selection().where(alerts.c.id.in_(part))).all()
        wanted = {row.entity_id for row in rows}
        described = {entity.id: entity for entity in read_entities(connection, entities.c.id.in_(wanted))}
        also = {id: tuple(other for _, other in read_group(connection, id) if other.id != id) for id in wanted}
        states = read_page_states(connection, {row.article_id for row in rows})
        stories = read_stories(connection, [row.alert_id for row in rows])
        found |= {
            row.alert_id: replace(
                _from_row(row, described[row.entity_id], also[row.entity_id]),
                page=states.get(row.article_id),
                story=stories.get(row.alert_id, Story(row.story_id)),
            )
            for row in rows
        }
    return tuple(found[id] for id in alert_ids if id in found)


def _selection() -> Select[Any]:
    return (
        select(
            mentions,
            alerts.c.id.label("alert_id"),
            alerts.c.story_id,
            alerts.c.status,
            alerts.c.opened_at,
            alerts.c.note,
            alerts.c.rolled_up,
            articles.c.title.label("article_title"),
            articles.c.url.label("article_url"),
            articles.c.published_at.label("article_published_at"),
            lists.c.title.label("list_title"),
            func.coalesce(feeds.c.title, feeds.c.url).label("feed_title"),
        )
        .join(mentions, mentions.c.id == alerts.c.mention_id)
        .join(articles, articles.c.id == alerts.c.article_id)
        .join(entities, entities.c.id == alerts.c.entity_id)
        .join(lists, lists.c.id == entities.c.list_id)
        .outerjoin(feeds, feeds.c.id == articles.c.feed_id)
    )


def _from_row(row: AnyRow, entity: Entity, also: tuple[Entity, ...]) -> AlertDetail:
    mention = mention_from_row(row)
    return AlertDetail(
        alert=Alert(
            id=row.alert_id,
            entity_id=mention.entity_id,
            story_id=row.story_id,
            article_id=mention.article_id,
            mention_id=mention.id,
            status=AlertStatus(row.status),
            opened_at=row.opened_at,
            note=row.note,
            rolled_up=row.rolled_up,
        ),
        mention=mention,
        entity=entity,
        list_title=row.list_title,
        article_title=row.article_title,
        article_url=row.article_url,
        article_published_at=row.article_published_at,
        feed_title=row.feed_title,
        also=also,
    )
