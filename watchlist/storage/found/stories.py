"""Stories as rows: which of a subject's an article may join, and the articles that stand with an alert."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, and_, func, not_, or_, select

from watchlist.alerts.frequent import BACKLOG, day_of, is_rolled_up
from watchlist.alerts.story.join import COPY_WINDOW, EVENT_WINDOW, KnownStory
from watchlist.alerts.story.signature import Signature, told_at
from watchlist.model import Article, Frequent, Relation, Story, StoryArticle
from watchlist.storage.database.rows import chunks, upsert
from watchlist.storage.database.tables import (
    alerts,
    articles,
    entities,
    entity_groups,
    feeds,
    story_articles,
    story_prints,
)
from watchlist.storage.found.signatures import read_signatures
from watchlist.text.sites import site_of

#: The most articles that one is compared with for having prints in common, those with most of them first.
_MOST_COPIED: Final = 20
#: The most articles it is compared with for having been told at the time, the nearest first.
_MOST_TOLD: Final = 300


def add_to_story(
    connection: Connection, alert: tuple[int, str], article: Article, how: tuple[Relation, str], now: datetime
) -> None:
    """Put an article with an alert; one that stands there already stays as it is, but for when it was told.

    ``alert`` is its number and its entity, ``how`` the relation of the article and the reason for it.
    """
    row = {
        "alert_id": alert[0],
        "article_id": article.id,
        "entity_id": alert[1],
        "told_at": told_at(article),
        "relation": how[0],
        "reason": how[1],
        "joined_at": now,
    }
    upsert(connection, story_articles, [row], ["alert_id", "article_id"], keep=("relation", "reason", "joined_at"))


def entries_of(connection: Connection, entity_ids: Collection[str]) -> frozenset[str]:
    """The ids under which a subject may have alerts: these entries, those one with them, and what each was before."""
    groups = select(entity_groups.c.group_id).where(entity_groups.c.entity_id.in_(entity_ids))
    members = select(entity_groups.c.entity_id).where(entity_groups.c.group_id.in_(groups))
    found = frozenset(entity_ids) | frozenset(connection.execute(members).scalars())
    before = select(entities.c.id).where(entities.c.succeeded_by.in_(found))
    return found | frozenset(connection.execute(before).scalars())


def known_stories(connection: Connection, new: Signature, entity_ids: Collection[str]) -> tuple[KnownStory, ...]:
    """The stories of a subject that an article may be of: told at the time, or with some of the same runs of words."""
    rows = _told_near(connection, new, entity_ids) + _copied(connection, new, entity_ids)
    members: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for alert_id, article_id in rows:
        members[alert_id][article_id] = None
    signatures = read_signatures(connection, {id for some in members.values() for id in some})
    began = _beginnings(connection, members)
    return tuple(
        KnownStory(
            alert_id,
            began[alert_id],
            tuple(sorted((signatures[id] for id in some if id in signatures), key=lambda each: each.told_at)),
        )
        for alert_id, some in members.items()
        if alert_id in began
    )


def is_frequent(connection: Connection, entity_ids: Collection[str], frequent: Frequent, now: datetime) -> bool:
    """Whether the next alert of a subject is to be told in short."""
    day = day_of(now)
    old = or_(articles.c.published_at.is_(None), articles.c.published_at < day - BACKLOG)
    today = (
        select(func.count())
        .select_from(alerts.join(articles, articles.c.id == alerts.c.article_id))
        # What the first reading of a feed brings of before is no news of the day.
        # And what was opened by a clock that was ahead is no news of today.
        .where(
            alerts.c.entity_id.in_(entity_ids),
            alerts.c.opened_at >= day,
            alerts.c.opened_at < day + timedelta(days=1),
            not_(and_(articles.c.first_reading, old)),
        )
    )
    return is_rolled_up(entity_ids, connection.execute(today).scalar_one(), frequent)


def read_stories(connection: Connection, alert_ids: Iterable[int]) -> dict[int, Story]:
    """The story of each alert: the article that opened it first, then the others as they came."""
    found: dict[int, list[StoryArticle]] = defaultdict(list)
    ids: dict[int, str] = {}
    for part in chunks(alert_ids):
        statement = (
            select(
                alerts.c.story_id,
                story_articles,
                articles.c.title,
                articles.c.url,
                articles.c.published_at,
                func.coalesce(feeds.c.title, feeds.c.url).label("source"),
            )
            .join(story_articles, story_articles.c.alert_id == alerts.c.id)
            .join(articles, articles.c.id == story_articles.c.article_id)
            .outerjoin(feeds, feeds.c.id == articles.c.feed_id)
            .where(alerts.c.id.in_(part))
            .order_by(
                story_articles.c.alert_id,
                story_articles.c.joined_at,
                story_articles.c.told_at,
                story_articles.c.article_id,
            )
        )
        for row in connection.execute(statement):
            ids[row.alert_id] = row.story_id
            found[row.alert_id].append(
                StoryArticle(
                    id=row.article_id,
                    title=row.title,
                    url=row.url,
                    source=row.source or site_of(row.url),
                    published_at=row.published_at,
                    relation=Relation(row.relation),
                    reason=row.reason,
                    joined_at=row.joined_at,
                )
            )
    return {
        id: Story(ids[id], tuple(sorted(some, key=lambda each: each.relation is not Relation.FIRST)))
        for id, some in found.items()
    }


def _told_near(connection: Connection, new: Signature, entity_ids: Collection[str]) -> list[tuple[int, str]]:
    """Articles of stories that began at the time; copies are left out, for they say what another says."""
    first, member = story_articles.alias("first"), story_articles
    statement = (
        select(member.c.alert_id, member.c.article_id, member.c.told_at)
        .join(first, first.c.alert_id == member.c.alert_id)
        .where(
            first.c.entity_id.in_(entity_ids),
            first.c.relation == Relation.FIRST,
            first.c.told_at.between(new.told_at - EVENT_WINDOW, new.told_at + EVENT_WINDOW),
            member.c.relation != Relation.COPY,
        )
    )
    rows = sorted(connection.execute(statement), key=lambda row: (abs(row.told_at - new.told_at), row.article_id))
    return [(row.alert_id, row.article_id) for row in rows[:_MOST_TOLD]]


def _copied(connection: Connection, new: Signature, entity_ids: Collection[str]) -> list[tuple[int, str]]:
    """Articles of the subject, copies too, with the most prints in common."""
    if not new.prints:
        return []
    # As an expression, so that no index is taken on it: there is more every day that was told of a subject, and few
    # articles have the same prints.
    entity_id = func.coalesce(story_articles.c.entity_id, "")
    statement = (
        select(story_articles.c.alert_id, story_articles.c.article_id)
        .join(story_prints, story_prints.c.article_id == story_articles.c.article_id)
        .where(
            story_prints.c.print.in_(new.prints),
            entity_id.in_(entity_ids),
            story_articles.c.told_at.between(new.told_at - COPY_WINDOW, new.told_at + COPY_WINDOW),
        )
        .group_by(story_articles.c.alert_id, story_articles.c.article_id)
        .order_by(func.count().desc(), story_articles.c.alert_id, story_articles.c.article_id)
        .limit(_MOST_COPIED)
    )
    return [(row.alert_id, row.article_id) for row in connection.execute(statement)]


def _beginnings(connection: Connection, alert_ids: Iterable[int]) -> dict[int, datetime]:
    found: dict[int, datetime] = {}
    for part in chunks(alert_ids):
        statement = select(story_articles.c.alert_id, story_articles.c.told_at).where(
            story_articles.c.alert_id.in_(part), story_articles.c.relation == Relation.FIRST
        )
        found.update({row.alert_id: row.told_at for row in connection.execute(statement)})
    return found
