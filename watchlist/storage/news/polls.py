"""The last polls of each feed, and what they teach of it: its habit, its moves, its end."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from watchlist.model import NO_HINTS, FeedFetchIntent, FeedHints, FeedPoll, Habit
from watchlist.storage.database.rows import AnyRow, Rows
from watchlist.storage.database.tables import feed_polls

#: Polls kept for each feed.
_KEPT = 50
#: A move for good is believed after so many good polls that told the same, over so long a time.
_MOVED_POLLS, _MOVED_FOR = 3, timedelta(days=7)
_NOT_MODIFIED = 304
#: After so many failures in a row at the new address, the old one is asked again.
_GIVEN_UP = 3


class FeedPollRows(Rows):
    """The polls."""

    def feed_polls(self, feed_id: int, limit: int = _KEPT) -> tuple[FeedPoll, ...]:
        """The last polls of a feed, the latest first."""
        statement = (
            select(feed_polls)
            .where(feed_polls.c.feed_id == feed_id)
            .order_by(feed_polls.c.at.desc(), feed_polls.c.id.desc())
            .limit(limit)
        )
        with self._reading() as connection:
            return tuple(
                FeedPoll(row.at, row.status, row.new, row.seconds, row.error) for row in connection.execute(statement)
            )


def note_poll(connection: Connection, intent: FeedFetchIntent, new: int) -> None:
    """Keep a poll, and of the earlier ones no more than the last few."""
    connection.execute(
        insert(feed_polls).values(
            feed_id=intent.feed_id,
            at=intent.checked_at,
            status=intent.status,
            new=new,
            seconds=round(intent.seconds, 3),
            error=intent.error,
        )
    )
    kept = (
        select(feed_polls.c.id)
        .where(feed_polls.c.feed_id == intent.feed_id)
        .order_by(feed_polls.c.at.desc(), feed_polls.c.id.desc())
        .limit(_KEPT)
    )
    of_feed = feed_polls.c.feed_id == intent.feed_id
    connection.execute(delete(feed_polls).where(of_feed, feed_polls.c.id.not_in(kept.scalar_subquery())))


def learnt(row: AnyRow, intent: FeedFetchIntent, new: int) -> dict[str, Any]:
    """What a poll teaches of its feed, as columns of `feeds`."""
    if intent.error is not None:
        values: dict[str, Any] = {}
        if row.adopted and row.failures + 1 >= _GIVEN_UP:
            values |= {"moved_to": None, "moved_since": None, "moved_polls": 0, "adopted": False}
        if intent.gone:
            values |= {"disabled": True, "gone_at": intent.checked_at}
        return values
    habit = Habit(row.changed_at, row.gap).after(new > 0, intent.checked_at)
    hints = intent.hints if intent.hints is not None else read_hints(row)
    values = {"changed_at": habit.changed_at, "gap": habit.gap, "hints": asdict(hints)}
    return values | _moved(row, intent)


def _moved(row: AnyRow, intent: FeedFetchIntent) -> dict[str, Any]:
    target = intent.moved_to
    if target is None:
        # A feed that is fetched from where it moved meets no redirect; nor does "not modified" tell of one.
        away = row.adopted or intent.status == _NOT_MODIFIED
        return {} if away else {"moved_to": None, "moved_since": None, "moved_polls": 0}
    if target != row.moved_to:
        return {"moved_to": target, "moved_since": intent.checked_at, "moved_polls": 1, "adopted": False}
    polls = row.moved_polls + 1
    held = row.moved_since is not None and intent.checked_at - row.moved_since >= _MOVED_FOR
    return {"moved_polls": polls, "adopted": row.adopted or (held and polls >= _MOVED_POLLS)}


def read_hints(row: AnyRow) -> FeedHints:
    """The hints of a row of `feeds`."""
    if row.hints is None:
        return NO_HINTS
    return FeedHints(row.hints["fresh"], tuple(row.hints["skip_hours"]), tuple(row.hints["skip_days"]))
