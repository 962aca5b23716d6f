"""What programs were answered under a key of theirs, so that asking again does nothing twice."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from watchlist.model import KeptAnswer
from watchlist.storage.database.rows import Rows, dialect_of
from watchlist.storage.database.tables import answered

#: An answer is kept for so long.
KEPT_FOR = timedelta(days=1)
#: Who has not answered by then died over it.
_ANSWERED_BY = timedelta(minutes=10)


class AnsweredRows(Rows):
    """The answers."""

    def begin_answer(self, id: str, request: str, now: datetime) -> KeptAnswer | None:
        """Note that a request is being answered; return what is known where it was asked before, else None."""
        with self._writing() as connection:
            over = answered.c.at <= now - KEPT_FOR
            dead = answered.c.status.is_(None) & (answered.c.at <= now - _ANSWERED_BY)
            connection.execute(delete(answered).where(over | dead))
            statement = dialect_of(connection).insert(answered).values(id=id, request=request, at=now)
            if connection.execute(statement.on_conflict_do_nothing().returning(answered.c.id)).first() is not None:
                return None
            row = connection.execute(select(answered).where(answered.c.id == id)).one()
            return KeptAnswer(row.request, row.status, row.content_type or "", row.body or b"")

    def keep_answer(self, id: str, answer: KeptAnswer) -> None:
        """Keep what a request was answered with."""
        values = {"status": answer.status, "content_type": answer.content_type, "body": answer.body}
        with self._writing() as connection:
            connection.execute(update(answered).where(answered.c.id == id).values(**values))

    def forget_answer(self, id: str) -> None:
        """Let a request be asked again: it came to nothing."""
        with self._writing() as connection:
            connection.execute(delete(answered).where(answered.c.id == id))
