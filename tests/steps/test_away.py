"""A database that is locked or away: no feed is blamed for it, and what a poll brought is stored when it answers."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import text

from tests.conftest import BACKENDS
from watchlist.app import App, make_app
from watchlist.config import Config
from watchlist.daemon import run_once
from watchlist.errors import DatabaseAwayError, StorageError
from watchlist.feeds.schedule import is_due
from watchlist.pipeline import run
from watchlist.storage.database.connect import open_engine, reading, writing

ARTICLE = ("https://news.example/1", "Rain", "It will rain.")


@pytest.fixture
def parts(sqlite_database: str, monkeypatch: pytest.MonkeyPatch, lent_readers: None) -> Iterator[App]:
    monkeypatch.setattr("watchlist.steps.poll._WAITS", (0.05, 0.1))
    settings = {"database": {"url": sqlite_database, "busy_timeout": 0.2}}
    made = make_app(Config.model_validate(settings), declares=True)
    yield made
    made.store.close()


def test_what_a_poll_brought_is_kept_while_the_database_is_locked(
    parts: App, web: Any, rss: Callable[..., str], sqlite_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(3):
        url = web.put(f"/{n}.xml", rss((f"https://news.example/{n}", f"Rain {n}", f"It will rain {n} times.")))
        parts.store.add_feed(url, None)
    with closing(sqlite3.connect(sqlite_database.partition(":///")[2], check_same_thread=False)) as other:
        other.isolation_level = None
        records = parts.store.page_records

        def and_lock(since: Any) -> Any:
            # The last thing that is asked before the feeds are.
            found = records(since)
            other.execute("BEGIN IMMEDIATE")
            return found

        with monkeypatch.context() as patched:
            patched.setattr(type(parts.store), "page_records", lambda _, since: and_lock(since))
            with pytest.raises(DatabaseAwayError, match="locked"):
                run_once(parts)
        assert len(parts.unstored) == 3
        # Still locked: the next run says so, and goes on keeping it.
        with pytest.raises(DatabaseAwayError):
            run(parts, is_due)
        assert len(parts.unstored) == 3
        other.execute("ROLLBACK")
    report = run(parts, is_due)
    assert (report.errors, report.counts["articles_new"], report.counts["articles_scanned"]) == ([], 3, 3)
    assert parts.unstored == []
    # None was asked again, and none is said to have failed.
    assert len(web.answered) == 3
    assert [(feed.last_error, feed.failures, feed.article_count) for feed in parts.store.watched_feeds()] == [
        *[(None, 0, 1)] * 3
    ]


def test_one_that_answers_in_a_moment_breaks_no_run(
    parts: App, web: Any, rss: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    parts.store.add_feed(web.put("/feed.xml", rss(ARTICLE)), None)
    record, refusals = type(parts.store).record_fetch, iter([DatabaseAwayError("database is locked")])

    def refusing(store: Any, intent: Any) -> int:
        if (error := next(refusals, None)) is not None:
            raise error
        return record(store, intent)

    monkeypatch.setattr(type(parts.store), "record_fetch", refusing)
    report = run_once(parts)
    assert (report.errors, report.counts["articles_scanned"]) == ([], 1)


def test_a_value_that_is_refused_is_the_feeds(
    parts: App, web: Any, rss: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    parts.store.add_feed(web.put("/feed.xml", rss(ARTICLE)), None)
    record = type(parts.store).record_fetch

    def refusing(store: Any, intent: Any) -> int:
        if intent.articles:
            raise StorageError("no such character")
        return record(store, intent)

    monkeypatch.setattr(type(parts.store), "record_fetch", refusing)
    assert run_once(parts).errors[0].endswith("cannot be stored: no such character")


_TOUCH = text("UPDATE alembic_version SET version_num = version_num")


def touch(engine: Any) -> None:
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL lock_timeout = '100ms'"))
        connection.execute(_TOUCH)


def ask(engine: Any, statement: str, before: Callable[[], None] = lambda: None) -> None:
    with reading(engine) as connection:
        before()
        connection.execute(text(statement))


@pytest.mark.parametrize("backend", BACKENDS, indirect=True)
def test_what_the_drivers_say_of_a_database_that_is_away(database: str, backend: str) -> None:
    engine, other = open_engine(database, 0.1), open_engine(database, 0.1)
    with writing(engine) as connection:
        connection.execute(_TOUCH)
        with pytest.raises(DatabaseAwayError):
            touch(other)
    if backend == "postgresql":
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        with pytest.raises(DatabaseAwayError):
            ask(engine, "SELECT 1", lambda: ask(other, f"{ended} AND datname = current_database()"))
    with pytest.raises(StorageError) as refused:
        ask(other, "SELECT * FROM no_such_table")
    assert not isinstance(refused.value, DatabaseAwayError)
    engine.dispose()
    other.dispose()


def test_a_server_that_is_not_there_is_away() -> None:
    pytest.importorskip("psycopg")
    engine = open_engine("postgresql://nobody@127.0.0.1:1/nothing?connect_timeout=2", 0.1)
    with pytest.raises(DatabaseAwayError):
        ask(engine, "SELECT 1")
    engine.dispose()
