"""Taking in what a list holds: a snapshot of an authority's, or entities of the user's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import Connection, insert, select, update

from watchlist.errors import ListParseError
from watchlist.model import ChangeKind, Entity, ListChange, NameOrigin, Snapshot
from watchlist.storage.changes import Touched, differences, record_changes
from watchlist.storage.entities import digest, hold_list, read_entities, touch, write_entities
from watchlist.storage.lookbacks import enqueue_look_back
from watchlist.storage.notices import announce_change
from watchlist.storage.rows import Rows, chunks, insert_one
from watchlist.storage.tables import entities, lists, snapshots

#: The fields whose sudden emptiness betrays a change of form that nobody told us of.
_FILLED = ("countries", "birth_dates", "identifiers", "programs", "designations", "addresses")


@dataclass(frozen=True, slots=True)
class IntakeOptions:
    """How a list is taken in."""

    #: Entities that do not come stay on the list.
    keep_others: bool = False
    #: Articles stored within this time are put in the queue to be screened for what is new; None means none.
    look_back: timedelta | None = None
    #: The channels that are told of a change.
    announce_to: tuple[str, ...] = ()


_PLAIN = IntakeOptions()


class IntakeRows(Rows):
    """What lists hold."""

    def apply_entities(
        self,
        list_id: str,
        found: Iterable[Entity],
        now: datetime,
        accept: Callable[[ListChange], Snapshot | None],
        options: IntakeOptions = _PLAIN,
    ) -> ListChange:
        """Make a list hold exactly these entities, in one transaction.

        Names that the user or the press set gave stay. An entity that is no longer there is marked removed. ``accept``
        sees the outcome before the commit and returns the snapshot to record, if any; whatever it raises undoes
        everything, as does an error from ``found`` itself. What changed is kept, and what ``options`` ask for is put in
        the queues. Raises ListParseError when an id comes twice.
        """
        with self._writing() as connection:
            hold_list(connection, list_id)
            intake = _Intake(connection, list_id, now)
            change = intake.take(found, keep_others=options.keep_others)
            snapshot = accept(change)
            number = None
            if snapshot is not None:
                values = {**asdict(snapshot), "filled": dict(snapshot.filled)}
                number = insert_one(connection, insert(snapshots).values(**values))
            if not intake.first:
                # The first state of a list is what later ones are compared with, and no change.
                record_changes(connection, list_id, number, intake.touched, now)
            anew = [each.entity_id for each in intake.touched if each.matches_anew]
            if anew and options.look_back is not None:
                enqueue_look_back(connection, now, now - options.look_back, None if intake.first else anew, list_id)
            if intake.touched and not intake.first:
                announce_change(connection, change, options.announce_to, now)
            if intake.touched:
                touch(connection, list_id, now)
            elif snapshot is not None:
                # What mentions are reported against is another snapshot now, though the entities are the same.
                connection.execute(update(lists).where(lists.c.id == list_id).values(revision=uuid4().hex))
        return change


class _Intake:
    """One pass over what a list is to hold, within the caller's transaction."""

    def __init__(self, connection: Connection, list_id: str, now: datetime) -> None:
        self.touched: list[Touched] = []
        self._connection = connection
        self._list_id = list_id
        self._now = now
        #: Digest, whether it is on the list, and caption of each entity known before.
        self._known: dict[str, tuple[str, bool, str]] = {
            row.id: (row.digest, row.removed_at is None, row.caption)
            for row in connection.execute(select(entities).where(entities.c.list_id == list_id))
        }
        self.first = not self._known

    def take(self, found: Iterable[Entity], *, keep_others: bool) -> ListChange:
        """Store what is new or described in another way, and take off what is not there."""
        seen: set[str] = set()
        name_count = 0
        filled: Counter[str] = Counter()
        for chunk in chunks(found):
            for entity in chunk:
                if entity.id in seen:
                    raise ListParseError(self._list_id, f"the id {entity.source_id} comes twice")
                seen.add(entity.id)
                name_count += len(entity.names)
                filled.update(field for field in _FILLED if getattr(entity, field))
                filled["aliases"] += len(entity.names) > 1
            self._store(chunk)
        others = [id for id, (_, live, _) in self._known.items() if live and id not in seen]
        gone = [] if keep_others else others
        self._take_off(gone)
        kinds = [each.kind for each in self.touched]
        added, changed = kinds.count(ChangeKind.ADDED), kinds.count(ChangeKind.CHANGED)
        unchanged = len(seen) - added - changed + len(others) - len(gone)
        return ListChange(self._list_id, added, changed, len(gone), unchanged, name_count, tuple(filled.items()))

    def _store(self, chunk: list[Entity]) -> None:
        stale = [(entity, hash) for entity in chunk if self._is_news(entity, hash := digest(entity))]
        listed = [entity.id for entity, _ in stale if self._known.get(entity.id, ("", False, ""))[1]]
        before = {
            entity.id: replace(
                entity, names=tuple(name for name in entity.names if name.origin is NameOrigin.AUTHORITY)
            )
            for entity in read_entities(self._connection, entities.c.id.in_(listed))
        }
        for entity, _ in stale:
            kind = ChangeKind.CHANGED if entity.id in before else ChangeKind.ADDED
            fields = differences(before[entity.id], entity) if entity.id in before else {}
            self.touched.append(Touched(entity.id, kind, entity.caption, fields))
        write_entities(self._connection, stale, self._now)

    def _is_news(self, entity: Entity, hash: str) -> bool:
        known = self._known.get(entity.id)
        return known is None or known[:2] != (hash, True)

    def _take_off(self, gone: list[str]) -> None:
        for part in chunks(gone):
            self._connection.execute(update(entities).where(entities.c.id.in_(part)).values(removed_at=self._now))
        self.touched += [Touched(id, ChangeKind.REMOVED, self._known[id][2], {}) for id in gone]
