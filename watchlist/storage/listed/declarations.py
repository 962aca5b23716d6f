"""Lists as the configuration declares them and as the user adds, removes and switches them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, select, update

from watchlist.errors import ConflictError, NotFoundError
from watchlist.model import Declared, ListDeclaration
from watchlist.storage.database.rows import AnyRow, Rows, upsert
from watchlist.storage.database.tables import entities, lists
from watchlist.storage.listed.lists import known_lists, touch


class ListDeclarationRows(Rows):
    """Which lists are watched."""

    def declare_lists(self, declared: Iterable[ListDeclaration], now: datetime) -> tuple[str, ...]:
        """Make the configuration's lists the declared ones; writes nothing when they are so already.

        A list that the configuration names no longer is off from now on, and all that it holds is kept: named again,
        it is there as it was. Returns the ids of those that it has just left out.
        """
        wanted = {each.id: each for each in declared}
        with self._reading() as connection:
            if not any(_differences(connection, wanted)):
                return ()
        with self._writing() as connection:
            # Looked at again, now that no other program is half way through the same.
            due, orphaned = _differences(connection, wanted)
            for each, row in due:
                values = {**_declared(each), "declared": Declared.CONFIG}
                if row is None:
                    fresh = {"id": each.id, "disabled": False, "validators": {}, "revision": uuid4().hex}
                    upsert(connection, lists, [{**fresh, **values}], ["id"])
                    continue
                if row.removed_at is not None or row.enabled != each.enabled:
                    values["revision"] = uuid4().hex
                connection.execute(update(lists).where(lists.c.id == each.id).values(**values))
            for id in orphaned:
                connection.execute(update(lists).where(lists.c.id == id).values(removed_at=now, revision=uuid4().hex))
        return tuple(orphaned)

    def add_list(self, declaration: ListDeclaration) -> None:
        """Add a list of the user's; raises ConflictError when the id is taken.

        A removed one comes back, empty. One that the configuration names no longer is the user's from then on, as it
        was, unless it is to be filled by hand: that would mix two lists.
        """
        with self._writing() as connection:
            row = connection.execute(select(lists).where(lists.c.id == declaration.id)).first()
            if row is not None and row.removed_at is None:
                raise ConflictError(f"there is a list {declaration.id!r} already")
            if row is not None and row.declared == Declared.CONFIG and declaration.own:
                raise ConflictError(
                    f"{declaration.id} was declared in the configuration file, and what it held is kept:"
                    f" 'watchlist lists remove {declaration.id}' removes that for good"
                )
            fresh = {"id": declaration.id, "disabled": False, "validators": {}, "revision": uuid4().hex}
            upsert(connection, lists, [{**fresh, **_declared(declaration), "declared": Declared.USER}], ["id"])

    def remove_list(self, list_id: str, now: datetime) -> int:
        """Take a list away and return how many entities it had; their alerts stay on record.

        Raises ConflictError for one that the configuration names.
        """
        with self._writing() as connection:
            row = _known(connection, list_id)
            if row.declared == Declared.CONFIG and row.removed_at is None:
                raise ConflictError(
                    f"{list_id} is declared in the configuration file: take it out of 'lists:' there,"
                    f" or switch it off with 'watchlist lists disable {list_id}'"
                )
            gone = connection.execute(
                update(entities)
                .where(entities.c.list_id == list_id, entities.c.removed_at.is_(None))
                .values(removed_at=now)
            )
            # Should it come back, it is empty: nothing may then pass for checked or for downloaded already.
            unchecked: dict[str, Any] = {
                "last_checked_at": None,
                "last_good_at": None,
                "last_error": None,
                "last_error_at": None,
                "validators": {},
            }
            # No longer the configuration's either: there is nothing left that it could bring back.
            gone_for_good = {"removed_at": now, "declared": Declared.USER}
            connection.execute(update(lists).where(lists.c.id == list_id).values(**gone_for_good, **unchecked))
            touch(connection, list_id, now)
            return gone.rowcount

    def switch_list(self, list_id: str, on: bool, now: datetime) -> None:
        """Switch a list on or off; off, its names are not matched and it is not synced."""
        with self._writing() as connection:
            row = _known(connection, list_id)
            if on and row.removed_at is not None:
                raise ConflictError(f"{list_id} is no longer in the configuration file: name it there again")
            if on and not row.enabled:
                raise ConflictError(f"{list_id} is switched off in the configuration file: set 'enabled: true' there")
            connection.execute(update(lists).where(lists.c.id == list_id).values(disabled=not on))
            touch(connection, list_id, now)


def _known(connection: Connection, list_id: str) -> AnyRow:
    row = connection.execute(known_lists().where(lists.c.id == list_id)).first()
    if row is None:
        raise NotFoundError("list", list_id, "'watchlist lists' shows them")
    return row


def _declared(declaration: ListDeclaration) -> dict[str, Any]:
    return {
        "title": declaration.title,
        "url": declaration.url,
        "enabled": declaration.enabled,
        "refresh": declaration.refresh,
        "own": declaration.own,
        "every": declaration.every,
        "removed_at": None,
    }


def _differences(
    connection: Connection, wanted: Mapping[str, ListDeclaration]
) -> tuple[list[tuple[ListDeclaration, AnyRow | None]], list[str]]:
    """Declarations to carry out, each with its present row; and lists the configuration names no longer."""
    known = {row.id: row for row in connection.execute(select(lists))}
    due = [(each, known.get(each.id)) for each in wanted.values() if not _is_as_declared(known.get(each.id), each)]
    orphaned = [
        row.id
        for row in known.values()
        if row.declared == Declared.CONFIG and row.removed_at is None and row.id not in wanted
    ]
    return due, orphaned


def _is_as_declared(row: AnyRow | None, wanted: ListDeclaration) -> bool:
    return row is not None and (
        (row.title, row.url, row.enabled, row.every, row.declared, row.removed_at)
        == (wanted.title, wanted.url, wanted.enabled, wanted.every, Declared.CONFIG, None)
    )
