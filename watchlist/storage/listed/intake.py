"""Taking in what a list holds: a snapshot of an authority's, or entities of the user's own."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import Connection, insert, select, update

from watchlist.errors import ListParseError
from watchlist.model import ChangeKind, ChangeNote, Entity, ListChange, NameOrigin, Snapshot
from watchlist.storage.database.rows import Rows, chunks, insert_one
from watchlist.storage.database.tables import entities, lists, snapshots
from watchlist.storage.listed.changes import Touched, differences, record_changes
from watchlist.storage.listed.entities import digest, hold_list, read_entities, touch, write_entities
from watchlist.storage.listed.succession import set_apart, succeed, user_names
from watchlist.storage.queued.look_backs import enqueue_look_back
from watchlist.storage.queued.notices import announce_change

#: The fields whose sudden emptiness betrays a change of form that nobody told us of.
_FILLED = ("countries", "birth_dates", "identifiers", "programs", "designations", "addresses")


@dataclass(frozen=True, slots=True)
class IdRules:
    """How an authority's ids are looked after."""

    #: Whether what an id named before and what it names now can be one entity.
    is_same: Callable[[Entity, Entity], bool]
    #: The new id of each of the entities that went that is among those that came, by its old id.
    renumbered: Callable[[Iterable[Entity], Iterable[Entity]], dict[str, str]]


@dataclass(frozen=True, slots=True)
class IntakeOptions:
    """How a list is taken in."""

    #: Entities that do not come stay on the list.
    keep_others: bool = False
    #: Articles stored within this time are put in the queue to be screened for what is new; None means none.
    look_back: timedelta | None = None
    #: The channels that are told of a change.
    announce_to: tuple[str, ...] = ()
    #: None where ids are the user's own, who may give them to whom they like.
    ids: IdRules | None = None


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

        Names that the user or the press set gave stay. An entity that is no longer there is marked removed. With
        ``options.ids`` what is attached to an entity follows it to a new id, and stays with it when its id is given to
        another. ``accept``
        sees the outcome before the commit and returns the snapshot to record, if any; whatever it raises undoes
        everything, as does an error from ``found`` itself. What changed is kept, and what ``options`` ask for is put in
        the queues. Raises ListParseError when an id comes twice.
        """
        with self._writing() as connection:
            hold_list(connection, list_id)
            intake = _Intake(connection, list_id, now, options.ids)
            change = intake.take(found, keep_others=options.keep_others)
            snapshot = accept(change)
            number = None
            if snapshot is not None:
                values = {**asdict(snapshot), "filled": dict(snapshot.filled), "tail": list(snapshot.tail)}
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


#: How many ids at the end of a file are remembered.
_TAIL = 50


class _Intake:
    """One pass over what a list is to hold, within the caller's transaction."""

    def __init__(self, connection: Connection, list_id: str, now: datetime, ids: IdRules | None) -> None:
        self.touched: list[Touched] = []
        self._connection = connection
        self._list_id = list_id
        self._now = now
        self._ids = ids
        #: Digest, whether it is on the list, and caption of each entity known before.
        self._known: dict[str, tuple[str, bool, str]] = {
            row.id: (row.digest, row.removed_at is None, row.caption)
            for row in connection.execute(
                select(entities.c.id, entities.c.digest, entities.c.removed_at, entities.c.caption).where(
                    entities.c.list_id == list_id
                )
            )
        }
        self.first = not self._known

    def take(self, found: Iterable[Entity], *, keep_others: bool) -> ListChange:
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
        others = [id for id, (_, live, _) in self._known.items() if live and id not in seen]
        gone = [] if keep_others else others
        self._take_off(gone)
        kinds = [each.kind for each in self.touched]
        added, changed = kinds.count(ChangeKind.ADDED), kinds.count(ChangeKind.CHANGED)
        unchanged = len(seen) - added - changed + len(others) - len(gone)
        renumbered = self._renumber(gone)
        reused = tuple(
            (each.entity_id, each.other_id) for each in self.touched if each.note is ChangeNote.REUSED and each.other_id
        )
        return ListChange(
            self._list_id,
            added,
            changed,
            len(gone),
            unchanged,
            name_count,
            tuple(filled.items()),
            renumbered,
            reused,
            tuple(tail),
            frozenset(gone),
        )

    def _store(self, chunk: list[Entity]) -> None:
        stale = [(entity, hash) for entity in chunk if self._is_news(entity, hash := digest(entity))]
        ids = [entity.id for entity, _ in stale if entity.id in self._known]
        before = {entity.id: entity for entity in self._read(ids)}
        for entity, _ in stale:
            former = before.get(entity.id)
            if former is not None and self._ids is not None and not self._ids.is_same(former, entity):
                self.touched.append(self._reused(former, entity))
            elif former is not None and self._known[entity.id][1]:
                fields = differences(former, entity)
                self.touched.append(Touched(entity.id, ChangeKind.CHANGED, entity.caption, fields))
            else:
                self.touched.append(Touched(entity.id, ChangeKind.ADDED, entity.caption, {}))
        write_entities(self._connection, stale, self._now)

    def _reused(self, former: Entity, entity: Entity) -> Touched:
        """Keep the entity that an id named before under an id of its own, and say what it takes along."""
        fields = differences(former, entity)
        if given := user_names(self._connection, entity.id):
            fields["your aliases"] = (list(given), [])
        apart = set_apart(self._connection, entity.id, self._now)
        kind = ChangeKind.CHANGED if self._known[entity.id][1] else ChangeKind.ADDED
        return Touched(entity.id, kind, entity.caption, fields, ChangeNote.REUSED, apart)

    def _renumber(self, gone: list[str]) -> tuple[tuple[str, str], ...]:
        """Lead each entity that only got another id from the old id to the new one, and mark both changes."""
        come = [each.entity_id for each in self.touched if each.kind is ChangeKind.ADDED and each.note is None]
        if self._ids is None or not gone or not come:
            return ()
        pairs = self._ids.renumbered(self._read(gone), self._read(come))
        succeed(self._connection, pairs)
        former = {pairs[entity.id]: entity for entity in self._read(list(pairs))}
        fields = {entity.id: differences(former[entity.id], entity) for entity in self._read(list(former))}
        for each in fields.values():
            # It has the id in it.
            each.pop("url", None)
        others = {**pairs, **{new: old for old, new in pairs.items()}}
        self.touched = [
            replace(
                each, note=ChangeNote.RENUMBERED, other_id=others[each.entity_id], fields=fields.get(each.entity_id, {})
            )
            if each.entity_id in others
            else each
            for each in self.touched
        ]
        return tuple(pairs.items())

    def _read(self, ids: list[str]) -> Iterator[Entity]:
        """What the authority says of entities, in the order of their ids."""
        for part in chunks(sorted(ids)):
            for entity in read_entities(self._connection, entities.c.id.in_(part)):
                yield replace(entity, names=tuple(name for name in entity.names if name.origin is NameOrigin.AUTHORITY))

    def _is_news(self, entity: Entity, hash: str) -> bool:
        known = self._known.get(entity.id)
        return known is None or known[:2] != (hash, True)

    def _take_off(self, gone: list[str]) -> None:
        for part in chunks(gone):
            self._connection.execute(update(entities).where(entities.c.id.in_(part)).values(removed_at=self._now))
        self.touched += [Touched(id, ChangeKind.REMOVED, self._known[id][2], {}) for id in gone]
