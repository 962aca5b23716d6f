"""What changed on lists, kept for each snapshot, and folded for a span; `subjects.changes` says what a change is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select

from watchlist.model import ChangeKind, ChangeNote, EntityChange
from watchlist.storage.database.rows import AnyRow, Rows
from watchlist.storage.database.tables import changes
from watchlist.subjects.changes import Touched, fold


class ChangeRows(Rows):
    """The changes of lists."""

    def list_changes(
        self, list_id: str, *, since: datetime | None = None, after: int | None = None, until: int | None = None
    ) -> tuple[EntityChange, ...]:
        """What changed on a list since a time, or after one snapshot up to and with another, folded by entity."""
        statement = select(changes).where(changes.c.list_id == list_id).order_by(changes.c.id)
        if since is not None:
            statement = statement.where(changes.c.at >= since)
        if after is not None:
            statement = statement.where(changes.c.snapshot_id > after)
        if until is not None:
            statement = statement.where(changes.c.snapshot_id <= until)
        with self._reading() as connection:
            return fold(_from_row(row) for row in connection.execute(statement))

    def changes_of(self, entity_ids: Sequence[str], limit: int) -> tuple[EntityChange, ...]:
        """What changed last about these entities, the latest first."""
        statement = select(changes).where(changes.c.entity_id.in_(entity_ids)).order_by(changes.c.id.desc())
        with self._reading() as connection:
            return tuple(_from_row(row) for row in connection.execute(statement.limit(limit)))


def record_changes(
    connection: Connection, list_id: str, snapshot_id: int | None, touched: Sequence[Touched], now: datetime
) -> None:
    """Keep what changed."""
    rows = [
        {
            "list_id": list_id,
            "snapshot_id": snapshot_id,
            "entity_id": each.entity_id,
            "kind": each.kind,
            "caption": each.caption,
            "fields": each.fields,
            "at": now,
            "note": each.note,
            "other_id": each.other_id,
        }
        for each in touched
    ]
    if rows:
        connection.execute(insert(changes), rows)


def _from_row(row: AnyRow) -> EntityChange:
    fields = tuple((field, tuple(before), tuple(after)) for field, (before, after) in row.fields.items())
    return EntityChange(
        entity_id=row.entity_id,
        kind=ChangeKind(row.kind),
        caption=row.caption,
        at=row.at,
        fields=fields,
        note=ChangeNote(row.note) if row.note else None,
        other_id=row.other_id,
    )
