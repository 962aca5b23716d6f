"""Texts of articles are packed in an SQLite file, and read and looked into as they are."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text

from watchlist.model import AlertFilter
from watchlist.storage.database.connect import reading
from watchlist.storage.store import Store

LONG = "The harbour of Ørsund was closed for the third day, said an officer. " * 40


def stored(store: Store) -> list[Any]:
    with reading(store._engine) as connection:
        return list(connection.execute(text("SELECT text FROM articles ORDER BY title")).scalars())


def test_a_long_text_takes_less_room_and_comes_back_as_it_was(store: Store, backend: str, article: Any) -> None:
    store.keep_articles([article(1, LONG), article(2, "Short.")])
    assert [each.text for each in store.unscanned_articles(5)] == sorted([LONG, "Short."], key=len, reverse=True)
    kept, short = stored(store)
    assert short == "Short."
    if backend == "sqlite":
        assert isinstance(kept, bytes)
        assert len(kept) < len(LONG) / 5
    else:
        assert kept == LONG


def test_what_an_earlier_version_stored_is_read_and_packed_by_and_by(
    store: Store, backend: str, article: Any, sqlite_database: str
) -> None:
    if backend == "postgresql":
        assert store.pack_texts() == 0
        return
    store.keep_articles([article(n, LONG) for n in range(3)])
    path = str(store._engine.url.database)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE articles SET text = ? WHERE title <> 'Article 1'", (LONG,))
        connection.commit()
    assert [each.text for each in store.unscanned_articles(5)] == [LONG] * 3
    assert store.pack_texts() == 2
    assert store.pack_texts() == 0
    assert [each.text for each in store.unscanned_articles(5)] == [LONG] * 3
    assert all(isinstance(each, bytes) for each in stored(store))


def test_alerts_are_found_by_words_of_a_packed_text(
    store: Store, open_alerts: Any, now: datetime, article: Any
) -> None:
    (alert,) = open_alerts()
    found = store.alert(alert.id)
    url = found.article_url or ""
    (told,) = (each for each in store.stored_articles(now - timedelta(days=9), "", 9) if each.url == url)
    store.keep_articles([article(1000, f"{told.text} {LONG}", id=told.id, url=url, feed_id=told.feed_id)])
    assert [each.alert.id for each in store.find_alerts(AlertFilter(text="HARBOUR of"))] == [alert.id]
    assert store.find_alerts(AlertFilter(text="no such words")) == ()
