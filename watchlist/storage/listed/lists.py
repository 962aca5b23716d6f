"""Lists, the state of their syncs, and their snapshots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Select, func, select, update

from watchlist.errors import NotFoundError, UsageError
from watchlist.model import Declared, Snapshot, WatchedList
from watchlist.storage.database.rows import AnyRow, Rows, upsert
from watchlist.storage.database.tables import entities, lists, names, snapshots
from watchlist.storage.listed.entities import touch


@dataclass(frozen=True, slots=True)
class ListDeclaration:
    """A list as the configuration or the command line wants it."""

    id: str
    title: str
    url: str | None
    enabled: bool = True
    refresh: bool = True
    own: bool = False
    #: Seconds between two checks; None for as often as lists are checked otherwise.
    every: float | None = None


class ListRows(Rows):
    """The lists."""

    def declare_lists(self, declared: Iterable[ListDeclaration], now: datetime) -> None:
        """Make the configuration's lists the declared ones; writes nothing when they are so already.

        A list that the configuration names no longer is taken away; declared again, it is there as it was.
        """
        wanted = {each.id: each for each in declared}
        with self._reading() as connection:
            if not any(_differences(connection, wanted)):
                return
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

    def add_list(self, declaration: ListDeclaration) -> None:
        """Add a list of the user's; raises UsageError when the id is taken. A removed one comes back, empty."""
        with self._writing() as connection:
            row = connection.execute(select(lists).where(lists.c.id == declaration.id)).first()
            if row is not None and row.removed_at is None:
                raise UsageError(f"there is a list {declaration.id!r} already")
            fresh = {"id": declaration.id, "disabled": False, "validators": {}, "revision": uuid4().hex}
            upsert(connection, lists, [{**fresh, **_declared(declaration), "declared": Declared.USER}], ["id"])

    def remove_list(self, list_id: str, now: datetime) -> int:
        """Take a list of the user's away and return how many entities it had; their alerts stay on record."""
        with self._writing() as connection:
            row = connection.execute(_present().where(lists.c.id == list_id)).first()
            if row is None:
                raise NotFoundError("list", list_id, "'watchlist lists' shows them")
            if row.declared == Declared.CONFIG:
                raise UsageError(
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
            connection.execute(update(lists).where(lists.c.id == list_id).values(removed_at=now, **unchecked))
            touch(connection, list_id, now)
            return gone.rowcount

    def switch_list(self, list_id: str, on: bool, now: datetime) -> None:
        """Switch a list on or off; off, its names are not matched and it is not synced."""
        with self._writing() as connection:
            row = connection.execute(_present().where(lists.c.id == list_id)).first()
            if row is None:
                raise NotFoundError("list", list_id, "'watchlist lists' shows them")
            if on and not row.enabled:
                raise UsageError(f"{list_id} is switched off in the configuration file: set 'enabled: true' there")
            connection.execute(update(lists).where(lists.c.id == list_id).values(disabled=not on))
            touch(connection, list_id, now)

    def watched_lists(self) -> tuple[WatchedList, ...]:
        """All lists, in the order of their ids."""
        with self._reading() as connection:
            rows = connection.execute(_present().order_by(lists.c.id)).all()
            entity_counts = {
                row.list_id: row.n
                for row in connection.execute(
                    select(entities.c.list_id, func.count().label("n"))
                    .where(entities.c.removed_at.is_(None))
                    .group_by(entities.c.list_id)
                )
            }
            name_counts = {
                row.list_id: row.n
                for row in connection.execute(
                    select(entities.c.list_id, func.count().label("n"))
                    .select_from(names.join(entities, entities.c.id == names.c.entity_id))
                    .where(entities.c.removed_at.is_(None))
                    .group_by(entities.c.list_id)
                )
            }
            newest = select(func.max(snapshots.c.id)).group_by(snapshots.c.list_id)
            current = {
                row.list_id: _snapshot(row)
                for row in connection.execute(select(snapshots).where(snapshots.c.id.in_(newest)))
            }
        return tuple(
            _from_row(row, current.get(row.id), entity_counts.get(row.id, 0), name_counts.get(row.id, 0))
            for row in rows
        )

    def watched_list(self, list_id: str) -> WatchedList:
        """One list; raises NotFoundError."""
        for each in self.watched_lists():
            if each.id == list_id:
                return each
        raise NotFoundError("list", list_id, "'watchlist lists' shows them")

    def validators(self, list_id: str) -> dict[str, list[str | None]]:
        """What the server said of the last good download, by address: ETag and Last-Modified."""
        with self._reading() as connection:
            return dict(connection.execute(select(lists.c.validators).where(lists.c.id == list_id)).scalar() or {})

    def record_checked(
        self, list_id: str, now: datetime, validators: Mapping[str, list[str | None]] | None = None
    ) -> None:
        """A check of a list went well; keep the server's validators where there are any."""
        values: dict[str, Any] = {
            "last_checked_at": now,
            "last_good_at": now,
            "last_error": None,
            "last_error_at": None,
        }
        if validators is not None:
            values["validators"] = dict(validators)
        with self._writing() as connection:
            connection.execute(update(lists).where(lists.c.id == list_id).values(**values))

    def record_list_error(self, list_id: str, error: str, now: datetime) -> None:
        """A check of a list failed; what it held before stays in force."""
        with self._writing() as connection:
            connection.execute(
                update(lists)
                .where(lists.c.id == list_id)
                .values(last_checked_at=now, last_error=error, last_error_at=now)
            )

    def revisions(self) -> tuple[tuple[str, str], ...]:
        """Each list that is switched on with the token of its present content."""
        with self._reading() as connection:
            return read_revisions(connection)


def read_revisions(connection: Connection) -> tuple[tuple[str, str], ...]:
    """Each list that is switched on with the token of its present content."""
    return tuple((row.id, row.revision) for row in connection.execute(_REVISIONS))


#: Made once: it is asked for each article.
_REVISIONS = (
    select(lists.c.id, lists.c.revision)
    .where(lists.c.removed_at.is_(None), lists.c.enabled, ~lists.c.disabled)
    .order_by(lists.c.id)
)


def _present() -> Select[Any]:
    return select(lists).where(lists.c.removed_at.is_(None))


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


def _snapshot(row: AnyRow) -> Snapshot:
    return Snapshot(
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


def _from_row(row: AnyRow, snapshot: Snapshot | None, entity_count: int, name_count: int) -> WatchedList:
    return WatchedList(
        id=row.id,
        title=row.title,
        declared=Declared(row.declared),
        enabled=row.enabled and not row.disabled,
        refresh=row.refresh,
        own=row.own,
        url=row.url,
        snapshot=snapshot,
        entity_count=entity_count,
        name_count=name_count,
        last_checked_at=row.last_checked_at,
        last_good_at=row.last_good_at,
        last_changed_at=row.last_changed_at,
        last_error=row.last_error,
        last_error_at=row.last_error_at,
        every=row.every,
    )
