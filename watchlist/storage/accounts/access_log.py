"""The record of accounts: who came in, who did not, what was changed.

Rows are added and never changed. They are kept for good, or as long as the configuration says.
"""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from watchlist.model import AccessEvent, AccessKind, folded_name
from watchlist.storage.database.rows import Rows
from watchlist.storage.database.tables import access_log

#: Of a name that somebody only wrote, so much is kept.
_LONGEST_NAME = 190
_LONGEST_ADDRESS = 64


class AccessLogRows(Rows):
    """The record of accounts."""

    def note_access(self, event: AccessEvent) -> None:
        """Add a line to the record."""
        with self._writing() as connection:
            note_event(connection, event)

    def access_log(self, limit: int, name: str | None = None) -> tuple[AccessEvent, ...]:
        """The latest lines of the record, the newest first, of all accounts or of one."""
        statement = select(access_log).order_by(access_log.c.id.desc())
        with self._reading() as connection:
            if name is None:
                rows = connection.execute(statement.limit(limit)).all()
            else:
                folded = folded_name(name)
                found = (row for row in connection.execute(statement) if folded_name(row.name or "") == folded)
                rows = [row for row, _ in zip(found, range(limit), strict=False)]
        return tuple(
            AccessEvent(row.at, AccessKind(row.kind), row.name, row.by, row.address, row.detail) for row in rows
        )


def note_event(connection: Connection, event: AccessEvent) -> None:
    """Add a line to the record within the caller's transaction."""
    values = {
        "at": event.at,
        "kind": event.kind,
        "name": event.name and event.name[:_LONGEST_NAME],
        "by": event.by and event.by[:_LONGEST_NAME],
        "address": event.address and event.address[:_LONGEST_ADDRESS],
        "detail": event.detail,
    }
    connection.execute(insert(access_log).values(values))
