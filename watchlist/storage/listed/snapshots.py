"""The accepted states of lists, with what each changed."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, func, insert, select

from watchlist.errors import NotFoundError
from watchlist.model import CellCount, ChangeKind, Snapshot, SnapshotHistory
from watchlist.storage.database.rows import AnyRow, Rows, insert_one
from watchlist.storage.database.tables import changes, snapshots


class SnapshotRows(Rows):
    """The snapshots."""

    def list_history(self, list_id: str, limit: int | None = None) -> tuple[SnapshotHistory, ...]:
        """The snapshots of a list with what each changed, the newest first."""
        statement = select(snapshots).where(snapshots.c.list_id == list_id).order_by(snapshots.c.id.desc()).limit(limit)
        with self._reading() as connection:
            counted: dict[int, dict[str, int]] = {}
            for row in connection.execute(
                select(changes.c.snapshot_id, changes.c.kind, changes.c.note, func.count().label("n"))
                .where(changes.c.list_id == list_id)
                .group_by(changes.c.snapshot_id, changes.c.kind, changes.c.note)
            ):
                count = counted.setdefault(row.snapshot_id, {})
                count[row.kind] = count.get(row.kind, 0) + row.n
                if row.note and row.kind != ChangeKind.REMOVED:
                    count[row.note] = count.get(row.note, 0) + row.n
            first = connection.execute(select(func.min(snapshots.c.id)).where(snapshots.c.list_id == list_id)).scalar()
            return tuple(
                # The first state is no change of the list, but to the reader all of it is new.
                _history(row, {"added": row.entity_count} if row.id == first else counted.get(row.id, {}))
                for row in connection.execute(statement)
            )

    def former_snapshot(self, list_id: str, sha256: str) -> Snapshot | None:
        """The last state of a list with this content that another has replaced; None where there was none."""
        newest = select(func.max(snapshots.c.id)).where(snapshots.c.list_id == list_id).scalar_subquery()
        statement = (
            select(snapshots)
            .where(snapshots.c.list_id == list_id, snapshots.c.sha256 == sha256, snapshots.c.id < newest)
            .order_by(snapshots.c.id.desc())
            .limit(1)
        )
        with self._reading() as connection:
            row = connection.execute(statement).first()
            return snapshot_from_row(row) if row is not None else None

    def snapshot_number(self, list_id: str, version: str) -> int:
        """The number of a snapshot by its version or by itself; raises NotFoundError."""
        for each in self.list_history(list_id):
            if version in (each.snapshot.version, str(each.id)):
                return each.id
        raise NotFoundError("snapshot", version, f"'watchlist lists history {list_id}' shows them")


def record_snapshot(connection: Connection, snapshot: Snapshot) -> int:
    """Keep a snapshot; return its number."""
    cells = [asdict(each) for each in snapshot.cells]
    values = {**asdict(snapshot), "filled": dict(snapshot.filled), "tail": list(snapshot.tail), "cells": cells}
    return insert_one(connection, insert(snapshots).values(**values))


def snapshot_from_row(row: AnyRow) -> Snapshot:
    """A snapshot as stored; the row holds the columns of `snapshots`."""
    return Snapshot(
        list_id=row.list_id,
        version=row.version,
        published_at=row.published_at,
        fetched_at=row.fetched_at,
        sha256=row.sha256,
        entity_count=row.entity_count,
        name_count=row.name_count,
        form=row.form or "",
        filled=tuple((row.filled or {}).items()),
        tail=tuple(row.tail or ()),
        reading=row.reading,
        cells=tuple(_cells_from_row(each) for each in row.cells or ()),
    )


def _cells_from_row(stored: dict[str, Any]) -> CellCount:
    examples = tuple((source_id, text) for source_id, text in stored["examples"])
    return CellCount(stored["field"], stored["filled"], stored["unread"], examples)


def _history(row: AnyRow, counts: dict[str, int]) -> SnapshotHistory:
    kinds = ("added", "changed", "removed", "renumbered", "reused")
    return SnapshotHistory(row.id, snapshot_from_row(row), *(counts.get(kind, 0) for kind in kinds))
