"""Packing the texts of articles that an earlier version stored as they were, some at a time."""

from __future__ import annotations

from sqlalchemy import bindparam, func, select, update

from watchlist.storage.database.rows import Rows
from watchlist.storage.database.tables import articles
from watchlist.storage.database.tables.packed import LEAST, packed

#: Articles to a transaction: others write in between.
_PART = 500

_PACK = update(articles).where(articles.c.id == bindparam("article")).values(text=bindparam("words"))


class PackingRows(Rows):
    """Packing texts."""

    def pack_texts(self) -> int:
        """Pack what is not packed yet, and return how many texts that were; a server does it by itself."""
        if self._engine.dialect.name != "sqlite":
            return 0
        done, after = 0, ""
        plain = (func.typeof(articles.c.text) == "text", func.length(articles.c.text) >= LEAST)
        statement = select(articles.c.id, articles.c.text).where(*plain).order_by(articles.c.id).limit(_PART)
        while True:
            with self._writing() as connection:
                rows = connection.execute(statement.where(articles.c.id > after)).all()
                if not rows:
                    return done
                after = rows[-1].id
                smaller = [
                    {"article": row.id, "words": row.text} for row in rows if isinstance(packed(row.text), bytes)
                ]
                if smaller:
                    connection.execute(_PACK, smaller)
                done += len(smaller)
