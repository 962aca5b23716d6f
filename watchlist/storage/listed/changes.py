"""What changed on a list: told by comparison with what was stored, kept for each snapshot, folded for a span."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from watchlist.errors import NotFoundError
from watchlist.model import ChangeKind, ChangeNote, Entity, EntityChange, Identifier, Name, Snapshot, SnapshotHistory
from watchlist.storage.database.rows import AnyRow, Rows
from watchlist.storage.database.tables import changes, snapshots

#: What is compared, as named in the model.
_FIELDS = (
    *("schema", "names", "countries", "birth_dates", "birth_places", "identifiers", "programs", "designations"),
    *("addresses", "linked_to", "listed_on", "reference", "remarks", "url"),
)
#: A change to one of these may find other articles.
_MATCHED = frozenset({"schema", "names", "identifiers"})

Fields = dict[str, tuple[list[str], list[str]]]


@dataclass(frozen=True, slots=True)
class Touched:
    """One entity that a list gained, lost or describes in another way, before it is stored."""

    entity_id: str
    kind: ChangeKind
    caption: str
    fields: Fields
    note: ChangeNote | None = None
    other_id: str | None = None

    @property
    def matches_anew(self) -> bool:
        """Whether articles that did not mention it before may do so now."""
        if self.kind is ChangeKind.ADDED and self.note is not ChangeNote.RENUMBERED:
            return True
        return not _MATCHED.isdisjoint(self.fields)


def differences(before: Entity, after: Entity) -> Fields:
    """Each field in which two descriptions of an entity differ, with its values in both."""
    found: Fields = {}
    for field in _FIELDS:
        old, new = _values(before, field), _values(after, field)
        if old != new:
            found[field] = (old, new)
    if "names" not in found and before.names != after.names:
        # Only what else is known of them differs.
        found["names"] = ([_in_full(name) for name in before.names], [_in_full(name) for name in after.names])
    return found


def fold(rows: Iterable[EntityChange]) -> tuple[EntityChange, ...]:
    """Several changes of each entity, in order of time, as one; what was undone again is left out."""
    folded: dict[str, EntityChange] = {}
    for row in rows:
        earlier = folded.pop(row.entity_id, None)
        both = _together(earlier, row) if earlier is not None else row
        if both is not None:
            folded[row.entity_id] = both
    return tuple(folded[id] for id in sorted(folded))


class ChangeRows(Rows):
    """The changes of lists."""

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

    def snapshot_number(self, list_id: str, version: str) -> int:
        """The number of a snapshot by its version or by itself; raises NotFoundError."""
        for each in self.list_history(list_id):
            if version in (each.snapshot.version, str(each.id)):
                return each.id
        raise NotFoundError("snapshot", version, f"'watchlist lists history {list_id}' shows them")


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


def _values(entity: Entity, field: str) -> list[str]:
    value: Any = getattr(entity, field)
    if value is None:
        return []
    if isinstance(value, tuple):
        return [_text(each) for each in value]
    return [str(value)]


def _text(value: object) -> str:
    if isinstance(value, Name):
        return f"{value.text} ({value.kind.replace('_', ' ')})"
    if isinstance(value, Identifier):
        return f"{value.kind}/{value.detail}:{value.value}" if value.detail else f"{value.kind}:{value.value}"
    return str(value)


def _in_full(name: Name) -> str:
    known = [name.kind.replace("_", " "), name.lang, name.script]
    known += [f"{kind} {text}" for kind, text in (("given", name.given), ("family", name.family), *name.parts) if text]
    return f"{name.text} ({', '.join(each for each in known if each)})"


def _together(earlier: EntityChange, later: EntityChange) -> EntityChange | None:
    added, changed, removed = ChangeKind.ADDED, ChangeKind.CHANGED, ChangeKind.REMOVED
    noted = later if later.note is not None else earlier
    note, other_id = noted.note, noted.other_id
    if earlier.kind is added:
        if later.kind is removed and ChangeNote.REUSED not in (earlier.note, later.note):
            return None
        kind = removed if later.kind is removed else added
        return EntityChange(later.entity_id, kind, later.caption, earlier.at, (), note, other_id)
    if later.kind is removed or later.note is ChangeNote.REUSED:
        return later
    if earlier.kind is removed:
        # Back on the list: what changed meanwhile was not compared.
        return EntityChange(later.entity_id, changed, later.caption, later.at) if later.fields else None
    merged = {field: (before, after) for field, before, after in earlier.fields}
    for field, before, after in later.fields:
        merged[field] = (merged.get(field, (before, after))[0], after)
    fields = tuple((field, *pair) for field, pair in merged.items() if pair[0] != pair[1])
    if not fields and note is None:
        return None
    return EntityChange(later.entity_id, changed, later.caption, later.at, fields, note, other_id)


def _history(row: AnyRow, counts: dict[str, int]) -> SnapshotHistory:
    snapshot = Snapshot(
        row.list_id,
        row.version,
        row.published_at,
        row.fetched_at,
        row.sha256,
        row.entity_count,
        row.name_count,
        row.form or "",
        tuple((row.filled or {}).items()),
        tuple(row.tail or ()),
    )
    kinds = ("added", "changed", "removed", "renumbered", "reused")
    return SnapshotHistory(row.id, snapshot, *(counts.get(kind, 0) for kind in kinds))


def _from_row(row: AnyRow) -> EntityChange:
    fields = tuple((field, tuple(before), tuple(after)) for field, (before, after) in row.fields.items())
    note = ChangeNote(row.note) if row.note else None
    return EntityChange(row.entity_id, ChangeKind(row.kind), row.caption, row.at, fields, note, row.other_id)
