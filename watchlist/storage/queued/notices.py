"""Notices to the operator, and those of lists that changed; those of faults are made in `faults`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select

from watchlist.model import ListChange, Notice, NoticeKind
from watchlist.storage.database.rows import AnyRow, Rows, insert_one
from watchlist.storage.database.tables import notices
from watchlist.storage.queued.enqueue import enqueue_notices

#: More ids than these are not told one by one.
_MOST_PAIRS = 5


class NoticeRows(Rows):
    """The notices."""

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
        number = insert_notice(connection, NoticeKind.LIST_CHANGE, change.list_id, text, now)
        for channel in channels:
            enqueue_notices(connection, channel, [number], now)


def _pairs(pairs: Sequence[tuple[str, str]], words: str) -> str:
    told = ", ".join(f"{one} {words} {other}" for one, other in pairs[:_MOST_PAIRS])
    return told + (", …" if len(pairs) > _MOST_PAIRS else "")


def insert_notice(connection: Connection, kind: NoticeKind, subject: str, text: str, now: datetime) -> int:
    """Keep a notice, within the caller's transaction; return its number."""
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
