"""What was dismissed stays dismissed: what a scan finds is held to the suppressions, and a dismissal makes one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, select, update

from watchlist.alerts.suppress import FoundAt, Ruling, covers, rule, suppression_of
from watchlist.model import Act, Action, AlertStatus, Article, Entity, Judgement, Mention, Reach, Suppression
from watchlist.storage.database.rows import AnyRow, dialect_of
from watchlist.storage.database.tables import alerts, articles, entities, held_back, mentions, suppressions
from watchlist.storage.found.judged.judgements import judge
from watchlist.storage.found.judged.wanted import of_subject
from watchlist.storage.found.mentions import mention_from_row
from watchlist.storage.listed.entities import read_entities
from watchlist.storage.listed.succession import successors
from watchlist.storage.listed.suppressions import (
    counted_suppressions,
    end_suppressions,
    keep_suppression,
    suppression_from_row,
)

_OF_ARTICLE = (
    articles.c.feed_id,
    articles.c.title.label("article_title"),
    articles.c.text.label("article_text"),
    articles.c.lang.label("article_lang"),
)


def sift(
    connection: Connection, found: Iterable[Mention], article: Article, story_id: str, now: datetime
) -> Iterator[tuple[Mention, str | None]]:
    """Those of these mentions that nothing holds back, with why they come back where they had been dismissed.

    What is held back is kept, and a suppression that is over is ended, within the caller's transaction.
    """
    for mention in found:
        known = _about(connection, mention)
        place = FoundAt(mention, story_id, article.feed_id, f"{article.title}\n{article.text}", article.lang)
        held, back = _hold(connection, place, known, now) if known else (False, None)
        if not held:
            yield mention, back


def comes_back(connection: Connection, mention: Mention, article: Article, story_id: str, now: datetime) -> bool:
    """Whether a mention was dismissed before and there is more to it now; nothing is written."""
    known = _about(connection, mention)
    place = FoundAt(mention, story_id, article.feed_id, f"{article.title}\n{article.text}", article.lang)
    rulings = _rulings(connection, place, known, now) if known else []
    return bool(rulings) and all(ruling.back is not None for ruling in rulings)


def dismiss(connection: Connection, done: Sequence[Judgement], act: Act, now: datetime) -> tuple[Judgement, ...]:
    """Make of a dismissal what it is to hold back from now on; return what it closed beside its own alerts."""
    scope = act.scope
    if scope is None:
        return ()
    closed: list[Judgement] = []
    for judgement in done:
        _end_of_alerts(connection, [judgement.alert_id], "dismissed again", now, judgement.act)
        place = _place_of(connection, judgement.alert_id)
        kept = _suppress(connection, place, judgement, act, scope, now)
        if act.close_similar:
            like = _open_like(connection, kept, place.mention, now)
            why = act.why or f"like alert {judgement.alert_id}"
            closed += judge(connection, like, Act(Action.DISMISS, act.by, why), now, judgement.act)
    return tuple(closed)


def lift(connection: Connection, done: Sequence[Judgement], act: Act, now: datetime) -> None:
    """End what dismissals of these alerts hold back: they were found to be something else."""
    if not done:
        return
    numbers = [judgement.alert_id for judgement in done]
    _end_of_alerts(connection, numbers, f"its alert was judged anew by {act.by}", now, done[0].act)
    if act.action is not Action.CONFIRM:
        return
    # Of what is true once, the like must not be held back.
    for judgement in done:
        place = _place_of(connection, judgement.alert_id)
        known = [each for each in _about(connection, place.mention) if each.scope is Reach.SURFACE]
        for ruling in _rulings(connection, place, known, now):
            why = f"alert {judgement.alert_id}, which is of the kind, was confirmed by {act.by}"
            end_suppressions(connection, suppressions.c.id == ruling.suppression.id, why, now, judgement.act)


def take_back_dismissals(connection: Connection, act: str, by: str, now: datetime) -> None:
    """Undo what an act did to suppressions: end what it made, and have hold again what it ended."""
    end_suppressions(connection, suppressions.c.act == act, f"undone by {by}", now)
    again = {"ended_at": None, "ended_why": None, "ended_by_act": None}
    connection.execute(update(suppressions).where(suppressions.c.ended_by_act == act).values(**again))


def _about(connection: Connection, mention: Mention) -> tuple[Suppression, ...]:
    """The suppressions that hold for a mention's subject, under whichever of its entries."""
    subject = of_subject(suppressions.c.entity_id, entities.c.id.in_(mention.listings))
    statement = counted_suppressions().where(suppressions.c.ended_at.is_(None), subject)
    return tuple(suppression_from_row(row) for row in connection.execute(statement.order_by(suppressions.c.id)))


