"""Lists, the state of their syncs, and their revisions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Select, func, or_, select, update

from watchlist.errors import NotFoundError
from watchlist.model import Declared, Snapshot, WatchedList
from watchlist.storage.database.rows import AnyRow, Rows
from watchlist.storage.database.tables import entities, lists, names, snapshots
from watchlist.storage.listed.snapshots import snapshot_from_row


class ListRows(Rows):
    """The lists."""

    def watched_lists(self) -> tuple[WatchedList, ...]:
        """All lists, in the order of their ids; also those that the configuration names no longer, which are off."""
        with self._reading() as connection:
            rows = connection.execute(known_lists().order_by(lists.c.id)).all()
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
                row.list_id: snapshot_from_row(row)
                for row in connection.execute(select(snapshots).where(snapshots.c.id.in_(newest)))
            }
        return tuple(
            _from_row(row, current.get(row.id), entity_counts.get(row.id, 0), name_counts.get(row.id, 0))
            for row in rows
        )

    def list_titles(self) -> dict[str, str]:
        """What each list is called, by its id; nothing of them is counted."""
        with self._reading() as connection:
            rows = connection.execute(select(lists.c.id, lists.c.title).order_by(lists.c.id))
            return {row.id: row.title for row in rows}

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
        self,
        list_id: str,
        now: datetime,
        validators: Mapping[str, list[str | None]] | None = None,
        *,
        keep_error: bool = False,
    ) -> None:
        """A check of a list went well; keep the server's validators where there are any, and the last error if told."""
        values: dict[str, Any] = {"last_checked_at": now, "last_good_at": now}
        if not keep_error:
            values |= {"last_error": None, "last_error_at": None}
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
        """Each list that is switched on with its present revision."""
        with self._reading() as connection:
            return read_revisions(connection)


def hold_list(connection: Connection, list_id: str) -> None:
    """Keep other programs from changing this list until the transaction ends, as SQLite does with every writer."""
    connection.execute(select(lists.c.id).where(lists.c.id == list_id).with_for_update())


def change_revision(connection: Connection, list_id: str) -> None:
    """Note that what is screened for is another, though the list says the same."""
    connection.execute(update(lists).where(lists.c.id == list_id).values(revision=uuid4().hex))


def touch(connection: Connection, list_id: str, now: datetime) -> None:
    """Note that what is matched has changed."""
    connection.execute(update(lists).where(lists.c.id == list_id).values(revision=uuid4().hex, last_changed_at=now))


def read_revisions(connection: Connection) -> tuple[tuple[str, str], ...]:
    """Each list that is switched on with its present revision."""
    return tuple((row.id, row.revision) for row in connection.execute(_REVISIONS))


#: Made once: it is asked for each article.
_REVISIONS = (
    select(lists.c.id, lists.c.revision)
    .where(lists.c.removed_at.is_(None), lists.c.enabled, ~lists.c.disabled)
    .order_by(lists.c.id)
)


def known_lists() -> Select[Any]:
    """The lists that nobody removed: what the configuration merely names no longer is off, and kept."""
    return select(lists).where(or_(lists.c.removed_at.is_(None), lists.c.declared == Declared.CONFIG))


def _from_row(row: AnyRow, snapshot: Snapshot | None, entity_count: int, name_count: int) -> WatchedList:
    return WatchedList(
        id=row.id,
        title=row.title,
        declared=Declared(row.declared),
        enabled=row.enabled and not row.disabled and row.removed_at is None,
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
        undeclared_at=row.removed_at,
    )
