"""Notices to the operator: faults as they come and go, and lists that changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from watchlist.model import Fault, ListChange, Notice, NoticeKind
from watchlist.storage.database.rows import AnyRow, Rows, insert_one
from watchlist.storage.database.tables import notices
from watchlist.storage.queued.enqueue import enqueue_notices

#: More ids than these are not told one by one.
_MOST_PAIRS = 5


class NoticeRows(Rows):
    """The notices."""

    def record_faults(self, faults: Iterable[Fault], channels: Sequence[str], now: datetime) -> int:
        """Open a notice for each fault that has none, close those that are over, and put both in the outbox.

        All or nothing, in one transaction; return how many notices are new. A fault that stays is told once.
        """
        present = {fault.subject: fault for fault in faults}
        with self._reading() as connection:
            if present.keys() == _open_faults(connection).keys():
                return 0
        with self._writing() as connection:
            known = _open_faults(connection)
            fresh = [
                _insert(connection, NoticeKind.FAULT, fault.subject, fault.text, now)
                for subject, fault in present.items()
                if subject not in known
            ]
            for subject, notice in known.items():
                if subject not in present:
                    connection.execute(update(notices).where(notices.c.id == notice.id).values(resolved_at=now))
                    fresh.append(_insert(connection, NoticeKind.RECOVERY, subject, notice.text, now))
            for channel in channels:
                enqueue_notices(connection, channel, fresh, now)
            return len(fresh)

    def notices(self, notice_ids: tuple[int, ...]) -> tuple[Notice, ...]:
        """These notices, in the order in which they came."""
        statement = select(notices).where(notices.c.id.in_(notice_ids)).order_by(notices.c.id)
        with self._reading() as connection:
            return tuple(_from_row(row) for row in connection.execute(statement))


def announce_change(connection: Connection, change: ListChange, channels: Sequence[str], now: datetime) -> None:
    """Tell that a list has changed, within the transaction that changes it."""
    if channels:
        text = (
            f"{change.added:,} added, {change.changed:,} changed, {change.removed:,} removed;"
            f" {change.entity_count:,} entities now"
        )
        if change.renumbered:
            count = len(change.renumbered)
            text += f"; {count:,} of those added are only renumbered: {_pairs(change.renumbered, 'is now')}"
        if change.reused:
            text += f"; {len(change.reused):,} ids name another entity: {_pairs(change.reused, 'was')}"
        number = _insert(connection, NoticeKind.LIST_CHANGE, change.list_id, text, now)
        for channel in channels:
            enqueue_notices(connection, channel, [number], now)


def _pairs(pairs: Sequence[tuple[str, str]], words: str) -> str:
    told = ", ".join(f"{one} {words} {other}" for one, other in pairs[:_MOST_PAIRS])
    return told + (", …" if len(pairs) > _MOST_PAIRS else "")


def _open_faults(connection: Connection) -> dict[str, Notice]:
    statement = select(notices).where(notices.c.kind == NoticeKind.FAULT, notices.c.resolved_at.is_(None))
    return {row.subject: _from_row(row) for row in connection.execute(statement)}


def _insert(connection: Connection, kind: NoticeKind, subject: str, text: str, now: datetime) -> int:
    return insert_one(connection, insert(notices).values(kind=kind, subject=subject, text=text, opened_at=now))


def _from_row(row: AnyRow) -> Notice:
    return Notice(
        id=row.id,
        kind=NoticeKind(row.kind),
        subject=row.subject,
        text=row.text,
        opened_at=row.opened_at,
        resolved_at=row.resolved_at,
    )