def _hold(
    connection: Connection, place: FoundAt, known: Sequence[Suppression], now: datetime
) -> tuple[bool, str | None]:
    """Whether a mention is held back; else why it comes back, None where such a one was never dismissed."""
    rulings = _rulings(connection, place, known, now)
    for ruling in rulings:
        if ruling.back is None:
            row = {"suppression_id": ruling.suppression.id, "mention_id": place.mention.id, "at": now}
            statement = dialect_of(connection).insert(held_back).on_conflict_do_nothing()
            connection.execute(statement, [row])
            return True, None
    for ruling in rulings:
        if ruling.ends:
            end_suppressions(connection, suppressions.c.id == ruling.suppression.id, f"over: {ruling.back}", now)
    return False, "; ".join(ruling.back for ruling in rulings if ruling.back) or None


def _rulings(connection: Connection, place: FoundAt, known: Sequence[Suppression], now: datetime) -> list[Ruling]:
    """What those of these suppressions say of a mention that are about it."""
    said = _said_of(connection, {each.entity_id for each in known})
    return [ruling for each in known if (ruling := rule(each, place, said.get(each.entity_id), now))]


def _suppress(
    connection: Connection, place: FoundAt, judgement: Judgement, act: Act, scope: Reach, now: datetime
) -> Suppression:
    """Store what a dismissal holds back, unless another does so already; return whichever does.

    It takes the place of those that hold back no more than it does.
    """
    named = place.mention.entity_id
    # The list may know it under another id by now.
    entity_id = successors(connection, [named]).get(named, named)
    made = suppression_of(judgement.alert_id, place, _said_of(connection, {entity_id})[entity_id], act, scope, now)
    known = _about(connection, place.mention)
    for each in known:
        if covers(each, made):
            return each
    kept = replace(made, id=keep_suppression(connection, made, judgement.act))
    lesser = [each.id for each in known if covers(kept, each)]
    if lesser:
        why = f"suppression {kept.id} took its place"
        end_suppressions(connection, suppressions.c.id.in_(lesser), why, now, judgement.act)
    return kept


def would_hold(
    connection: Connection, alert_id: int, act: Act, limit: int, now: datetime
) -> tuple[tuple[int, ...], int]:
    """Which alerts of its subject a dismissal of one would have held back, of the latest so many; writes nothing.

    The second is how many others there are to look through, that many at most.
    """
    place = _place_of(connection, alert_id)
    named = place.mention.entity_id
    entity_id = successors(connection, [named]).get(named, named)
    entity = _said_of(connection, {entity_id})[entity_id]
    made = suppression_of(alert_id, place, entity, act, act.scope or Reach.SURFACE, now)
    like, looked_through = _like(connection, made, place.mention, now, alerts.c.id != alert_id, limit=limit)
    return tuple(like), looked_through


def _open_like(connection: Connection, kept: Suppression, mention: Mention, now: datetime) -> list[int]:
    """The alerts of the subject that are not closed and that the suppression would have held back."""
    return _like(connection, kept, mention, now, alerts.c.status != AlertStatus.CLOSED)[0]


def _like(
    connection: Connection,
    kept: Suppression,
    mention: Mention,
    now: datetime,
    which: ColumnElement[bool],
    limit: int | None = None,
) -> tuple[list[int], int]:
    """The alerts of the subject that it would have held back, and of how many."""
    statement = (
        select(mentions, alerts.c.id.label("alert_id"), alerts.c.story_id, *_OF_ARTICLE)
        .join(mentions, mentions.c.id == alerts.c.mention_id)
        .join(articles, articles.c.id == alerts.c.article_id)
        .where(which, of_subject(alerts.c.entity_id, entities.c.id.in_(mention.listings)))
        .order_by(alerts.c.opened_at.desc(), alerts.c.id.desc())
        .limit(limit)
    )
    like, looked_through = [], 0
    for row in connection.execute(statement):
        looked_through += 1
        place = _place(row)
        ruling = rule(kept, place, None, now)
        if ruling is not None and ruling.back is None:
            like.append(row.alert_id)
    return like, looked_through


def _place_of(connection: Connection, alert_id: int) -> FoundAt:
    statement = (
        select(mentions, alerts.c.story_id, *_OF_ARTICLE)
        .join(mentions, mentions.c.id == alerts.c.mention_id)
        .join(articles, articles.c.id == alerts.c.article_id)
        .where(alerts.c.id == alert_id)
    )
    return _place(connection.execute(statement).one())


def _place(row: AnyRow) -> FoundAt:
    return FoundAt(
        mention_from_row(row), row.story_id, row.feed_id, f"{row.article_title}\n{row.article_text}", row.article_lang
    )


def _said_of(connection: Connection, entity_ids: Iterable[str]) -> dict[str, Entity]:
    """What the lists say of these entities, those that stand there still or not."""
    return {entity.id: entity for entity in read_entities(connection, entities.c.id.in_(list(entity_ids)))}


def _end_of_alerts(connection: Connection, alert_ids: Sequence[int], why: str, now: datetime, act: str) -> None:
    end_suppressions(connection, suppressions.c.alert_id.in_(alert_ids), why, now, act)
