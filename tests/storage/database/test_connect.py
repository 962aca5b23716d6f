"""SQLite's settings, and several programs writing at once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime

import pytest

from watchlist.errors import StorageError
from watchlist.model import Article
from watchlist.storage.database.connect import reading, writing
from watchlist.storage.store import Store, open_store

_WRITER = """
import sys
from datetime import UTC, datetime
from watchlist.model import Article, FeedFetchIntent
from watchlist.storage.store import open_store

url, number, feed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
store, now = open_store(url), datetime(2026, 3, 1, tzinfo=UTC)
for n in range(25):
    article = Article(f"{number}-{n}", "Title", "Text", fetched_at=now)
    store.record_fetch(FeedFetchIntent(feed, now, now, error="down", articles=(article,)))
"""


def test_sqlite_keeps_a_write_ahead_log_and_foreign_keys(sqlite_database: str) -> None:
    with closing(open_store(sqlite_database, 7)) as store, reading(store._engine) as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout")
        }
    assert found == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 7000}


def test_processes_that_write_at_once_lose_nothing_and_never_fail(store: Store, database: str, feed_id: int) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", _WRITER, database, str(n), str(feed_id)], stderr=subprocess.PIPE)
        for n in range(2)
    ]
    assert [writer.communicate(timeout=500)[1] for writer in writers] == [b""] * 2
    # Each poll read the count of failures and wrote it back, one higher.
    assert store.feed("News").failures == 50
    assert store.article_counts() == (50, 50)


def test_a_writer_that_waits_too_long_says_so(sqlite_database: str, now: datetime) -> None:
    with closing(open_store(sqlite_database, 0.05)) as store, closing(open_store(sqlite_database)) as other:
        with writing(other._engine), pytest.raises(StorageError, match="database is locked"):
            store.start_run(now)
        assert store.start_run(now) == 1


def test_readers_do_not_wait_for_a_writer(
    store: Store, database: str, pull: Callable[..., int], article: Callable[..., Article], now: datetime
) -> None:
    pull(article(1))
    with closing(open_store(database, 0.05)) as other, writing(store._engine) as connection:
        connection.exec_driver_sql("UPDATE articles SET title = 'Changed'")
        assert [each.title for each in other.unscanned_articles(5)] == ["Article 1"]


def test_text_that_is_none_is_refused_by_name(store: Store) -> None:
    with pytest.raises(StorageError, match=r"'caf\\udce9' is no valid text"):
        store.add_feed("https://c.example/rss", "caf\udce9")
    assert store.watched_feeds() == ()


def test_the_password_of_a_database_is_in_no_error(store: Store, backend: str, now: datetime) -> None:
    if backend == "sqlite":
        pytest.skip("SQLite has no passwords")
    store._engine.url = store._engine.url.set(password="s3cret")
    with pytest.raises(StorageError, match=r":\*\*\*@") as failed, writing(store._engine) as connection:
        connection.exec_driver_sql("SELECT nonsense")
    assert "s3cret" not in str(failed.value)
