"""Feeds as the configuration declares them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from watchlist.model import Declared, FeedDeclaration
from watchlist.storage.database.rows import AnyRow, Rows, upsert
from watchlist.storage.database.tables import feeds
from watchlist.storage.news.feeds import BLANK


class FeedDeclarationRows(Rows):
    """Which feeds are declared."""

    def declare_feeds(self, declared: Iterable[FeedDeclaration], now: datetime) -> tuple[str, ...]:
        """Make the configuration's feeds the declared ones; writes nothing when they are so already.

        A feed that the configuration names no longer is off from now on, and all that is known of it is kept: named
        again, it goes on as it was. Returns the addresses of those that it has just left out.
        """
        wanted = {each.url: each for each in declared}
        with self._reading() as connection:
            if not any(_differences(connection, wanted)):
                return ()
        with self._writing() as connection:
            # Looked at again, now that no other program is half way through the same.
            due, orphaned = _differences(connection, wanted)
            for each, row in due:
                values: dict[str, Any] = {
                    "declared": Declared.CONFIG,
                    "enabled": each.enabled,
                    "full_text": each.full_text,
                    "every": each.every,
                    "undeclared_at": None,
                }
                if each.title is not None:
                    values["title"] = each.title
                if row is None:
                    upsert(connection, feeds, [{"url": each.url, **BLANK, **values}], ["url"])
                else:
                    connection.execute(update(feeds).where(feeds.c.id == row.id).values(**values))
            for row in orphaned:
                connection.execute(update(feeds).where(feeds.c.id == row.id).values(undeclared_at=now))
        return tuple(row.url for row in orphaned)


def _differences(
    connection: Connection, wanted: Mapping[str, FeedDeclaration]
) -> tuple[list[tuple[FeedDeclaration, AnyRow | None]], list[AnyRow]]:
    """Declarations to carry out, each with its present row; and feeds that are named no longer."""
    known = {row.url: row for row in connection.execute(select(feeds))}
    due = [(each, known.get(each.url)) for each in wanted.values() if not _is_as_declared(known.get(each.url), each)]
    orphaned = [
        row
        for row in known.values()
        if row.declared == Declared.CONFIG and row.undeclared_at is None and row.url not in wanted
    ]
    return due, orphaned


def _is_as_declared(row: AnyRow | None, wanted: FeedDeclaration) -> bool:
    return (
        row is not None
        and row.undeclared_at is None
        and (row.declared, row.enabled) == (Declared.CONFIG, wanted.enabled)
        and (row.full_text, row.every) == (wanted.full_text, wanted.every)
        and (wanted.title is None or row.title == wanted.title)
    )
