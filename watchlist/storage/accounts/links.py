"""Links of mails that were used: each does what it says once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from watchlist.model import AccessEvent, AccessKind, Act, UsedLink
from watchlist.storage.accounts.access_log import note_event
from watchlist.storage.database.rows import Rows, dialect_of
from watchlist.storage.database.tables import used_links
from watchlist.storage.found.judged.acts import perform


class LinkRows(Rows):
    """The links that were used."""

    def used_link(self, sha256: str) -> UsedLink | None:
        """What was done by the link of this hash; None where it was not used yet."""
        with self._reading() as connection:
            row = connection.execute(select(used_links).where(used_links.c.id == sha256)).first()
        return None if row is None else UsedLink(row.alert_id, row.action, row.by, row.at)

    def judge_by_link(self, sha256: str, alert_id: int, act: Act, now: datetime) -> UsedLink | None:
        """Judge an alert by the link of this hash, all or nothing; None where somebody has used it before.

        Raises NotFoundError when the alert is not on record.
        """
        used = UsedLink(alert_id, act.action, act.by, now)
        values = {"id": sha256, "alert_id": alert_id, "action": act.action, "by": act.by, "at": now}
        with self._writing() as connection:
            statement = dialect_of(connection).insert(used_links).values(values).on_conflict_do_nothing()
            if connection.execute(statement.returning(used_links.c.id)).first() is None:
                return None
            perform(connection, [alert_id], act, now)
            detail = f"{act.action} of alert {alert_id}"
            note_event(connection, AccessEvent(now, AccessKind.LINK_USED, act.by, detail=detail))
            return used
