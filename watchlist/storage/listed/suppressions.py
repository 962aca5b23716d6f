"""Entities that no alert is wanted of: a person's decision, which stays with the entity."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, or_, select

from watchlist.errors import NotFoundError
from watchlist.model import Suppression
from watchlist.storage.database.rows import Rows, upsert
from watchlist.storage.database.tables import suppressions


class SuppressionRows(Rows):
    """The suppressions."""

    def suppress(self, suppression: Suppression) -> None:
        """Keep a suppression; it takes the place of an earlier one of the same entity."""
        row = {
            "entity_id": suppression.entity_id,
            "at": suppression.at,
            "until": suppression.until,
            "reason": suppression.reason,
        }
        with self._writing() as connection:
            upsert(connection, suppressions, [row], ["entity_id"])

    def unsuppress(self, entity_id: str) -> None:
        """Take a suppression back; raises NotFoundError when there is none."""
        with self._writing() as connection:
            gone = connection.execute(delete(suppressions).where(suppressions.c.entity_id == entity_id))
            if not gone.rowcount:
                raise NotFoundError("suppression of", entity_id, "'watchlist entities suppressed' shows them")

    def suppressions(self, now: datetime) -> tuple[Suppression, ...]:
        """Those that hold now, the newest first."""
        statement = select(suppressions).where(_holds(now)).order_by(suppressions.c.at.desc(), suppressions.c.entity_id)
        with self._reading() as connection:
            return tuple(
                Suppression(row.entity_id, row.at, row.until, row.reason) for row in connection.execute(statement)
            )


def read_suppressed(connection: Connection, now: datetime) -> frozenset[str]:
    """The ids of the entities that no alert is wanted of now."""
    return frozenset(connection.execute(select(suppressions.c.entity_id).where(_holds(now))).scalars())


def _holds(now: datetime) -> ColumnElement[bool]:
    return or_(suppressions.c.until.is_(None), suppressions.c.until > now)
