"""Keys that this program signs with: made when one is first asked for, and the same to all processes from then on."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import select

from watchlist.storage.database.rows import Rows, dialect_of
from watchlist.storage.database.tables import keys

_BYTES = 32


class KeyRows(Rows):
    """The keys."""

    def signing_key(self, purpose: str, now: datetime) -> bytes:
        """The key for a purpose."""
        wanted = select(keys.c.secret).where(keys.c.purpose == purpose)
        with self._reading() as connection:
            found: bytes | None = connection.execute(wanted).scalar()
        if found is not None:
            return bytes(found)
        with self._writing() as connection:
            values = {"purpose": purpose, "secret": secrets.token_bytes(_BYTES), "created_at": now}
            connection.execute(dialect_of(connection).insert(keys).values(values).on_conflict_do_nothing())
            return bytes(connection.execute(wanted).scalar_one())
