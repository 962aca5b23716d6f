"""Which alerts, or mentions kept for review, a filter wants: as conditions of a statement."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, Text, cast, func, literal, or_, select, tuple_
from sqlalchemy.sql import visitors

from watchlist.errors import NotFoundError
from watchlist.model import AlertFilter, AlertOrder, Severity
from watchlist.storage.database.search import FoundByWords, of_text
from watchlist.storage.database.tables import alerts, articles, entities, entity_groups, mentions
from watchlist.storage.database.tables.packed import plain_text

#: The gravest first.
_GRAVITY = (Severity.HIGH, Severity.NORMAL, Severity.LOW)


def read_wanted(
    connection: Connection, wanted: AlertFilter, words: FoundByWords | None = None, *, backwards: bool = False
) -> list[int]:
    """The numbers of the alerts that a filter wants, in its order or from its end, up to its limit.

    ``words`` is what `found_by_words` says of it, where that was asked for before.
    """
    words = words or found_by_words(connection, wanted)
    place = _place(connection, int(wanted.after)) if wanted.after is not None else None
    if wanted.sort is not AlertOrder.SEVERITY:
        return list(connection.execute(_part(wanted, words, place, backwards)).scalars())
    # Those of each severity lie in order in an index; all of them together would have to be sorted.
    order = tuple(reversed(_GRAVITY)) if backwards else _GRAVITY
    found: list[int] = []
    for severity in order if wanted.severity is None else (wanted.severity,):
        if place is not None and order.index(severity) < order.index(place.severity):
            continue
        left = wanted.limit - len(found) if wanted.limit is not None else None
        if left == 0:
            break
        part = replace(wanted, severity=severity, limit=left)
        begin = place if place is not None and severity is place.severity else None
        found += connection.execute(_part(part, words, begin, backwards)).scalars()
    return found


def found_by_words(connection: Connection, wanted: AlertFilter) -> FoundByWords | None:
    """Which alerts have the words that a filter wants; None where it wants none. It is looked for once."""
    return _by_words(connection, wanted, _ALERT)


def count_wanted(
    connection: Connection, wanted: AlertFilter, words: FoundByWords | None, most: int, beyond: int | None = None
) -> int:
    """How many alerts a filter wants, up to a bound; where given, those with a number ``beyond`` this one alone."""

    def count(chosen: Select[Any]) -> int:
        if beyond is not None:
            chosen = chosen.where(alerts.c.id > beyond)
        return connection.execute(select(func.count()).select_from(chosen.limit(most).subquery())).scalar_one()

    if words is not None and words.some is not None:
        # Often that is enough to know that there are as many.
        some = words.some.subquery()
        known = count(_chosen_alerts(wanted, None).join(some, some.c.article_id == alerts.c.article_id))
        if known == most:
            return most
    return count(_chosen_alerts(wanted, words.condition if words is not None else None))


def _chosen_alerts(wanted: AlertFilter, found: ColumnElement[bool] | None) -> Select[Any]:
    """The numbers of the alerts that a filter wants, in no order and all of them."""
    of_triage = list(_of_triage(wanted))
    asked = [*_of_mention(wanted, _ALERT), *([] if found is None else [found])]
    named = {column.table for condition in asked for column in _columns(condition)}
    statement = select(alerts.c.id)
    # What is not asked for is not read.
    if mentions in named:
        statement = statement.join(mentions, mentions.c.id == alerts.c.mention_id)
    if articles in named:
        statement = statement.join(articles, articles.c.id == alerts.c.article_id)
    return statement.where(*of_triage, *asked)


@dataclass(frozen=True, slots=True)
class _AlertPlace:
    """Where an alert stands in every order."""

    id: int
    opened_at: datetime
    severity: Severity
    score: float


def _place(connection: Connection, alert_id: int) -> _AlertPlace:
    columns = (alerts.c.id, alerts.c.opened_at, alerts.c.severity, alerts.c.score)
    row = connection.execute(select(*columns).where(alerts.c.id == alert_id)).first()
    if row is None:
        raise NotFoundError("alert", str(alert_id), "begin at the first page again")
    return _AlertPlace(row.id, row.opened_at, Severity(row.severity), row.score)


def _part(wanted: AlertFilter, words: FoundByWords | None, place: _AlertPlace | None, backwards: bool) -> Select[Any]:
    """What a filter wants beyond a place, in its order but for severities, which are all the same."""
    columns: tuple[Column[Any], ...] = (alerts.c.opened_at, alerts.c.id)
    if wanted.sort is AlertOrder.SCORE:
        columns = (alerts.c.score, *columns)
    statement = _chosen_alerts(wanted, words.condition if words is not None else None).limit(wanted.limit)
    statement = statement.order_by(*(column.asc() if backwards else column.desc() for column in columns))
    if place is None:
        return statement
    values: tuple[Any, ...] = (place.opened_at, place.id)
    if wanted.sort is AlertOrder.SCORE:
        values = (place.score, *values)
    here = tuple_(*(literal(value, column.type) for value, column in zip(values, columns, strict=True)))
    return statement.where(tuple_(*columns) > here if backwards else tuple_(*columns) < here)


def of_mention(connection: Connection, wanted: AlertFilter) -> list[ColumnElement[bool]]:
    """What a filter asks of a mention and its article, time included; for statements that have no alert."""
    words = _by_words(connection, wanted, _MENTION)
    return [*_of_mention(wanted, _MENTION), *([] if words is None else [words.condition])]


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


@dataclass(frozen=True, slots=True)
class _AskedOf:
    """What a statement is about: the columns that say of whom, where and when."""

    entity_id: Column[str]
    article_id: Column[str]
    at: Column[Any]


_ALERT = _AskedOf(alerts.c.entity_id, alerts.c.article_id, alerts.c.opened_at)
_MENTION = _AskedOf(mentions.c.entity_id, mentions.c.article_id, mentions.c.found_at)


def _columns(condition: ColumnElement[bool]) -> Iterator[Column[Any]]:
    """The columns that a condition names."""
    for element in visitors.iterate(condition):
        if isinstance(element, Column):
            yield element


def _by_words(connection: Connection, wanted: AlertFilter, about: _AskedOf) -> FoundByWords | None:
    if wanted.text is None:
        return None
    found = of_text(connection, wanted.text, about.article_id, partial(of_subject, about.entity_id))
    return found or FoundByWords(_like(wanted.text))


def _of_mention(wanted: AlertFilter, about: _AskedOf) -> Iterator[ColumnElement[bool]]:
    entity_id, at = about.entity_id, about.at
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
    if wanted.since is not None:
        yield at >= wanted.since
    if wanted.until is not None:
        yield at < wanted.until


def _like(words: str) -> ColumnElement[bool]:
    """Where there is no full-text search, or not of everything yet."""
    like = f"%{_escaped(words)}%"
    fields = (articles.c.title, plain_text(articles.c.text), mentions.c.caption, mentions.c.surface)
    return or_(*(field.ilike(like, escape="\\") for field in fields))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
