"""Alerts that were made of what was kept for review, and taken back: they are none any more, and stay on record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, select

from watchlist.errors import UsageError
from watchlist.model import Judgement, Relation
from watchlist.storage.database.tables import alerts, articles, story_articles
from watchlist.storage.found.stories import add_to_story
from watchlist.storage.news.articles import article_from_row
from watchlist.storage.queued.enqueue import take_out


def follow(connection: Connection, done: Sequence[Judgement], now: datetime) -> None:
    """Have the stories and the outbox follow judgements that make alerts of what was none, or take them back.

    Raises UsageError where an alert cannot be taken back, since more articles have joined its story.
    """
    for judgement in done:
        before, after = judgement.before.is_withdrawn, judgement.after.is_withdrawn
        if before and not after:
            _begin_story(connection, judgement.alert_id, now)
        elif after and not before:
            _end_story(connection, judgement.alert_id)
            take_out(connection, judgement.alert_id)


def _begin_story(connection: Connection, alert_id: int, now: datetime) -> None:
    entity_id = connection.execute(select(alerts.c.entity_id).where(alerts.c.id == alert_id)).scalar_one()
    row = connection.execute(
        select(articles).join(alerts, alerts.c.article_id == articles.c.id).where(alerts.c.id == alert_id)
    ).one()
    add_to_story(connection, (alert_id, entity_id), article_from_row(row), (Relation.FIRST, ""), now)


def _end_story(connection: Connection, alert_id: int) -> None:
    of_alert = story_articles.c.alert_id == alert_id
    joined = select(story_articles.c.article_id).where(of_alert, story_articles.c.relation != Relation.FIRST)
    if connection.execute(joined.limit(1)).first() is not None:
        hint = f"'watchlist alerts dismiss {alert_id}' closes it"
        raise UsageError(f"more articles have joined the story of alert {alert_id}, and nothing is undone; {hint}")
    connection.execute(delete(story_articles).where(of_alert))
