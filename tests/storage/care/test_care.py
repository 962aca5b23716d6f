"""Copies of databases, taking them back, moving them, and seeing damage."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from watchlist.errors import NoDatabaseError, StorageError
from watchlist.storage.care import backup
from watchlist.storage.care.backup import back_up, restore, vacuum
from watchlist.storage.care.copying import copy_database
from watchlist.storage.database.connect import writing
from watchlist.storage.database.version import EXPECTED
from watchlist.storage.store import Store, open_store

NewDatabase = Callable[[bool], str]


def address(store: Store) -> str:
    return store._engine.url.render_as_string(hide_password=False)


def file_of(url: str) -> Path:
    return Path(url.partition(":///")[2])


def test_a_copy_is_taken_back_with_everything_in_it(
    store: Store, open_alerts: Callable[..., Any], tmp_path: Path, now: datetime
) -> None:
    open_alerts(3)
    url, target = address(store), tmp_path / "copy.backup"
    size = back_up(url, target)
    assert target.stat().st_size == size
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if "copy.backup" in path.name] == ["copy.backup"]
    open_alerts(2)
    store.close()
    kept = restore(url, target, now)
    with closing(open_store(url)) as again:
        assert sum(again.alert_counts().values()) == 3
        assert again.damage() == ()
    if kept is not None:
        with closing(sqlite3.connect(kept)) as before:
            assert before.execute("SELECT count(*) FROM alerts").fetchone() == (5,)


def test_a_copy_made_while_somebody_writes_is_whole(sqlite_database: str, tmp_path: Path) -> None:
    over = threading.Event()

    def write() -> None:
        with closing(open_store(sqlite_database)) as store:
            n = 0
            while not over.is_set():
                # Two rows in one transaction: a copy has both or none.
                with writing(store._engine) as connection:
                    for half in ("a", "b"):
                        statement = text(
                            "INSERT INTO notices (kind, subject, text, opened_at)"
                            " VALUES ('fault', :s, 't', '2026-03-01 00:00:00')"
                        )
                        connection.execute(statement, {"s": f"{n} {half}"})
                n += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for n in range(5):
            back_up(sqlite_database, tmp_path / f"{n}.db")
    finally:
        over.set()
        writer.join()
    for n in range(5):
        with closing(sqlite3.connect(tmp_path / f"{n}.db")) as copy:
            (count,) = copy.execute("SELECT count(*) FROM notices").fetchone()
            assert count % 2 == 0


def test_what_is_no_copy_is_refused_and_changes_nothing(sqlite_database: str, tmp_path: Path, now: datetime) -> None:
    (tmp_path / "text.db").write_text("no database at all, only words" * 100)
    with closing(sqlite3.connect(tmp_path / "other.db")) as other, other:
        other.execute("CREATE TABLE t (x)")
    newer = tmp_path / "newer.db"
    back_up(sqlite_database, newer)
    with closing(sqlite3.connect(newer)) as copy, copy:
        copy.execute("UPDATE alembic_version SET version_num = '9999'")
    before = file_of(sqlite_database).read_bytes()
    for name, words in (
        ("text.db", "not a database"),
        ("other.db", "is no database of watchlist"),
        ("newer.db", "schema version 9999"),
        ("none.db", "no such file"),
    ):
        with pytest.raises(StorageError, match=words):
            restore(sqlite_database, tmp_path / name, now)
    assert file_of(sqlite_database).read_bytes() == before


def test_a_database_that_is_damaged_beyond_reading_is_restored(
    sqlite_database: str, tmp_path: Path, now: datetime
) -> None:
    back_up(sqlite_database, tmp_path / "copy.db")
    path = file_of(sqlite_database)
    path.write_bytes(b"\0" * 8192)
    kept = restore(sqlite_database, tmp_path / "copy.db", now)
    assert kept is not None
    assert kept.read_bytes() == b"\0" * 8192
    with closing(open_store(sqlite_database)) as store:
        assert store.damage() == ()


def test_a_copy_that_fails_leaves_nothing_and_keeps_the_last(sqlite_database: str, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    back_up(sqlite_database, target)
    before = target.read_bytes()
    file_of(sqlite_database).write_bytes(b"damaged" * 4096)
    with pytest.raises(StorageError):
        back_up(sqlite_database, target)
    assert target.read_bytes() == before
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_without_the_servers_programs_it_says_so(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(backup, "_POSTGRESQL", tmp_path)
    with pytest.raises(StorageError, match=r"pg_dump is not installed, .*'watchlist db copy"):
        back_up(database, tmp_path / "copy.dump")


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_everything_moves_to_the_server_and_back(
    store: Store,
    open_alerts: Callable[..., Any],
    new_database: NewDatabase,
    tmp_path: Path,
    now: datetime,
) -> None:
    from watchlist.model import Fault

    open_alerts(3)
    store.record_faults([Fault("feed 7", "feed 7: Ελλάδα, 😀 and 'quotes'")], ["email"], now)
    source, there = address(store), f"sqlite:///{tmp_path / 'there.db'}"
    to_file = {each.table: each for each in copy_database(source, there, 5)}
    assert (to_file["alerts"].rows, to_file["faults"].rows) == (3, 1)
    back = new_database(False)
    to_server = {each.table: each for each in copy_database(there, back, 5)}
    assert to_file == to_server
    with closing(open_store(back)) as again:
        assert sum(again.alert_counts().values()) == 3
        # Rows that come now get numbers that are free.
        assert again.add_feed("https://other.example/feed", None).id == 2
        again.record_faults([Fault("feed 8", "another")], ["email"], now + timedelta(hours=1))
        assert [each.number for each in again.open_faults()] == [2]
    with pytest.raises(StorageError, match=r"has rows in .* already"):
        list(copy_database(there, back, 5))
    with pytest.raises(NoDatabaseError):
        list(copy_database(f"sqlite:///{tmp_path / 'none.db'}", new_database(False), 5))


def test_a_sound_database_has_no_damage(store: Store, open_alerts: Callable[..., Any]) -> None:
    open_alerts(1)
    assert store.damage() == store.damage(quick=True) == ()


def test_what_is_missing_is_damage(new_database: NewDatabase) -> None:
    with closing(open_store(new_database(False))) as store:
        with writing(store._engine) as connection:
            connection.execute(text("DROP INDEX ix_faults_cleared_at"))
            connection.execute(text("ALTER TABLE faults DROP COLUMN told_at"))
            connection.execute(text("DROP TABLE outages"))
        assert set(store.damage()) == {
            "the table outages is missing",
            "the column faults.told_at is missing",
            "the index ix_faults_cleared_at is missing",
        }


def test_rows_that_refer_to_nothing_are_damage(sqlite_database: str) -> None:
    with closing(sqlite3.connect(file_of(sqlite_database))) as connection, connection:
        connection.execute(
            "INSERT INTO feed_polls (feed_id, at, new, seconds) VALUES (77, '2026-03-01 00:00:00', 0, 0.1)"
        )
    with closing(open_store(sqlite_database)) as store:
        assert store.damage() == ("feed_polls refers to rows of feeds that are gone: 1 rows",)


def test_pages_that_were_overwritten_are_damage(sqlite_database: str) -> None:
    path = file_of(sqlite_database)
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 2)
        file.write(os.urandom(40_000))
    # Where tables begin in these pages, the database can't even be opened.
    try:
        with closing(open_store(sqlite_database)) as store:
            found = store.damage()
    except StorageError as error:
        found = (str(error),)
    assert found


def test_vacuum_gives_room_back(store: Store, open_alerts: Callable[..., Any]) -> None:
    url = address(store)
    with writing(store._engine) as connection:
        for n in range(300):
            statement = text(
                "INSERT INTO notices (kind, subject, text, opened_at) VALUES ('fault', 's', :t, '2026-03-01 00:00:00')"
            )
            connection.execute(statement, {"t": f"{n}" * 2000})
    before = store.size()
    with writing(store._engine) as connection:
        connection.execute(text("DELETE FROM notices"))
    vacuum(url, 5)
    if "sqlite" in url:
        assert store.size() < before / 1.5
    assert store.versions()[0] == EXPECTED


def test_the_files_of_a_new_database_are_nobody_elses(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        with closing(open_store(f"sqlite:///{tmp_path / 'new' / 'w.db'}")) as store, store.lock():
            store.add_feed("https://news.example/feed", None)
            found = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "new").iterdir()}
            found["/"] = stat.S_IMODE((tmp_path / "new").stat().st_mode)
    finally:
        os.umask(before)
    files = ("w.db", "w.db-wal", "w.db-shm", "w.db.lock", "w.db.lock.holder")
    assert found == {"/": 0o700} | dict.fromkeys(files, 0o600)
