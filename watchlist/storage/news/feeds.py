"""Feeds and the state of their polls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from watchlist.errors import NotFoundError, UsageError
from watchlist.model import Declared, Feed, FeedFetchIntent, FullText, Habit
from watchlist.storage.database.rows import AnyRow, Rows, insert_one, upsert
from watchlist.storage.database.tables import articles, feeds
from watchlist.storage.news.arrivals import store_articles
from watchlist.storage.news.polls import learnt, note_poll, read_hints


@dataclass(frozen=True, slots=True)
class FeedDeclaration:
    """A feed as the configuration or the command line wants it."""

    url: str
    title: str | None
    enabled: bool = True
    full_text: FullText = FullText.AUTO
    #: Seconds between two polls; None leaves it to the general setting.
    every: float | None = None


#: What a feed that was never polled begins with.
BLANK: Mapping[str, Any] = MappingProxyType(
    {"disabled": False, "failures": 0, "full_text": FullText.AUTO, "moved_polls": 0, "adopted": False}
)


class FeedRows(Rows):
    """The feeds."""

    def declare_feeds(self, declared: Iterable[FeedDeclaration]) -> None:
        """Make the configuration's feeds the declared ones; writes nothing when they are so already.

        A feed that the configuration names no longer is taken away; its articles stay.
        """
        wanted = {each.url: each for each in declared}
        with self._reading() as connection:
            if not any(_differences(connection, wanted)):
                return
        with self._writing() as connection:
            # Looked at again, now that no other program is half way through the same.
            due, orphaned = _differences(connection, wanted)
            for each, row in due:
                values: dict[str, Any] = {
                    "declared": Declared.CONFIG,
                    "enabled": each.enabled,
                    "full_text": each.full_text,
                    "every": each.every,
                }
                if each.title is not None:
                    values["title"] = each.title
                if row is None:
                    upsert(connection, feeds, [{"url": each.url, **BLANK, **values}], ["url"])
                else:
                    connection.execute(update(feeds).where(feeds.c.id == row.id).values(**values))
            connection.execute(delete(feeds).where(feeds.c.id.in_(orphaned)))

    def add_feed(self, url: str, title: str | None) -> Feed:
        """Add a feed of the user's; raises UsageError when its address is there already."""
        with self._writing() as connection:
            row = connection.execute(select(feeds.c.id).where(feeds.c.url == url)).first()
            if row is not None:
                raise UsageError(f"{url} is there already, as feed {row.id}")
            statement = insert(feeds).values(url=url, title=title, declared=Declared.USER, enabled=True, **BLANK)
            id = insert_one(connection, statement)
        return self.feed(str(id))

    def remove_feed(self, key: str) -> Feed:
        """Take a feed of the user's away; its articles and their alerts stay."""
        feed = self.feed(key)
        if feed.declared is Declared.CONFIG:
            raise UsageError(
                f"{feed.url} is declared in the configuration file: take it out of 'feeds:' there,"
                f" or switch it off with 'watchlist feeds disable {feed.id}'"
            )
        with self._writing() as connection:
            connection.execute(delete(feeds).where(feeds.c.id == feed.id))
        return feed

    def switch_feed(self, key: str, on: bool) -> Feed:
        """Switch a feed on or off; off, it is not polled."""
        feed = self.feed(key)
        with self._writing() as connection:
            declared_on = connection.execute(select(feeds.c.enabled).where(feeds.c.id == feed.id)).scalar()
            if on and not declared_on:
                raise UsageError(f"{feed.url} is switched off in the configuration file: set 'enabled: true' there")
            values = {"disabled": not on, "next_check_at": None, "gone_at": None}
            connection.execute(update(feeds).where(feeds.c.id == feed.id).values(**values))
        return self.feed(str(feed.id))

    def set_feed(self, key: str, values: Mapping[str, Any]) -> Feed:
        """Change ``title``, ``every``, ``full_text`` or ``folder`` of a feed; it is asked at once.

        Raises UsageError for what the configuration file says of a feed that it declares.
        """
        feed = self.feed(key)
        if feed.declared is Declared.CONFIG and (fixed := sorted(values.keys() & {"title", "every", "full_text"})):
            raise UsageError(
                f"{feed.url} is declared in the configuration file: set {' and '.join(fixed)} there, under 'feeds:'"
            )
        with self._writing() as connection:
            connection.execute(update(feeds).where(feeds.c.id == feed.id).values(**values, next_check_at=None))
        return self.feed(str(feed.id))

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
            [each for each in watched if key.rstrip("/") == each.url.rstrip("/")],
            [each for each in watched if each.title and key.casefold() == each.title.casefold()],
        ):
            if len(fits) > 1:
                numbers = ", ".join(str(each.id) for each in fits)
                raise UsageError(f"{key!r} fits the feeds {numbers}: name one by its number")
            if fits:
                return fits[0]
        raise NotFoundError("feed", key, "'watchlist feeds' shows them")

    def record_fetch(self, intent: FeedFetchIntent) -> int:
        """Store what a poll found, feed state and articles together; return how many articles are to be screened."""
        values: dict[str, Any] = {
            "last_checked_at": intent.checked_at,
            "next_check_at": intent.next_check_at,
            "last_status": intent.status,
            "next_reason": intent.reason,
        }
        with self._writing() as connection:
            # Held, because two programs may poll one feed: counts are read here and written back.
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
            new = store_articles(connection, intent.articles, wanted=intent.pages, first_reading=first)
            values |= learnt(row, intent, new)
            connection.execute(update(feeds).where(feeds.c.id == intent.feed_id).values(**values))
            note_poll(connection, intent, new)
            return new


def _has_articles(connection: Connection, feed_id: int) -> bool:
    """Whether anything came from a feed before: one that is always damaged has no good poll, and yet a first one."""
    statement = select(articles.c.id).where(articles.c.feed_id == feed_id).limit(1)
    return connection.execute(statement).first() is not None


def _differences(
    connection: Connection, wanted: Mapping[str, FeedDeclaration]
) -> tuple[list[tuple[FeedDeclaration, AnyRow | None]], list[int]]:
    """Declarations to carry out, each with its present row; and feeds the configuration names no longer."""
    known = {row.url: row for row in connection.execute(select(feeds))}
    due = [(each, known.get(each.url)) for each in wanted.values() if not _is_as_declared(known.get(each.url), each)]
    orphaned = [row.id for row in known.values() if row.declared == Declared.CONFIG and row.url not in wanted]
    return due, orphaned


def _is_as_declared(row: AnyRow | None, wanted: FeedDeclaration) -> bool:
    return (
        row is not None
        and (row.declared, row.enabled) == (Declared.CONFIG, wanted.enabled)
        and (row.full_text, row.every) == (wanted.full_text, wanted.every)
        and (wanted.title is None or row.title == wanted.title)
    )


def _from_row(row: AnyRow, article_count: int) -> Feed:
    return Feed(
        id=row.id,
        url=row.url,
        title=row.title,
        declared=Declared(row.declared),
        enabled=row.enabled and not row.disabled,
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
    )
