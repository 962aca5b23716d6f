"""What was kept for review: mentions in that band on which no alert was opened, and what people make of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Select, and_, exists, func, literal, or_, select, tuple_

from watchlist.errors import JudgedMeanwhileError, NotFoundError, UsageError
from watchlist.model import WITHDRAWN, Act, AlertDetail, AlertFilter, AlertOrder, Band, Judgement, SeverityRules
from watchlist.storage.database.conditions import withdrawn
from watchlist.storage.database.rows import Rows
from watchlist.storage.database.tables import alerts, articles, entity_groups, mentions, story_articles
from watchlist.storage.found.alerts import NewAlert, insert_alert, read_kept
from watchlist.storage.found.judged.acts import perform
from watchlist.storage.found.judged.wanted import of_mention
from watchlist.storage.found.mentions import mention_from_row
from watchlist.storage.found.signatures import sign, store_signature
from watchlist.storage.news.articles import article_from_row
from watchlist.storage.queued.enqueue import enqueue, is_told


class ReviewRows(Rows):
    """The mentions kept for review."""

    def find_kept(self, wanted: AlertFilter) -> tuple[AlertDetail, ...]:
        """The mentions kept for review that a filter wants, in its order, told like alerts; each has the number 0."""
        with self._reading() as connection:
            ids = connection.execute(_kept(connection, wanted)).scalars().all()
            return read_kept(connection, ids)

    def kept(self, mention_ids: Sequence[str]) -> tuple[AlertDetail, ...]:
        """These mentions kept for review, each by the beginning of its id; raises NotFoundError, UsageError."""
        with self._reading() as connection:
            return read_kept(connection, [_whole(connection, id) for id in mention_ids])

    def judge_kept(
        self,
        mention_ids: Sequence[str],
        act: Act,
        now: datetime,
        *,
        channels: Sequence[str] = (),
        max_per_message: int = 1,
        rules: SeverityRules | None = None,
    ) -> tuple[Judgement, ...]:
        """Open an alert on each of these mentions and do something with it, all or none; return what was kept.

        The alerts are told on these channels. Where the subject has an alert in the story meanwhile, that is judged.
        Raises NotFoundError, UsageError for the beginning of several ids, and JudgedMeanwhileError where the act says
        what was seen, and somebody made something of one since.
        """
        with self._writing() as connection:
            found = [_whole(connection, id) for id in mention_ids]
            if act.seen is not None:
                _refuse_judged(connection, found, act.seen)
            ids = [_raise(connection, id, now, rules) for id in found]
            kept = perform(connection, ids, act, now)
            # One that was opened, told and taken back is not told again.
            new = [each.alert_id for each in kept if each.before.is_withdrawn and not each.after.is_withdrawn]
            untold = [id for id in new if not is_told(connection, id)]
            for channel in channels:
                enqueue(connection, channel, untold, max_per_message, now)
        return kept


def _at(connection: Connection, after: str | None) -> tuple[Any, ...]:
    """Where the mention stands after which a page begins: its score, when it was found, its id."""
    if after is None:
        return ()
    whole = _whole(connection, after)
    row = connection.execute(select(mentions.c.score, mentions.c.found_at).where(mentions.c.id == whole)).one()
    return row.score, row.found_at, whole


def _kept(connection: Connection, wanted: AlertFilter) -> Select[Any]:
    after = _at(connection, wanted.after)
    # A subject that has an alert which the article stands with needs no second look there.
    there = story_articles.c.article_id == mentions.c.article_id
    own, theirs = entity_groups.alias(), entity_groups.alias()
    one = select(own.c.entity_id).join(theirs, theirs.c.group_id == own.c.group_id)
    told = exists().where(story_articles.c.entity_id == mentions.c.entity_id, there)
    one = one.where(theirs.c.entity_id == mentions.c.entity_id)
    told_of_another = exists().where(story_articles.c.entity_id.in_(one), there)
    order: tuple[Column[Any], ...] = (mentions.c.score, mentions.c.found_at, mentions.c.id)
    if wanted.sort is AlertOrder.TIME:
        order, after = order[1:], after[1:]
    statement = (
        select(mentions.c.id)
        .join(articles, articles.c.id == mentions.c.article_id)
        .where(mentions.c.band == Band.REVIEW, ~told, ~told_of_another, *of_mention(connection, wanted))
        .order_by(*(column.desc() for column in order))
        .limit(wanted.limit)
    )
    if after:
        here = (literal(value, column.type) for value, column in zip(after, order, strict=True))
        statement = statement.where(tuple_(*order) < tuple_(*here))
    return statement


def _whole(connection: Connection, beginning: str) -> str:
    """The id of the one mention whose id begins so."""
    statement = select(mentions.c.id).where(mentions.c.id.startswith(beginning, autoescape=True)).limit(2)
    found: Sequence[str] = connection.execute(statement).scalars().all()
    if not found:
        raise NotFoundError("mention", beginning, "'watchlist alerts --band review' shows what was kept for review")
    if len(found) > 1:
        raise UsageError(f"several mentions begin with {beginning!r}: give more of the id")
    return found[0]


def _refuse_judged(connection: Connection, mention_ids: Sequence[str], seen: Mapping[int, int]) -> None:
    there = select(alerts.c.id).where(alerts.c.mention_id.in_(mention_ids), ~withdrawn).order_by(alerts.c.id)
    if judged := [id for id in connection.execute(there).scalars() if id not in seen]:
        raise JudgedMeanwhileError(tuple(judged))


def _raise(connection: Connection, mention_id: str, now: datetime, rules: SeverityRules | None) -> int:
    """The alert on a mention; a new one counts as taken back, until it is judged."""
    row = connection.execute(select(mentions).where(mentions.c.id == mention_id)).one()
    mention = mention_from_row(row)
    told = func.coalesce(articles.c.story_id, articles.c.id)
    story_id = connection.execute(select(told).where(articles.c.id == mention.article_id)).scalar_one()
    there = connection.execute(
        select(alerts.c.id).where(
            or_(
                alerts.c.mention_id == mention_id,
                and_(alerts.c.entity_id == mention.entity_id, alerts.c.story_id == story_id),
            )
        )
    ).scalar()
    if there is not None:
        return int(there)
    new = NewAlert(mention, story_id, "opened from review", rules=rules, status=WITHDRAWN.status)
    row = connection.execute(select(articles).where(articles.c.id == mention.article_id)).one()
    article = article_from_row(row)
    store_signature(connection, article, sign(connection, article)[0])
    return insert_alert(connection, new, now).id
