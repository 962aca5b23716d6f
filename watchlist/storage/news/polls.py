"""Polls: what each found, stored with what it teaches of its feed, and the last ones of each feed."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from watchlist.model import FeedFetchIntent, FeedPoll, Habit
from watchlist.news.moves import Move, after_poll
from watchlist.storage.database.rows import AnyRow, Rows
from watchlist.storage.database.tables import articles, feed_polls, feeds
from watchlist.storage.news.arrivals import store_articles
from watchlist.storage.news.feeds import read_hints
from watchlist.storage.workers.claims import FEED, release

#: Polls kept for each feed.
_KEPT = 50


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
            return tuple(_from_row(row) for row in connection.execute(statement))

    def record_fetch(self, intent: FeedFetchIntent) -> int:
        """Store what a poll found, feed state and articles together; return how many articles are to be screened."""
        values: dict[str, Any] = {
            "last_checked_at": intent.checked_at,
            "next_check_at": intent.next_check_at,
            "last_status": intent.status,
            "next_reason": intent.reason,
        }
        with self._writing() as connection:
            # HeldBack, because two programs may poll one feed: counts are read here and written back.
            row = connection.execute(select(feeds).where(feeds.c.id == intent.feed_id).with_for_update()).first()
            if row is None:
                # Taken away while it was being polled.
                return 0
            if intent.error is not None:
                values |= {"last_error": intent.error, "last_error_at": intent.checked_at, "failures": row.failures + 1}
            else:
                values |= {
                    "last_error": None,
                    "last_error_at": None,
                    "failures": 0,
                    "last_success_at": intent.checked_at,
                    "etag": intent.etag,
                    "last_modified": intent.last_modified,
                    "title": row.title or intent.title,
                }
            first = row.last_success_at is None and not _has_articles(connection, intent.feed_id)
            new = store_articles(
                connection,
                intent.articles,
                wanted=intent.pages,
                first_reading=first,
                captures=intent.captures,
            )
            values |= _learnt(row, intent, new)
            connection.execute(update(feeds).where(feeds.c.id == intent.feed_id).values(**values))
            _note_poll(connection, intent, new)
            if self._fence.shared:
                release(connection, self._fence, FEED, [str(intent.feed_id)])
            return new


def _from_row(row: AnyRow) -> FeedPoll:
    return FeedPoll(at=row.at, status=row.status, new=row.new, seconds=row.seconds, error=row.error)


def _has_articles(connection: Connection, feed_id: int) -> bool:
    """Whether anything came from a feed before: one that is always damaged has no good poll, and yet a first one."""
    statement = select(articles.c.id).where(articles.c.feed_id == feed_id).limit(1)
    return connection.execute(statement).first() is not None


def _note_poll(connection: Connection, intent: FeedFetchIntent, new: int) -> None:
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


def _learnt(row: AnyRow, intent: FeedFetchIntent, new: int) -> dict[str, Any]:
    """What a poll teaches of its feed, as columns of `feeds`."""
    before = Move(row.moved_to, row.moved_since, row.moved_polls, row.adopted)
    move = after_poll(before, intent, row.failures)
    values: dict[str, Any] = {
        "moved_to": move.to,
        "moved_since": move.since,
        "moved_polls": move.polls,
        "adopted": move.adopted,
    }
    if intent.error is None:
        habit = Habit(row.changed_at, row.gap).after(new > 0, intent.checked_at)
        hints = intent.hints if intent.hints is not None else read_hints(row)
        values |= {"changed_at": habit.changed_at, "gap": habit.gap, "hints": asdict(hints)}
    elif intent.gone:
        values |= {"disabled": True, "gone_at": intent.checked_at}
    return values
