"""Sessions of browsers: each is known by the hash of a secret, and ends by itself, at log-out, or with its account."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, insert, or_, select, update

from watchlist.model import AccessEvent, UserAccount
from watchlist.storage.accounts.access_log import note_event
from watchlist.storage.accounts.accounts import account_from_row
from watchlist.storage.database.rows import Rows
from watchlist.storage.database.tables import accounts, sessions

#: When a session was last seen is kept to this.
SEEN_TO = timedelta(minutes=1)


class SessionRows(Rows):
    """The sessions."""

    def open_session(self, account_id: int, key: str, ends_at: datetime, idle: timedelta, event: AccessEvent) -> None:
        """Begin a session known by this hash, note the log-in, and forget sessions that are over."""
        now = event.at
        with self._writing() as connection:
            over = or_(sessions.c.ends_at <= now, sessions.c.seen_at <= now - idle)
            connection.execute(delete(sessions).where(over))
            values = {"id": key, "account_id": account_id, "created_at": now, "seen_at": now, "ends_at": ends_at}
            connection.execute(insert(sessions).values(values))
            note_event(connection, event)

    def session_account(self, key: str, now: datetime, idle: timedelta) -> tuple[UserAccount, datetime] | None:
        """Whose session is known by this hash, and when it was last seen; None where it is over, or there is none."""
        statement = (
            select(accounts, sessions.c.seen_at)
            .join(sessions, sessions.c.account_id == accounts.c.id)
            .where(sessions.c.id == key, sessions.c.ends_at > now, sessions.c.seen_at > now - idle)
            .where(accounts.c.disabled_at.is_(None))
        )
        with self._reading() as connection:
            row = connection.execute(statement).first()
        return None if row is None else (account_from_row(row), row.seen_at)

    def see_session(self, key: str, now: datetime) -> None:
        """Note that a session is in use."""
        with self._writing() as connection:
            connection.execute(update(sessions).where(sessions.c.id == key).values(seen_at=now))

    def end_session(self, key: str, event: AccessEvent | None = None) -> None:
        """End a session, and note by what; one that is over already ends in silence."""
        with self._writing() as connection:
            ended = connection.execute(delete(sessions).where(sessions.c.id == key)).rowcount
            if ended and event is not None:
                note_event(connection, event)
