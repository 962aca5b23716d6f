"""One who may only read is shown everything, and told so where something was to be written."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.as_reader import as_reader
from watchlist.errors import MayOnlyReadError
from watchlist.model import FeedDeclaration
from watchlist.storage.database.connect import writing
from watchlist.storage.store import open_store


@pytest.fixture
def closed(tmp_path: Path, sqlite_database: str) -> Any:
    """A folder with a database and a configuration in it, to be read alone."""
    folder = tmp_path / "closed"
    folder.mkdir()
    with closing(open_store(sqlite_database)) as store:
        store.add_feed("https://news.example/feed.xml", "News")
    shutil.copy(sqlite_database.removeprefix("sqlite:///"), folder / "watchlist.db")
    (folder / "config.yaml").write_text('feeds: ["https://news.example/other.xml"]\n')
    yield folder
    for path in (folder, *folder.iterdir()):
        path.chmod(0o700)


def close(folder: Path) -> None:
    for path in folder.iterdir():
        path.chmod(0o444)
    folder.chmod(0o555)


@pytest.mark.parametrize(
    "command", ["feeds", *(pytest.param(each, marks=pytest.mark.thorough) for each in ("alerts", "workers", "lists"))]
)
def test_reading_commands_work_where_nothing_may_be_written(closed: Path, command: str) -> None:
    close(closed)
    found = as_reader(command, "--json", folder=closed)
    assert found.returncode == 0, found.stderr
    # What the configuration declares is not there yet, and somebody else has to bring it in.
    assert "what the configuration declares is not brought in" in found.stderr
    if command == "feeds":
        assert "https://news.example/feed.xml" in found.stdout
    assert sorted(path.name for path in closed.iterdir()) == ["config.yaml", "watchlist.db"]


def test_what_writes_says_that_this_user_may_only_read(closed: Path) -> None:
    (closed / "config.yaml").unlink()
    close(closed)
    found = as_reader("feeds", "disable", "1", folder=closed)
    assert found.returncode == 1
    assert found.stderr.rstrip().endswith("attempt to write a readonly database; this user may only read it")


def test_what_somebody_else_is_writing_is_seen(closed: Path) -> None:
    (closed / "config.yaml").unlink()
    with closing(open_store(f"sqlite:///{closed / 'watchlist.db'}")) as store:
        store.add_feed("https://news.example/new.xml", "New")
        close(closed)
        found = as_reader("feeds", "--json", folder=closed)
    assert found.returncode == 0, found.stderr
    assert "https://news.example/new.xml" in found.stdout


def test_one_who_has_select_alone_reads_on_postgresql(new_postgresql_database: Callable[[bool], str]) -> None:
    url = new_postgresql_database(True)
    with closing(open_store(url)) as store:
        store.add_feed("https://news.example/feed.xml", "News")
        with writing(store._engine) as connection:
            connection.execute(text("DROP ROLE IF EXISTS reader"))
            connection.execute(text("CREATE ROLE reader LOGIN"))
            connection.execute(text("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader"))
        try:
            with closing(open_store(url.replace("//postgres@", "//reader@"), creates=False)) as reader:
                assert [each.title for each in reader.watched_feeds()] == ["News"]
                assert reader.workers() == ()
                with pytest.raises(MayOnlyReadError, match="this user may only read it"):
                    reader.declare_feeds([FeedDeclaration("https://news.example/other.xml", None)], datetime.now(UTC))
        finally:
            with writing(store._engine) as connection:
                connection.execute(text("DROP OWNED BY reader"))
                connection.execute(text("DROP ROLE reader"))
