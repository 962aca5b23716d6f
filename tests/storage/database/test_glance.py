from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from watchlist.model import ListDeclaration
from watchlist.storage.database.glance import glance
from watchlist.storage.store import Store, open_store

NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'a name with % and #.db'}"


def declaration(id: str, *, enabled: bool = True) -> ListDeclaration:
    return ListDeclaration(id=id, title=id, url=None, enabled=enabled, every=None)


def in_full(store: Store) -> tuple[tuple[tuple[str, str], ...], dict[str, bool]]:
    return store.revisions(), {each.id: each.enabled for each in store.watched_lists()}


def test_a_glance_tells_what_the_store_tells(url: str) -> None:
    with closing(open_store(url)) as store:
        store.declare_lists([declaration("b"), declaration("a"), declaration("off", enabled=False)], NOW)
        store.add_list(declaration("own"))
        store.add_list(declaration("gone"))
        store.remove_list("gone", NOW)
        store.switch_list("b", False, NOW)
        seen = glance(url)
        assert seen is not None
        assert (seen.revisions, seen.lists) == in_full(store)
        assert seen.lists == {"a": True, "b": False, "off": False, "own": True}
        assert seen.declared == {"a": True, "b": True, "off": False}
        # A list that the configuration names no longer.
        store.declare_lists([declaration("a")], NOW)
        after = glance(url)
        assert after is not None
        assert (after.revisions, after.lists) == in_full(store)
        assert after.declared == {"a": True}


def test_a_glance_at_what_cannot_be_told_is_none_and_makes_nothing(url: str, tmp_path: Path) -> None:
    assert glance(url) is None
    assert glance("postgresql://nobody@localhost/watchlist") is None
    assert glance(f"sqlite:///{tmp_path}") is None
    assert not list(tmp_path.iterdir())
    (tmp_path / "text.db").write_text("no database " * 100)
    assert glance(f"sqlite:///{tmp_path / 'text.db'}") is None


def test_a_glance_at_tables_of_another_version_is_none(url: str) -> None:
    open_store(url).close()
    assert glance(url) is not None
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
        connection.commit()
    assert glance(url) is None
