"""Claims: feeds and articles that one of several workers has in hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete, select

from watchlist.model import Rank, WorkerRole
from watchlist.storage.database.fence import Fence
from watchlist.storage.database.rows import Rows, chunks, dialect_of
from watchlist.storage.database.tables import claims, feeds
from watchlist.storage.workers.shown import live_workers

FEED: Final = "feed"
ARTICLE: Final = "article"


class ClaimRows(Rows):
    """The claims."""

    def place(self, role: WorkerRole) -> Rank:
        """Where this worker stands among those that are at work in a role; alone where nobody else is."""
        if not self._fence.shared:
            return Rank()
        with self._reading() as connection:
            ids = live_workers(connection, role)
        return Rank(ids.index(self._fence.worker), len(ids)) if self._fence.worker in ids else Rank()

    def claim_feeds(self, seen: Mapping[int, datetime | None], now: datetime) -> frozenset[int]:
        """Claim feeds for this worker's polls, each with when it was checked as far as the caller knows.

        Returns those that no other has in hand, and that no other has polled meanwhile.
        """
        if not self._fence.shared or not seen:
            return frozenset(seen)
        with self._writing() as connection:
            free = select(feeds.c.id, feeds.c.last_checked_at).where(feeds.c.id.in_(seen)).order_by(feeds.c.id)
            rows = connection.execute(free.with_for_update(skip_locked=True)).all()
            same = [str(row.id) for row in rows if row.last_checked_at == seen[row.id]]
            return frozenset(int(key) for key in claim(connection, self._fence, FEED, same, now))

    def release_feeds(self, feed_ids: Iterable[int]) -> None:
        """Let others poll these feeds again."""
        wanted = list(feed_ids)
        if self._fence.shared and wanted:
            with self._writing(fenced=False) as connection:
                release(connection, self._fence, FEED, [str(each) for each in wanted])


def claim(connection: Connection, fence: Fence, kind: str, keys: Iterable[str], now: datetime) -> set[str]:
    """Claim what nobody has claimed, within the caller's transaction; return what is the caller's now."""
    insert = dialect_of(connection).insert(claims)
    found: set[str] = set()
    for part in chunks(sorted(keys)):
        rows = [{"kind": kind, "key": key, "worker_id": fence.worker, "at": now} for key in part]
        statement = insert.values(rows).on_conflict_do_nothing().returning(claims.c.key)
        found.update(connection.execute(statement).scalars())
    return found


def release(connection: Connection, fence: Fence, kind: str, keys: Sequence[str] | None = None) -> None:
    """Give up claims of the caller's, all of a kind where no keys are given, within the caller's transaction."""
    own = (claims.c.worker_id == fence.worker, claims.c.kind == kind)
    if keys is None:
        connection.execute(delete(claims).where(*own))
    for part in chunks(keys or ()):
        connection.execute(delete(claims).where(*own, claims.c.key.in_(part)))
