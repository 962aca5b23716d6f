"""What was held back, by suppressions, and by silences: these open alerts that nobody is told of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select, update

from watchlist.errors import NotFoundError
from watchlist.model import Alert, HeldBack, Silence, Suppression
from watchlist.storage.database.rows import AnyRow, Rows, insert_one
from watchlist.storage.database.tables import alerts, articles, entities, held_back, mentions, silenced, silences
from watchlist.storage.database.tables import suppressions as suppressions_table
from watchlist.storage.found.judged.wanted import of_subject
from watchlist.storage.listed.suppressions import counted_suppressions, suppression_from_row, suppression_not_found

_ABOUT = (mentions.c.caption, mentions.c.surface, mentions.c.score, articles.c.title, articles.c.url)


class HeldRows(Rows):
    """What is held back."""

    def suppression(self, number: int) -> tuple[Suppression, tuple[HeldBack, ...]]:
        """One suppression, and the mentions it has held back, the latest first; raises NotFoundError."""
        statement = (
            select(held_back.c.at, mentions.c.id.label("mention_id"), alerts.c.id.label("alert_id"), *_ABOUT)
            .join(mentions, mentions.c.id == held_back.c.mention_id)
            .join(articles, articles.c.id == mentions.c.article_id)
            .outerjoin(alerts, alerts.c.mention_id == mentions.c.id)
            .where(held_back.c.suppression_id == number)
            .order_by(held_back.c.at.desc(), mentions.c.id)
        )
        with self._reading() as connection:
            row = connection.execute(counted_suppressions().where(suppressions_table.c.id == number)).first()
            if row is None:
                raise suppression_not_found(number)
            return suppression_from_row(row), tuple(_held(each) for each in connection.execute(statement))

    def add_silence(self, silence: Silence) -> int:
        """Keep a silence; return its number."""
        values = {
            "entity_id": silence.entity_id,
            "list_id": silence.list_id,
            "at": silence.at,
            "until": silence.until,
            "reason": silence.reason,
            "by": silence.by,
        }
        with self._writing() as connection:
            return insert_one(connection, insert(silences).values(values))

    def silences(self, now: datetime | None = None) -> tuple[Silence, ...]:
        """All silences, or those that hold now, the newest first, with how many alerts were not told for each."""
        statement = _counted().order_by(silences.c.id.desc())
        if now is not None:
            statement = statement.where(silences.c.ended_at.is_(None), silences.c.until > now)
        with self._reading() as connection:
            return tuple(_silence(row) for row in connection.execute(statement))

    def silence(self, number: int) -> tuple[Silence, tuple[HeldBack, ...]]:
        """One silence, and the alerts that were not told for it, the latest first; raises NotFoundError."""
        statement = (
            select(silenced.c.at, mentions.c.id.label("mention_id"), alerts.c.id.label("alert_id"), *_ABOUT)
            .join(alerts, alerts.c.id == silenced.c.alert_id)
            .join(mentions, mentions.c.id == alerts.c.mention_id)
            .join(articles, articles.c.id == alerts.c.article_id)
            .where(silenced.c.silence_id == number)
            .order_by(silenced.c.at.desc(), alerts.c.id.desc())
        )
        with self._reading() as connection:
            row = connection.execute(_counted().where(silences.c.id == number)).first()
            if row is None:
                raise _not_found(number)
            return _silence(row), tuple(_held(each) for each in connection.execute(statement))

    def silence_over(self, alert_id: int, now: datetime) -> Silence | None:
        """The silence that an alert would fall into if it opened now."""
        with self._reading() as connection:
            number = quiet_now(connection, [alert_id], now).get(alert_id)
            if number is None:
                return None
            return _silence(connection.execute(_counted().where(silences.c.id == number)).one())

    def remove_silence(self, number: int, now: datetime) -> Silence:
        """End a silence; raises NotFoundError when none of this number holds."""
        holding = silences.c.id == number, silences.c.ended_at.is_(None)
        with self._writing() as connection:
            if not connection.execute(update(silences).where(*holding).values(ended_at=now)).rowcount:
                raise _not_found(number)
            return _silence(connection.execute(_counted().where(silences.c.id == number)).one())


def quiet_now(connection: Connection, alert_ids: Sequence[int], now: datetime) -> dict[int, int]:
    """Which of these alerts would fall into a silence now, and into which, the earliest."""
    holding = select(silences).where(silences.c.ended_at.is_(None), silences.c.until > now).order_by(silences.c.id)
    quiet: dict[int, int] = {}
    for silence in connection.execute(holding).all():
        of_list, entity_id = silence.list_id, silence.entity_id
        falls = _of_list(connection, of_list, alert_ids) if of_list else _of(connection, entity_id, alert_ids)
        for id in falls:
            quiet.setdefault(id, silence.id)
    return quiet


def not_silenced(connection: Connection, opened: Sequence[Alert], now: datetime) -> tuple[Alert, ...]:
    """Those of these new alerts that are to be told; for the others it is kept which silence they fell into."""
    if not opened:
        return ()
    quiet = quiet_now(connection, [alert.id for alert in opened], now)
    rows = [{"silence_id": silence, "alert_id": id, "at": now} for id, silence in quiet.items()]
    if rows:
        connection.execute(insert(silenced), rows)
    return tuple(alert for alert in opened if alert.id not in quiet)


def read_silenced(connection: Connection, alert_ids: Sequence[int]) -> dict[int, int]:
    """For which silence nobody was told of these alerts; those that were to be told are left out."""
    statement = select(silenced.c.alert_id, silenced.c.silence_id).where(silenced.c.alert_id.in_(alert_ids))
    return {row.alert_id: row.silence_id for row in connection.execute(statement)}


def _of(connection: Connection, entity_id: str, alert_ids: Sequence[int]) -> Iterable[int]:
    """Which of these alerts are of an entity, on whichever list."""
    subject = of_subject(alerts.c.entity_id, entities.c.id == entity_id)
    return connection.execute(select(alerts.c.id).where(alerts.c.id.in_(alert_ids), subject)).scalars()


def _of_list(connection: Connection, list_id: str, alert_ids: Sequence[int]) -> Iterable[int]:
    """Which of these alerts are of subjects that stand on this list and on no other."""
    statement = (
        select(alerts.c.id, alerts.c.entity_id, mentions.c.listings)
        .join(mentions, mentions.c.id == alerts.c.mention_id)
        .where(alerts.c.id.in_(alert_ids))
    )
    for row in connection.execute(statement):
        if all(id.startswith(f"{list_id}:") for id in row.listings or (row.entity_id,)):
            yield row.id


def _counted() -> Select[Any]:
    count = select(func.count()).where(silenced.c.silence_id == silences.c.id).scalar_subquery()
    return select(silences, count.label("held"))


def _held(row: AnyRow) -> HeldBack:
    return HeldBack(row.at, row.mention_id, row.alert_id or 0, row.caption, row.surface, row.score, row.title, row.url)


def _silence(row: AnyRow) -> Silence:
    return Silence(
        entity_id=row.entity_id,
        list_id=row.list_id,
        at=row.at,
        until=row.until,
        reason=row.reason,
        by=row.by,
        id=row.id,
        ended_at=row.ended_at,
        held=row.held,
    )


def _not_found(number: int) -> NotFoundError:
    return NotFoundError("silence that holds", str(number), "'watchlist silences' shows them")
