"""What people decided opens no alerts: of an entity by hand, or by dismissing an alert; it stays with the entity."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, insert, or_, select, update

from watchlist.errors import NotFoundError
from watchlist.model import Context, ContextKind, Reach, Suppression
from watchlist.storage.database.rows import AnyRow, Rows, insert_one
from watchlist.storage.database.tables import held_back, suppressions


class SuppressionRows(Rows):
    """The suppressions."""

    def suppress(self, suppression: Suppression) -> int:
        """Keep a suppression of an entity by hand, in place of an earlier one of the same; return its number."""
        with self._writing() as connection:
            end_suppressions(connection, _by_hand(suppression.entity_id), "another one took its place", suppression.at)
            return keep_suppression(connection, suppression)

    def unsuppress(self, entity_id: str, now: datetime) -> None:
        """End every suppression that holds an entity back altogether; raises NotFoundError when there is none."""
        whole = and_(suppressions.c.entity_id == entity_id, suppressions.c.scope == Reach.SUBJECT)
        with self._writing() as connection:
            if not end_suppressions(connection, whole, "taken back", now):
                raise NotFoundError("suppression of", entity_id, "'watchlist entities suppressed' shows them")

    def suppressions(self, now: datetime | None = None) -> tuple[Suppression, ...]:
        """All suppressions, or those that hold now, the newest first, with how many mentions each has held back."""
        statement = counted_suppressions().order_by(suppressions.c.at.desc(), suppressions.c.id.desc())
        if now is not None:
            statement = statement.where(suppressions.c.ended_at.is_(None), _lasts(now))
        with self._reading() as connection:
            return tuple(suppression_from_row(row) for row in connection.execute(statement))

    def remove_suppression(self, number: int, by: str, now: datetime) -> Suppression:
        """End a suppression; what it held back stays on record. Raises NotFoundError when none of this number holds."""
        with self._writing() as connection:
            row = connection.execute(counted_suppressions().where(suppressions.c.id == number)).first()
            if row is None or not end_suppressions(connection, suppressions.c.id == number, f"removed by {by}", now):
                raise suppression_not_found(number)
            return suppression_from_row(row)


def keep_suppression(connection: Connection, suppression: Suppression, act: str | None = None) -> int:
    """Store a suppression, by the act that dismissed its alert; return its number."""
    values: dict[str, Any] = {
        "entity_id": suppression.entity_id,
        "scope": suppression.scope,
        "at": suppression.at,
        "until": suppression.until,
        "reason": suppression.reason,
        "by": suppression.by,
        "alert_id": suppression.alert_id,
        "act": act,
        "surface": suppression.surface,
        "kinds": sorted(suppression.context.kinds),
        "details": sorted(suppression.context.details),
        "feed_id": suppression.feed_id,
        "story_id": suppression.story_id,
        "evidence": None if suppression.evidence is None else sorted(suppression.evidence),
        "facts": None if suppression.facts is None else {key: list(each) for key, each in suppression.facts.items()},
    }
    return insert_one(connection, insert(suppressions).values(values))


def end_suppressions(
    connection: Connection, condition: ColumnElement[bool], why: str, now: datetime, act: str | None = None
) -> int:
    """End the suppressions that hold and are as ``condition`` says, by an act or not; return how many those were."""
    ended = {"ended_at": now, "ended_why": why, "ended_by_act": act}
    holding = suppressions.c.ended_at.is_(None)
    return connection.execute(update(suppressions).where(condition, holding).values(**ended)).rowcount


def suppression_from_row(row: AnyRow) -> Suppression:
    """A suppression as stored; the row holds the columns of `suppressions`, and how many mentions were ``held``."""
    return Suppression(
        entity_id=row.entity_id,
        at=row.at,
        until=row.until,
        reason=row.reason,
        id=row.id,
        scope=Reach(row.scope),
        by=row.by,
        alert_id=row.alert_id,
        surface=row.surface,
        context=Context(frozenset(map(ContextKind, row.kinds or ())), frozenset(row.details or ())),
        feed_id=row.feed_id,
        story_id=row.story_id,
        evidence=None if row.evidence is None else frozenset(row.evidence),
        facts=None if row.facts is None else {key: tuple(each) for key, each in row.facts.items()},
        ended_at=row.ended_at,
        ended_why=row.ended_why,
        held=row.held,
    )


def counted_suppressions() -> Select[Any]:
    """Suppressions with how many mentions each has ``held`` back."""
    count = select(func.count()).where(held_back.c.suppression_id == suppressions.c.id).scalar_subquery()
    return select(suppressions, count.label("held"))


def _by_hand(entity_id: str) -> ColumnElement[bool]:
    return and_(suppressions.c.entity_id == entity_id, suppressions.c.alert_id.is_(None))


def _lasts(now: datetime) -> ColumnElement[bool]:
    return or_(suppressions.c.until.is_(None), suppressions.c.until > now)


def suppression_not_found(number: int) -> NotFoundError:
    """There is none of this number, or it is over."""
    return NotFoundError("suppression that holds", str(number), "'watchlist suppressions' shows them")
