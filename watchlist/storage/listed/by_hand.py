"""Changes by hand, and the names that the user or the press set gives to entities of any list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select, update

from watchlist.errors import ConflictError, NotFoundError
from watchlist.model import Entity, KeptImport, Name, NameOrigin
from watchlist.storage.database.rows import AnyRow, Rows
from watchlist.storage.database.search import reindex_entities
from watchlist.storage.database.tables import entities, list_imports, names
from watchlist.storage.listed.entities import live_entity
from watchlist.storage.listed.lists import hold_list, touch
from watchlist.storage.listed.succession import successors
from watchlist.storage.listed.writing import digest, insert_names, write_entities
from watchlist.storage.queued.look_backs import enqueue_look_back

#: How many imports into one list can be undone.
_MOST_IMPORTS = 20


class EditRows(Rows):
    """What people change."""

    def set_names(
        self,
        list_id: str,
        wanted: Mapping[str, tuple[Name, ...]],
        origin: NameOrigin,
        now: datetime,
        look_back: timedelta | None = None,
    ) -> None:
        """Make these the names of this origin on a list, by the authority's id; ids not on the list are passed over.

        Writes nothing when they are so already. Articles stored within ``look_back`` are put in the queue to be
        screened for entities that gained a name.
        """
        with self._reading() as connection:
            present = _names_of_origin(connection, list_id, origin)
            live = {
                row.source_id
                for row in connection.execute(
                    select(entities.c.source_id).where(entities.c.list_id == list_id, entities.c.removed_at.is_(None))
                )
            }
            renumbered = successors(connection, [f"{list_id}:{id}" for id in wanted if id not in live])
        due = {
            id: given
            for source_id, given in wanted.items()
            if (id := f"{list_id}:{source_id}" if source_id in live else renumbered.get(f"{list_id}:{source_id}"))
        }
        texts = {id: {name.text for name in given} for id, given in due.items()}
        if texts == present:
            return
        gained = [id for id in texts if not texts[id] <= present.get(id, set())]
        with self._writing() as connection:
            hold_list(connection, list_id)
            of_list = select(entities.c.id).where(entities.c.list_id == list_id)
            connection.execute(delete(names).where(names.c.entity_id.in_(of_list), names.c.origin == origin))
            for id, given in due.items():
                insert_names(connection, [(id, name, 1000 + n) for n, name in enumerate(given)])
            reindex_entities(connection, [id for id in present if id not in due])
            _note_new(connection, list_id, gained, now, look_back)

    def put_entity(self, entity: Entity, now: datetime, look_back: timedelta | None = None) -> None:
        """Add one entity of an own list; raises ConflictError when its id is taken.

        Articles stored within ``look_back`` are put in the queue to be screened for it.
        """
        with self._writing() as connection:
            taken = connection.execute(
                select(entities.c.id).where(entities.c.id == entity.id, entities.c.removed_at.is_(None))
            ).first()
            if taken:
                raise ConflictError(f"{entity.id} is there already: 'watchlist entities show {entity.id}'")
            write_entities(connection, [(entity, digest(entity))], now)
            _note_new(connection, entity.list_id, [entity.id], now, look_back)

    def add_alias(self, entity_id: str, name: Name, now: datetime, look_back: timedelta | None = None) -> bool:
        """Give a listed entity one more name; False when it has that name already.

        Articles stored within ``look_back`` are put in the queue to be screened for it.
        """
        with self._writing() as connection:
            row = live_entity(connection, entity_id)
            if _same_names(connection, entity_id, name.text):
                return False
            last = connection.execute(
                select(func.max(names.c.position)).where(names.c.entity_id == entity_id)
            ).scalar_one()
            insert_names(connection, [(entity_id, name, last + 1)])
            _note_new(connection, row.list_id, [entity_id], now, look_back)
            return True

    def keep_import(self, list_id: str, content: str, added: Sequence[str], now: datetime) -> None:
        """Keep what an import changed on a list of the user's; the oldest of many are dropped.

        ``content`` has the entities that it changed or took off as they were, in the generic CSV form; ``added`` are
        the ids that it added.
        """
        with self._writing() as connection:
            values = {"list_id": list_id, "content": content, "added": list(added), "at": now}
            connection.execute(insert(list_imports).values(**values))
            kept = connection.execute(
                select(list_imports.c.id).where(list_imports.c.list_id == list_id).order_by(list_imports.c.id.desc())
            ).scalars()
            for old in list(kept)[_MOST_IMPORTS:]:
                connection.execute(delete(list_imports).where(list_imports.c.id == old))

    def last_import(self, list_id: str) -> KeptImport:
        """What was kept of the last import that was not undone; raises NotFoundError."""
        of_list = select(list_imports).where(list_imports.c.list_id == list_id)
        with self._reading() as connection:
            row = connection.execute(of_list.order_by(list_imports.c.id.desc()).limit(1)).first()
        if row is None:
            raise NotFoundError("import to undo on list", list_id)
        return KeptImport(row.id, row.content, None if row.added is None else tuple(row.added), row.at)

    def drop_import(self, number: int) -> None:
        """Forget an import that was undone."""
        with self._writing() as connection:
            connection.execute(delete(list_imports).where(list_imports.c.id == number))

    def remove_alias(self, entity_id: str, text: str, now: datetime) -> None:
        """Take a name away that the user gave; raises NotFoundError when there is no such one."""
        with self._writing() as connection:
            row = live_entity(connection, entity_id)
            own = [each.id for each in _same_names(connection, entity_id, text) if each.origin == NameOrigin.USER]
            if not own:
                raise NotFoundError("alias of yours", text, f"'watchlist entities show {entity_id}' shows them")
            connection.execute(delete(names).where(names.c.id.in_(own)))
            reindex_entities(connection, [entity_id])
            touch(connection, row.list_id, now)

    def remove_entity(self, entity_id: str, now: datetime) -> None:
        """Take an entity off its list; its alerts stay on record."""
        with self._writing() as connection:
            row = live_entity(connection, entity_id)
            connection.execute(update(entities).where(entities.c.id == entity_id).values(removed_at=now))
            touch(connection, row.list_id, now)


def _note_new(
    connection: Connection, list_id: str, entity_ids: Sequence[str], now: datetime, look_back: timedelta | None
) -> None:
    touch(connection, list_id, now)
    if entity_ids and look_back is not None:
        enqueue_look_back(connection, now, now - look_back, entity_ids, list_id)


def _names_of_origin(connection: Connection, list_id: str, origin: NameOrigin) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in connection.execute(
        select(names.c.entity_id, names.c.text)
        .join(entities, entities.c.id == names.c.entity_id)
        .where(entities.c.list_id == list_id, names.c.origin == origin)
    ):
        found.setdefault(row.entity_id, set()).add(row.text)
    return found


def _same_names(connection: Connection, entity_id: str, text: str) -> list[AnyRow]:
    # Compared here, because SQLite knows the letter case of ASCII alone.
    rows = connection.execute(select(names.c.id, names.c.text, names.c.origin).where(names.c.entity_id == entity_id))
    return [row for row in rows if row.text.casefold() == text.strip().casefold()]
