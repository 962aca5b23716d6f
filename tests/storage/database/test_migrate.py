"""The tables are those of `tables`, and a database of another version is refused."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import PIPE, Popen

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from watchlist.errors import ConfigError, SchemaOutOfDateError, StorageError
from watchlist.storage.database.connect import open_engine, reading, writing
from watchlist.storage.database.migrate import EXPECTED, migrations
from watchlist.storage.database.tables import metadata
from watchlist.storage.store import open_store

NewDatabase = Callable[[bool], str]


def set_version(url: str, version: str) -> None:
    with closing(open_store(url, any_version=True)) as store, writing(store._engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})


def _is_no_search(name: str | None, kind: str, _parents: object) -> bool:
    return not (kind == "table" and name is not None and name.startswith("searched"))


@pytest.mark.filterwarnings("ignore:.*expression-based index")
def test_the_migrations_make_exactly_the_tables_of_this_program(database: str) -> None:
    engine = open_engine(database, 5)
    with reading(engine) as connection:
        # Not the defaults: a migration that adds a column needs one for the rows there are, the program sets its own.
        # And not what is searched, which stands apart: see `searched.py`.
        options = {"compare_type": True, "include_name": _is_no_search}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
        found = inspect(connection)
        for table in metadata.sorted_tables:
            # What Alembic's comparison passes over: the conditions of partial indexes, and names of constraints.
            # Those of an expression are not told of SQLite.
            seen = engine.dialect.name != "sqlite"
            wanted = {str(each.name) for each in table.indexes if seen or "lower" not in str(each.name)}
            unique = {str(each["name"]) for each in found.get_unique_constraints(table.name)}
            assert {str(index["name"]) for index in found.get_indexes(table.name)} - unique == wanted
            assert found.get_pk_constraint(table.name)["name"] == f"pk_{table.name}"
            assert {tuple(each["constrained_columns"]) for each in found.get_foreign_keys(table.name)} == {
                tuple(constraint.column_keys) for constraint in table.foreign_key_constraints
            }
    engine.dispose()


def test_the_queue_of_unscanned_articles_has_a_partial_index(database: str, backend: str) -> None:
    catalogue = {"sqlite": "SELECT sql FROM sqlite_master", "postgresql": "SELECT indexdef FROM pg_indexes"}
    engine = open_engine(database, 5)
    with reading(engine) as connection:
        statements = connection.execute(text(catalogue[backend])).scalars()
        (found,) = [each for each in statements if each and "ix_articles_unscanned" in each]
    engine.dispose()
    assert re.search(r"WHERE \(?scanned_at IS NULL\)?$", found)


def test_the_expected_version_is_that_of_the_newest_migration() -> None:
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(migrations()))
    assert ScriptDirectory.from_config(settings).get_heads() == [EXPECTED]


def test_no_migration_imports_this_program() -> None:
    for script in (migrations() / "versions").glob("*.py"):
        assert "watchlist" not in re.findall(r"^\s*(?:from|import)\s+(\w+)", script.read_text(), re.MULTILINE)


def test_an_empty_database_gets_its_tables(new_database: NewDatabase) -> None:
    url = new_database(False)
    with closing(open_store(url)) as store:
        assert store.watched_lists() == ()
        assert store.upgrade() == (EXPECTED, EXPECTED)


def test_a_database_of_an_older_version_is_refused_with_the_command_that_mends_it(new_database: NewDatabase) -> None:
    url = new_database(True)
    set_version(url, "0000")
    with pytest.raises(SchemaOutOfDateError, match=f"at schema version 0000.*needs {EXPECTED}.*watchlist db upgrade"):
        open_store(url)


def test_upgrading_takes_an_unversioned_database_to_the_expected_version(new_database: NewDatabase) -> None:
    url = new_database(False)
    with closing(open_store(url, any_version=True)) as store:
        assert store.upgrade() == (None, EXPECTED)
    open_store(url).close()


def test_a_database_of_a_newer_version_is_refused_and_left_alone(database: str) -> None:
    set_version(database, "9999")
    with pytest.raises(StorageError, match=r"9999.*newer version of watchlist") as refused:
        open_store(database)
    assert "db upgrade" not in str(refused.value)
    with (
        closing(open_store(database, any_version=True)) as store,
        pytest.raises(StorageError, match=r"9999.*newer version of watchlist"),
    ):
        store.upgrade()


def test_a_failed_upgrade_leaves_nothing_behind(new_database: NewDatabase) -> None:
    url = new_database(False)
    with closing(open_store(url, any_version=True)) as store:
        with writing(store._engine) as connection:
            # In the way of the last table that the first migration makes.
            connection.execute(text("CREATE TABLE judgements (id INTEGER)"))
        with pytest.raises(StorageError):
            store.upgrade()
        with reading(store._engine) as connection:
            assert inspect(connection).get_table_names() == ["judgements"]


_FIRST_USE = """
import sys
from datetime import UTC, datetime
from watchlist.model import FeedDeclaration
from watchlist.model import ListDeclaration
from watchlist.storage.store import open_store

store = open_store(sys.argv[1])
now = datetime(2026, 3, 1, tzinfo=UTC)
store.declare_lists([ListDeclaration("us_ofac_sdn", "SDN", None)], now)
store.declare_feeds([FeedDeclaration(f"https://news.example/{n}", None) for n in range(20)], now)
print(len(store.watched_lists()), len(store.watched_feeds()))
"""


def test_processes_that_first_use_a_database_at_once_all_find_what_is_declared(
    new_database: NewDatabase,
) -> None:
    url = new_database(False)
    started = [Popen([sys.executable, "-c", _FIRST_USE, url], stdout=PIPE, stderr=PIPE, text=True) for _ in range(2)]
    assert [process.communicate(timeout=500) for process in started] == [("1 20\n", "")] * 2


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("These are notes, and no database at all. " * 50)
    with pytest.raises(StorageError, match=r"notes\.db: file is not a database"):
        open_store(f"sqlite:///{path}")


def test_a_database_in_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match=re.escape(str(tmp_path / "file"))):
        open_store(f"sqlite:///{tmp_path / 'file' / 'watchlist.db'}")


def test_a_database_server_that_does_not_answer_is_named_without_its_password() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(StorageError, match=r"db\.invalid") as failed:
        open_store("postgresql://me:s3cret@db.invalid/watchlist?connect_timeout=2")
    assert "s3cret" not in str(failed.value)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("watchlist.db", "is no database URL"),
        ("mysql://localhost/x", "mysql.* is not supported"),
        ("sqlite+nosuch:///x.db", "nosuch"),
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
    ],
)
def test_an_address_that_is_no_usable_database_is_refused(url: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words) as refused:
        open_store(url)
    assert refused.value.key == "database.url"


def test_a_url_that_is_refused_is_not_repeated_with_its_password() -> None:
    with pytest.raises(ConfigError) as refused:
        open_store("postgresql//me:s3cret@host/db")
    assert "s3cret" not in str(refused.value)
