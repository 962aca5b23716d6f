"""One run at a time on one database."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from watchlist.errors import RunLockedError, StorageError
from watchlist.storage.database.connect import writing
from watchlist.storage.store import Store, open_store

_HOLDER = """
import sys, time
from watchlist.storage.store import open_store
with open_store(sys.argv[1]).lock():
    print("locked", flush=True)
    time.sleep(600)
"""


def test_the_second_is_refused_at_once_and_let_in_afterwards(database: str) -> None:
    with closing(open_store(database)) as first, closing(open_store(database)) as second:
        with first.lock(), pytest.raises(RunLockedError, match="another run is at work"), second.lock():
            pass
        with second.lock():
            pass


def test_who_is_refused_is_told_who_holds_it_where_and_since_when(database: str) -> None:
    with closing(open_store(database)) as first, closing(open_store(database)) as second, first.lock():
        with pytest.raises(RunLockedError) as refused, second.lock():
            pass
        # Another try finds it as well: the first has taken nothing away.
        with pytest.raises(RunLockedError) as again, second.lock():
            pass
    assert str(refused.value) == str(again.value)
    who = rf"process {os.getpid()} on {re.escape(socket.gethostname())}, since 20\d\d-\d\d-\d\d \d\d:\d\d UTC"
    assert re.search(who, str(refused.value))


def test_a_database_behind_a_link_has_one_lock(sqlite_database: str, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere" / "link.db"
    link.parent.mkdir()
    link.symlink_to(sqlite_database.removeprefix("sqlite:///"))
    with (
        closing(open_store(sqlite_database)) as first,
        closing(open_store(f"sqlite:///{link}")) as second,
        first.lock(),
        pytest.raises(RunLockedError),
        second.lock(),
    ):
        pass


def test_databases_do_not_lock_one_another(new_database: Callable[[bool], str]) -> None:
    with (
        closing(open_store(new_database(True))) as first,
        closing(open_store(new_database(True))) as second,
        first.lock(),
        second.lock(),
    ):
        assert first.watched_lists() == second.watched_lists() == ()


def test_the_lock_goes_with_an_error(database: str) -> None:
    with closing(open_store(database)) as store:
        with pytest.raises(ZeroDivisionError), store.lock():
            raise ZeroDivisionError
        with store.lock():
            pass


def test_the_lock_goes_with_a_process_that_is_killed(database: str) -> None:
    holder = subprocess.Popen([sys.executable, "-c", _HOLDER, database], stdout=subprocess.PIPE)
    with holder, closing(open_store(database)) as store:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"locked\n"
        with pytest.raises(RunLockedError), store.lock():
            pass
        holder.kill()
        holder.wait()
        # PostgreSQL notices a moment later, a long one on a busy machine.
        for _ in range(1200):
            try:
                with store.lock():
                    return
            except RunLockedError:
                time.sleep(0.05)
        pytest.fail("the lock of a killed process stayed")


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_a_server_that_is_gone_by_the_end_hides_nothing(database: str) -> None:
    def end_all(store: Store) -> None:
        with writing(store._engine) as connection:
            connection.execute(text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"))
        raise ZeroDivisionError

    with closing(open_store(database)) as store:
        with pytest.raises(ZeroDivisionError), store.lock():
            end_all(store)
        with store.lock():
            pass


def test_a_lock_file_that_cannot_be_made_is_named(sqlite_database: str) -> None:
    path = Path(sqlite_database.removeprefix("sqlite:///") + ".lock")
    path.mkdir()
    with closing(open_store(sqlite_database)) as store, pytest.raises(StorageError, match=r"\.lock"), store.lock():
        pass
