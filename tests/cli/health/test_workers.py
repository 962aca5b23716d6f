"""``watchlist workers``: who is at work, and what each does."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from watchlist.app import make_app
from watchlist.cli.health.workers import doing
from watchlist.config import Config
from watchlist.errors import ConfigError
from watchlist.model import Duty, NewWorker, Worker, WorkerRole
from watchlist.storage.database.connect import writing
from watchlist.storage.store import open_store

Call = Callable[..., Any]
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def test_who_is_at_work_is_shown_and_who_was_lost(cli: Call, sqlite_database: str) -> None:
    assert cli("workers").rows() == []
    with closing(open_store(sqlite_database)) as store:
        with store.join(NewWorker("process 7 on desk", (WorkerRole.POLL, WorkerRole.SCREEN), timedelta(minutes=1))):
            (row,) = cli("workers").rows()
            assert (row["worker"], row["roles"], row["does"]) == ("process 7 on desk", "poll screen", "waits")
            (shown,) = cli("workers", "--json").json()
            assert (shown["name"], shown["roles"], shown["lost"]) == ("process 7 on desk", ["poll", "screen"], False)
            assert shown["beat_at"] >= shown["started_at"]
            with writing(store._engine) as connection:
                connection.execute(text("UPDATE workers SET lease_until = '2000-01-01'"))
            assert cli("workers").rows()[0]["does"].startswith("lost")
        assert cli("workers").rows() == []


def test_what_a_worker_does_is_said_in_words() -> None:
    idle = Worker("1", "process 7 on desk", tuple(WorkerRole), NOW, NOW, lost=False)
    assert doing(idle) == "waits"
    busy = Worker("1", "", (), NOW, NOW, False, (Duty.LISTS,), feeds=34, articles=1, deliveries=2)
    assert doing(busy) == "syncs lists or looks back, 34 feeds, 1 article, 2 messages"


@pytest.mark.parametrize(("given", "taken"), [("all", tuple(WorkerRole)), ("poll", (WorkerRole.POLL,)), ([], None)])
def test_roles_are_named_in_the_configuration(given: Any, taken: Any) -> None:
    config = Config.model_validate({"worker": {"roles": given}})
    assert config.worker.taken == (taken or tuple(WorkerRole))


def test_on_sqlite_one_process_does_everything(sqlite_database: str) -> None:
    settings = {"database": {"url": sqlite_database}, "worker": {"roles": ["poll"]}}
    with pytest.raises(ConfigError, match=r"worker\.roles: on SQLite one process does everything"):
        make_app(Config.model_validate(settings), declares=False)
