"""Taking in what a list holds: a snapshot of an authority's, or entities of the user's own."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, select, update

from watchlist.errors import ListParseError
from watchlist.model import ChangeKind, ChangeNote, Entity, IntakeOptions, ListChange, NameOrigin, Snapshot
from watchlist.storage.database.rows import Rows, chunks
from watchlist.storage.database.tables import entities, lists
from watchlist.storage.listed.changes import record_changes
from watchlist.storage.listed.entities import read_entities
from watchlist.storage.listed.lists import hold_list, touch
from watchlist.storage.listed.snapshots import record_snapshot
from watchlist.storage.listed.succession import give_own_id, succeed, user_names
from watchlist.storage.listed.writing import digest, write_entities
from watchlist.storage.queued.look_backs import enqueue_look_back
from watchlist.storage.queued.notices import announce_change
from watchlist.subjects.changes import Touched, compare, note_renumbered
from watchlist.subjects.continuity import renumbered

#: The fields whose sudden emptiness betrays a change of form that nobody told us of.
_FILLED = ("countries", "birth_dates", "identifiers", "programs", "designations", "addresses")


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

        Names that the user or the press set gave stay. An entity that is no longer there is marked removed. Where an
        authority gives the ids, what is attached to an entity follows it to a new id, and stays with it when its id is
        given to another. ``accept`` sees the outcome before the commit and returns the snapshot to record, if any;
        whatever it raises undoes everything, as does an error from ``found`` itself. What changed is kept, and what
        ``options`` ask for is put in the queues. Raises ListParseError when an id comes twice.
        """
        with self._writing() as connection:
            hold_list(connection, list_id)
            intake = _Intake(connection, list_id, now, options)
            change = intake.take(found)
            snapshot = accept(change)
            number = record_snapshot(connection, snapshot) if snapshot is not None else None
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


#: How many ids at the end of a file are remembered.
_TAIL = 50


@dataclass(frozen=True, slots=True)
class _Known:
    """What must be known of each entity of a list before."""

    digest: str
    #: Whether it is on the list, and was not taken off it.
    listed: bool
    caption: str


class _Intake:
    """One pass over what a list is to hold, within the caller's transaction."""

    def __init__(self, connection: Connection, list_id: str, now: datetime, options: IntakeOptions) -> None:
        self.touched: list[Touched] = []
        self._connection = connection
        self._list_id = list_id
        self._now = now
        self._options = options
        self._known = _read_known(connection, list_id)
        self.first = not self._known

    def take(self, found: Iterable[Entity]) -> ListChange:
        """Store what is new or described in another way, and take off what is not there."""
        seen: set[str] = set()
        name_count = 0
        filled: Counter[str] = Counter()
        tail: deque[str] = deque(maxlen=_TAIL)
        for chunk in chunks(found):
            for entity in chunk:
                if entity.id in seen:
                    raise ListParseError(self._list_id, f"the id {entity.source_id} comes twice")
                seen.add(entity.id)
                tail.append(entity.id)
                name_count += len(entity.names)
                filled.update(field for field in _FILLED if getattr(entity, field))
                filled["aliases"] += len(entity.names) > 1
            self._store(chunk)
        others = [id for id, known in self._known.items() if known.listed and id not in seen]
        gone = [] if self._options.keep_others else others
        self._take_off(gone)
        kinds = [each.kind for each in self.touched]
        added, changed = kinds.count(ChangeKind.ADDED), kinds.count(ChangeKind.CHANGED)
        unchanged = len(seen) - added - changed + len(others) - len(gone)
        pairs = self._renumber(gone)
        reused = tuple(
            (each.entity_id, each.other_id) for each in self.touched if each.note is ChangeNote.REUSED and each.other_id
        )
        return ListChange(
            list_id=self._list_id,
            added=added,
            changed=changed,
            removed=len(gone),
            unchanged=unchanged,
            name_count=name_count,
            filled=tuple(filled.items()),
            renumbered=pairs,
            reused=reused,
            tail=tuple(tail),
            gone=frozenset(gone),
        )

    def _store(self, chunk: list[Entity]) -> None:
        stale = [(entity, hash) for entity in chunk if self._is_news(entity, hash := digest(entity))]
        before = {entity.id: entity for entity in self._read([each.id for each, _ in stale if each.id in self._known])}
        for entity, _ in stale:
            listed = entity.id in self._known and self._known[entity.id].listed
            found = compare(
                before.get(entity.id), entity, listed=listed, ids_by_authority=self._options.ids_by_authority
            )
            self.touched.append(self._keep_former(found) if found.note is ChangeNote.REUSED else found)
        write_entities(self._connection, stale, self._now)

    def _keep_former(self, found: Touched) -> Touched:
        """Keep the entity that an id named before under an id of its own, and say what it takes along."""
        given = user_names(self._connection, found.entity_id)
        fields = {**found.fields, "your aliases": (list(given), [])} if given else found.fields
        own_id = give_own_id(self._connection, found.entity_id, self._now)
        return replace(found, fields=fields, other_id=own_id)

    def _renumber(self, gone: list[str]) -> tuple[tuple[str, str], ...]:
        """Lead each entity that only got another id from the old id to the new one, and mark both changes."""
        come = [each.entity_id for each in self.touched if each.kind is ChangeKind.ADDED and each.note is None]
        if not self._options.ids_by_authority or not gone or not come:
            return ()
        pairs = renumbered(self._read(gone), self._read(come))
        succeed(self._connection, pairs)
        self.touched = note_renumbered(self.touched, pairs, self._read(list(pairs)), self._read(list(pairs.values())))
        return tuple(pairs.items())

    def _read(self, ids: list[str]) -> Iterator[Entity]:
        """What the authority says of entities, in the order of their ids."""
        for part in chunks(sorted(ids)):
            for entity in read_entities(self._connection, entities.c.id.in_(part)):
                yield replace(entity, names=tuple(name for name in entity.names if name.origin is NameOrigin.AUTHORITY))

    def _is_news(self, entity: Entity, hash: str) -> bool:
        known = self._known.get(entity.id)
        return known is None or not known.listed or known.digest != hash

    def _take_off(self, gone: list[str]) -> None:
        for part in chunks(gone):
            self._connection.execute(update(entities).where(entities.c.id.in_(part)).values(removed_at=self._now))
        self.touched += [Touched(id, ChangeKind.REMOVED, self._known[id].caption, {}) for id in gone]


def _read_known(connection: Connection, list_id: str) -> dict[str, _Known]:
    columns = (entities.c.id, entities.c.digest, entities.c.removed_at, entities.c.caption)
    rows = connection.execute(select(*columns).where(entities.c.list_id == list_id))
    return {row.id: _Known(row.digest, row.removed_at is None, row.caption) for row in rows}
