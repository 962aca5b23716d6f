"""Tries that are counted, so that several processes together let nobody guess: by name, by address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import case, delete, or_, select

from watchlist.model import Limit, folded_name
from watchlist.storage.database.rows import Rows, dialect_of
from watchlist.storage.database.tables import throttles


class ThrottleRows(Rows):
    """The tries that are counted."""

    def count_try(self, limits: Mapping[str, Limit], now: datetime) -> dict[str, tuple[int, float]]:
        """Count a try under each of these keys, before it is known how it ends.

        Returns the keys whose limit it is over, with how often it was tried and the seconds until it may be again.
        """
        over = {}
        longest = timedelta(seconds=max(each.seconds for each in limits.values()))
        with self._writing() as connection:
            # What ends later than any can was counted by a clock that was ahead.
            past, never = throttles.c.ends_at <= now, throttles.c.ends_at > now + longest
            connection.execute(delete(throttles).where(or_(past, never)))
            # In one order, or two that count the same keys could wait for each other.
            for key, limit in sorted(limits.items()):
                ends_at = now + timedelta(seconds=limit.seconds)
                statement = dialect_of(connection).insert(throttles).values(key=key, tries=1, ends_at=ends_at)
                statement = statement.on_conflict_do_update(
                    index_elements=["key"], set_={"tries": throttles.c.tries + 1}
                ).returning(throttles.c.tries, throttles.c.ends_at)
                row = connection.execute(statement).one()
                if row.tries > limit.tries:
                    over[key] = (row.tries, max((row.ends_at - now).total_seconds(), 1.0))
        return over

    def tries_left(self, limits: Mapping[str, Limit], now: datetime) -> dict[str, float]:
        """Of these keys, those that have no try left, with the seconds until they have."""
        statement = select(throttles).where(throttles.c.key.in_(limits), throttles.c.ends_at > now)
        with self._reading() as connection:
            rows = connection.execute(statement).all()
        waits = {row.key: (row.ends_at - now).total_seconds() for row in rows if row.tries >= limits[row.key].tries}
        # What would be longer was counted by a clock that was ahead.
        return {key: max(wait, 1.0) for key, wait in waits.items() if wait <= limits[key].seconds}

    def forgive_name(self, name: str) -> None:
        """Take back all tries to log in as somebody."""
        self.forgive([name_key(name)])

    def forgive(self, keys: Iterable[str], tries: int | None = None) -> None:
        """Take back so many of the tries that were counted under these keys; all of them where no number is given."""
        wanted = list(keys)
        with self._writing() as connection:
            own = throttles.c.key.in_(wanted)
            if tries is None:
                connection.execute(delete(throttles).where(own))
                return
            left = case((throttles.c.tries > tries, throttles.c.tries - tries), else_=0)
            connection.execute(throttles.update().where(own).values(tries=left))


def name_key(name: str) -> str:
    """By what the tries to log in under a name are counted: a name as it was written may be of any length."""
    return f"name {sha256(folded_name(name).encode('utf-8', 'surrogateescape')).hexdigest()}"
