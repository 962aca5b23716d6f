"""Feeds that come many at a time, and those that no poll fills."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert, select

from watchlist.model import INGEST, Declared, FeedToAdd
from watchlist.storage.database.rows import Rows, insert_one
from watchlist.storage.database.tables import feeds
from watchlist.storage.news.feeds import BLANK, take_over


class SourceRows(Rows):
    """Where articles come from."""

    def add_feeds(self, found: Sequence[FeedToAdd]) -> int:
        """Add the feeds whose addresses are not watched yet, all or none; return how many that were.

        One that the configuration names no longer is the user's from then on, with all that is known of it.
        """
        with self._writing() as connection:
            known = {row.url: row for row in connection.execute(select(feeds.c.id, feeds.c.url, feeds.c.undeclared_at))}
            wanted = {each.url: each for each in found}.values()
            new = [each for each in wanted if each.url not in known]
            left_out = [each for each in wanted if each.url in known and known[each.url].undeclared_at is not None]
            for each in left_out:
                given = {"title": each.title, "folder": each.folder}
                take_over(connection, known[each.url].id, {name: text for name, text in given.items() if text})
            if new:
                rows = [{"url": each.url, "title": each.title, "folder": each.folder, **_PLAIN} for each in new]
                connection.execute(insert(feeds), rows)
        return len(new) + len(left_out)

    def feed_folders(self) -> dict[int, str]:
        """The folder of each feed that is in one, by the feed's number."""
        statement = select(feeds.c.id, feeds.c.folder).where(feeds.c.folder.is_not(None))
        with self._reading() as connection:
            return {row.id: row.folder for row in connection.execute(statement)}

    def ingest_feed(self, name: str) -> int:
        """The number of the feed of this name whose articles are handed over: made if need be, and off for polls."""
        url = f"{INGEST}{name}"
        with self._writing() as connection:
            id = connection.execute(select(feeds.c.id).where(feeds.c.url == url)).scalar()
            if id is None:
                id = insert_one(connection, insert(feeds).values(url=url, title=name, **{**_PLAIN, "disabled": True}))
        return int(id)


_PLAIN = {**BLANK, "declared": Declared.USER, "enabled": True}
