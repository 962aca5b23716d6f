"""Which alerts, or mentions kept for review, a filter wants: as conditions of a statement."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, Text, case, cast, or_, select

from watchlist.model import AlertFilter, AlertOrder, Severity
from watchlist.storage.database.tables import alerts, articles, entities, entity_groups, mentions
from watchlist.storage.database.tables.packed import plain_text

_RANK = {Severity.HIGH: 0, Severity.NORMAL: 1, Severity.LOW: 2}


def wanted_alerts(wanted: AlertFilter) -> Select[Any]:
    """The numbers of the alerts that a filter wants, in its order."""
    conditions = [*_of_triage(wanted), *_of_mention(wanted, alerts.c.entity_id, alerts.c.opened_at)]
    return (
        select(alerts.c.id)
        .join(mentions, mentions.c.id == alerts.c.mention_id)
        .join(articles, articles.c.id == alerts.c.article_id)
        .where(*conditions)
        .order_by(*_order(wanted.sort), alerts.c.opened_at.desc(), alerts.c.id.desc())
        .limit(wanted.limit)
    )


def of_mention(wanted: AlertFilter) -> list[ColumnElement[bool]]:
    """What a filter asks of a mention and its article, time included; for statements that have no alert."""
    return list(_of_mention(wanted, mentions.c.entity_id, mentions.c.found_at))


def of_subject(entity_id: Column[str], listed: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether an entity, or one that is one with it, is as this condition on ``entities`` says; under any id it had."""
    such = select(entities.c.id).where(listed)
    groups = select(entity_groups.c.group_id).where(entity_groups.c.entity_id.in_(such))
    members = select(entity_groups.c.entity_id).where(entity_groups.c.group_id.in_(groups))
    formerly = select(entities.c.id).where(or_(entities.c.succeeded_by.in_(such), entities.c.succeeded_by.in_(members)))
    return or_(entity_id.in_(such), entity_id.in_(members), entity_id.in_(formerly))


def _of_triage(wanted: AlertFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.statuses:
        yield alerts.c.status.in_(wanted.statuses)
    if wanted.severity is not None:
        yield alerts.c.severity == wanted.severity
    if wanted.assigned is not None:
        yield alerts.c.assigned == wanted.assigned


def _of_mention(wanted: AlertFilter, entity_id: Column[str], at: Column[Any]) -> Iterator[ColumnElement[bool]]:
    if wanted.list_id is not None:
        yield of_subject(entity_id, entities.c.list_id == wanted.list_id)
    if wanted.program is not None:
        # As it stands in the column, which is JSON.
        written = _escaped(json.dumps(wanted.program))
        yield of_subject(entity_id, cast(entities.c.programs, Text).ilike(f"%{written}%", escape="\\"))
    if wanted.entity_id is not None:
        yield of_subject(entity_id, entities.c.id == wanted.entity_id)
    if wanted.schema is not None:
        yield mentions.c.schema == wanted.schema
    if wanted.feed_id is not None:
        yield articles.c.feed_id == wanted.feed_id
    if wanted.min_score is not None:
        yield mentions.c.score >= wanted.min_score
    if wanted.text is not None:
        like = f"%{_escaped(wanted.text)}%"
        fields = (articles.c.title, plain_text(articles.c.text), mentions.c.caption, mentions.c.surface)
        yield or_(*(field.ilike(like, escape="\\") for field in fields))
    if wanted.since is not None:
        yield at >= wanted.since
    if wanted.until is not None:
        yield at < wanted.until


def _order(sort: AlertOrder) -> tuple[ColumnElement[Any], ...]:
    if sort is AlertOrder.SCORE:
        return (mentions.c.score.desc(),)
    if sort is AlertOrder.SEVERITY:
        return case(_RANK, value=alerts.c.severity), mentions.c.score.desc()
    return ()


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
