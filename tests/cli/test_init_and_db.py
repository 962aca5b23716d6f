"""``watchlist init`` and ``watchlist db``."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from watchlist.config import default_config

Call = Callable[..., Any]


def test_init_writes_the_shipped_configuration_and_it_works(cli: Call, folder: Path) -> None:
    found = cli("init", bare=True)
    assert (found.code, found.err) == (0, "")
    assert found.out.startswith("Wrote config.yaml.")
    assert (folder / "config.yaml").read_bytes() == default_config().read_bytes()
    lists = cli("lists", "--json", bare=True).json()
    assert {each["id"] for each in lists} >= {"us_ofac_sdn", "us_ofac_cons"}
    assert len(cli("feeds", "--json", bare=True).json()) >= 20
    assert (folder / "watchlist.db").is_file()


def test_init_overwrites_only_with_force(cli: Call, folder: Path) -> None:
    (folder / "config.yaml").write_text("# mine\n")
    refused = cli("init", bare=True)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err == "watchlist: config.yaml exists already: 'watchlist init --force' overwrites it\n"
    assert (folder / "config.yaml").read_text() == "# mine\n"
    assert cli("init", "--force", bare=True).code == 0
    assert (folder / "config.yaml").read_bytes() == default_config().read_bytes()


def test_init_writes_where_config_says(cli: Call, folder: Path) -> None:
    assert cli("--config", "other.yaml", "init", bare=True).code == 0
    assert {path.name for path in folder.iterdir()} == {"other.yaml", "watchlist.db"}
    missing = cli("--config", "no/such/other.yaml", "init", bare=True)
    assert missing.code == 2
    assert "no/such/other.yaml: cannot be written: No such file or directory" in missing.err


def test_upgrade_makes_no_file(cli: Call, folder: Path) -> None:
    refused = cli("--database", "sqlite:///slip.db", "db", "upgrade", bare=True)
    assert (refused.code, refused.out) == (1, "")
    assert "there is no database at sqlite:///" in refused.err
    assert list(folder.iterdir()) == []


def test_upgrade_makes_the_tables_and_is_done_once(cli: Call, folder: Path) -> None:
    (folder / "new.db").touch()
    made = cli("--database", "sqlite:///new.db", "db", "upgrade", bare=True)
    assert (made.code, made.err) == (0, "")
    assert made.out.startswith("Made the tables, at version ")
    again = cli("--database", "sqlite:///new.db", "db", "upgrade", bare=True)
    assert again.code == 0
    assert again.out.endswith(" already.\n")
    assert cli("--database", "sqlite:///new.db", "lists", bare=True).code == 0


def test_a_database_of_another_version_is_refused_with_the_command_that_helps(cli: Call, folder: Path) -> None:
    url = "sqlite:///old.db"
    (folder / "old.db").touch()
    assert cli("--database", url, "db", "upgrade", bare=True).code == 0
    with sqlite3.connect(folder / "old.db") as connection:
        (newest,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        connection.execute("UPDATE alembic_version SET version_num = 'elsewhere'")
    connection.close()
    for command in (("lists",), ("run", "--once"), ("status",), ("alerts",)):
        refused = cli("--database", url, *command, bare=True)
        assert (refused.code, refused.out) == (2 if command == ("status",) else 1, "")
        assert "elsewhere" in refused.err
        assert newest in refused.err


def test_an_older_database_is_upgraded_and_keeps_what_it_has(cli: Call, folder: Path) -> None:
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine

    from watchlist.storage.database.migrate import migrations

    engine = create_engine(f"sqlite:///{folder / 'old.db'}")
    with engine.begin() as connection:
        settings = Config()
        settings.set_main_option("script_location", str(migrations()))
        settings.attributes["connection"] = connection
        command.upgrade(settings, "0001")
    engine.dispose()
    url = "sqlite:///old.db"
    upgraded = cli("--database", url, "db", "upgrade", bare=True)
    assert (upgraded.code, upgraded.err) == (0, "")
    assert cli("--database", url, "lists", bare=True).code == 0


def test_purge_says_what_it_would_remove_and_what_it_removed(
    cli: Call, alerted: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHLIST_RETENTION__ARTICLES", "0.001s")
    monkeypatch.setenv("WATCHLIST_RETENTION__POLLS", "forever")
    assert cli("users", "add", "ada", "--no-password").code == 0
    would = cli("db", "purge", "--dry-run")
    assert (would.code, would.err) == (0, "")
    rows = {row["kind"]: row for row in would.rows()}
    assert (rows["articles"]["to remove"], rows["alerts"]["older than"]) == ("1", "never")
    assert rows["polls"] == {"kind": "polls", "older than": "never", "to remove": "0"}
    assert rows["access_log"] == {"kind": "access_log", "older than": "never", "to remove": "0"}
    assert cli("status", "--json").json()["articles"]["stored"] == 2
    done = {row["kind"]: row["removed"] for row in cli("db", "purge").rows()}
    assert done == {kind: row["to remove"] for kind, row in rows.items()}
    assert cli("status", "--json").json()["articles"]["stored"] == 1
    assert "1 articles" in cli("status").out
    # That it was screened is known all the same; the alert has everything it had.
    told = cli("audit", "article", "https://news.example/2").out
    assert "Rain expected" in told
    assert "nothing found" in told
    assert "for its age" in told
    assert cli("alerts", "show", "1").code == 0
    assert cli("run", "--once").out == ""
    assert cli("status", "--json").json()["articles"]["stored"] == 1


def test_a_lifetime_that_cannot_be_is_refused(cli: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    for value, reason in (("soon", "such as 15m, or forever"), ("40000d", "write forever"), ("0s", "greater than 0")):
        monkeypatch.setenv("WATCHLIST_RETENTION__ARTICLES", value)
        refused = cli("db", "purge", "--dry-run")
        assert refused.code == 2
        assert reason in refused.err


def test_a_backup_is_taken_back(cli: Call, alerted: Any, folder: Path) -> None:
    made = cli("db", "backup", "copy.db")
    assert (made.code, made.err) == (0, "")
    assert "it was opened, and is whole" in made.out
    again = cli("db", "backup", "copy.db")
    assert again.code == 2
    assert "copy.db exists already: name another, or overwrite it with --force" in again.err
    assert cli("db", "backup", "copy.db", "--force").code == 0
    assert cli("lists", "create", "later").code == 0
    unasked = cli("db", "restore", "copy.db")
    assert unasked.code == 2
    assert "later" in cli("lists").out
    back = cli("db", "restore", "copy.db", "--yes")
    assert (back.code, back.err) == (0, "")
    assert ".before-" in back.out
    assert "later" not in cli("lists").out
    assert cli("alerts", "show", "1").code == 0
    assert cli("db", "check").out == "The database is sound.\n"
    assert cli("db", "restore", "none.db", "--yes").err == "watchlist: none.db: no such file\n"


def test_no_restore_while_a_run_is_at_work(cli: Call, alerted: Any, sqlite_database: str) -> None:
    from watchlist.storage.store import open_store

    assert cli("db", "backup", "copy.db").code == 0
    store = open_store(sqlite_database)
    with store.lock():
        assert cli("db", "restore", "copy.db", "--yes").code == 75
    store.close()


def test_check_says_what_is_wrong_and_vacuum_what_it_gave_back(cli: Call, alerted: Any, sqlite_database: str) -> None:
    assert " bytes before, " in cli("db", "vacuum").out
    with sqlite3.connect(sqlite_database.partition(":///")[2]) as connection:
        connection.execute("DROP INDEX ix_articles_fetched_at")
    connection.close()
    found = cli("db", "check")
    assert found.code == 1
    assert "the index ix_articles_fetched_at is missing" in found.err
    assert "'watchlist db restore FILE'" in found.err


def test_a_database_is_copied_to_an_empty_one(cli: Call, alerted: Any, sqlite_database: str) -> None:
    done = cli("db", "copy", sqlite_database, "sqlite:///other.db")
    assert done.code == 0
    rows = {row["table"]: row["rows"] for row in done.rows()}
    assert (rows["alerts"], rows["articles"], rows["outages"]) == ("1", "2", "0")
    assert cli("--database", "sqlite:///other.db", "alerts", "show", "1", bare=True).code == 0
    again = cli("db", "copy", sqlite_database, "sqlite:///other.db")
    assert again.code == 1
    assert "already: name an empty database" in again.err
    assert cli("db", "copy", "sqlite:///none.db", "sqlite:///new.db").code == 1
