"""Feeds with the state of their polls, as the user adds, removes and sets them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from watchlist.errors import ConflictError, NotFoundError, UsageError
from watchlist.model import NO_HINTS, Declared, Feed, FeedHints, FullText, Habit
from watchlist.storage.database.rows import AnyRow, Rows, insert_one
from watchlist.storage.database.tables import articles, feeds

#: What a feed that was never polled begins with.
BLANK: Mapping[str, Any] = MappingProxyType(
    {"disabled": False, "failures": 0, "full_text": FullText.AUTO, "moved_polls": 0, "adopted": False}
)


class FeedRows(Rows):
    """The feeds."""

    def add_feed(self, url: str, title: str | None) -> Feed:
        """Add a feed of the user's; raises ConflictError when its address is there already.

        One that the configuration names no longer is the user's from then on, with all that is known of it.
        """
        with self._writing() as connection:
            row = connection.execute(select(feeds.c.id, feeds.c.undeclared_at).where(feeds.c.url == url)).first()
            if row is None:
                values = {"url": url, "title": title, "declared": Declared.USER, "enabled": True}
                id = insert_one(connection, insert(feeds).values(**BLANK, **values))
            elif row.undeclared_at is None:
                raise ConflictError(f"{url} is there already, as feed {row.id}")
            else:
                id = row.id
                take_over(connection, id, {"title": title} if title else {})
        return self.feed(str(id))

    def remove_feed(self, key: str) -> Feed:
        """Take a feed away with all that is known of it; its articles and their alerts stay.

        Raises ConflictError for one that the configuration names.
        """
        feed = self.feed(key)
        if feed.declared is Declared.CONFIG and feed.undeclared_at is None:
            raise ConflictError(
                f"{feed.url} is declared in the configuration file: take it out of 'feeds:' there,"
                f" or switch it off with 'watchlist feeds disable {feed.id}'"
            )
        with self._writing() as connection:
            connection.execute(delete(feeds).where(feeds.c.id == feed.id))
        return feed

    def switch_feed(self, key: str, on: bool) -> Feed:
        """Switch a feed on or off; off, it is not polled."""
        feed = self.feed(key)
        if on:
            _require_declared(feed)
        with self._writing() as connection:
            declared_on = connection.execute(select(feeds.c.enabled).where(feeds.c.id == feed.id)).scalar()
            if on and not declared_on:
                raise ConflictError(f"{feed.url} is switched off in the configuration file: set 'enabled: true' there")
            values = {"disabled": not on, "next_check_at": None, "gone_at": None}
            connection.execute(update(feeds).where(feeds.c.id == feed.id).values(**values))
        return self.feed(str(feed.id))

    def set_feed(self, key: str, values: Mapping[str, Any]) -> Feed:
        """Change ``title``, ``every``, ``full_text`` or ``folder`` of a feed; it is asked at once.

        Raises ConflictError for what the configuration file says of a feed that it declares.
        """
        feed = self.feed(key)
        _require_declared(feed)
        if feed.declared is Declared.CONFIG and (fixed := sorted(values.keys() & {"title", "every", "full_text"})):
            raise ConflictError(
                f"{feed.url} is declared in the configuration file: set {' and '.join(fixed)} there, under 'feeds:'"
            )
        with self._writing() as connection:
            connection.execute(update(feeds).where(feeds.c.id == feed.id).values(**values, next_check_at=None))
        return self.feed(str(feed.id))

    def feeds_as_set(self) -> tuple[Feed, ...]:
        """All feeds, in the order they were added, without their articles being counted."""
        with self._reading() as connection:
            rows = connection.execute(select(feeds).order_by(feeds.c.id)).all()
        return tuple(_from_row(row, 0) for row in rows)

    def watched_feeds(self) -> tuple[Feed, ...]:
        """All feeds, in the order they were added."""
        with self._reading() as connection:
            counts = {
                row.feed_id: row.n
                for row in connection.execute(
                    select(articles.c.feed_id, func.count().label("n")).group_by(articles.c.feed_id)
                )
            }
            rows = connection.execute(select(feeds).order_by(feeds.c.id)).all()
        return tuple(_from_row(row, counts.get(row.id, 0)) for row in rows)

    def feed(self, key: str) -> Feed:
        """One feed by its number, its address or its title; raises NotFoundError, or UsageError when several fit."""
        watched = self.watched_feeds()
        for fits in (
            [each for each in watched if key == str(each.id)],
            # There may be another that differs in its last stroke alone.
            [each for each in watched if key == each.url],
            [each for each in watched if key.rstrip("/") == each.url.rstrip("/")],
            [each for each in watched if key == each.title],
            [each for each in watched if each.title and key.casefold() == each.title.casefold()],
        ):
            if len(fits) > 1:
                numbers = ", ".join(str(each.id) for each in fits)
                raise UsageError(f"{key!r} fits the feeds {numbers}: name one by its number")
            if fits:
                return fits[0]
        raise NotFoundError("feed", key, "'watchlist feeds' shows them")


def _from_row(row: AnyRow, article_count: int) -> Feed:
    return Feed(
        id=row.id,
        url=row.url,
        title=row.title,
        declared=Declared(row.declared),
        enabled=row.enabled and not row.disabled and row.undeclared_at is None,
        etag=row.etag,
        last_modified=row.last_modified,
        last_checked_at=row.last_checked_at,
        last_success_at=row.last_success_at,
        last_status=row.last_status,
        last_error=row.last_error,
        last_error_at=row.last_error_at,
        failures=row.failures,
        next_check_at=row.next_check_at,
        article_count=article_count,
        full_text=FullText(row.full_text),
        every=row.every,
        folder=row.folder,
        habit=Habit(row.changed_at, row.gap),
        hints=read_hints(row),
        next_reason=row.next_reason,
        moved_to=row.moved_to,
        moved_since=row.moved_since,
        moved_polls=row.moved_polls,
        adopted=row.adopted,
        gone_at=row.gone_at,
        undeclared_at=row.undeclared_at,
    )


def take_over(connection: Connection, feed_id: int, values: Mapping[str, Any]) -> None:
    """Make a feed that the configuration names no longer one of the user's, which is on; it is asked at once."""
    ours = {"declared": Declared.USER, "enabled": True, "disabled": False, "undeclared_at": None}
    afresh = {"next_check_at": None, "gone_at": None}
    connection.execute(update(feeds).where(feeds.c.id == feed_id).values(**ours, **afresh, **values))


def _require_declared(feed: Feed) -> None:
    if feed.undeclared_at is not None:
        raise ConflictError(
            f"{feed.url} is no longer in the configuration file: name it there again, under 'feeds:', or make it one"
            f" of your own with 'watchlist feeds add {feed.url}'"
        )


def read_hints(row: AnyRow) -> FeedHints:
    """The hints of a row of `feeds`."""
    if row.hints is None:
        return NO_HINTS
    return FeedHints(row.hints["fresh"], tuple(row.hints["skip_hours"]), tuple(row.hints["skip_days"]))
