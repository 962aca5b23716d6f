"""A database from before kind and weakness were two things: weak names stay weak, and an import can still be undone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from typing import Any

import pytest
from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import MetaData, Table, insert

from watchlist.errors import NotFoundError
from watchlist.model import Article, Entity, Mention, NameKind, mention_from_plain, mention_to_plain
from watchlist.storage.database.connect import open_engine, writing
from watchlist.storage.database.migrate import migrations
from watchlist.storage.store import open_store


def test_weak_names_and_the_last_import_are_kept(new_database: Callable[[bool], str], now: datetime) -> None:
    url = new_database(False)
    engine = open_engine(url, 5)
    with writing(engine) as connection:
        settings = AlembicConfig()
        settings.set_main_option("script_location", str(migrations()))
        settings.attributes["connection"] = connection
        command.upgrade(settings, "0014")

        naive = now.replace(tzinfo=None)

        def add(name: str, /, **values: Any) -> None:
            table = Table(name, MetaData(), autoload_with=connection)
            some: dict[type, Any] = {int: 0, bool: False, str: "", float: 0.0, datetime: naive, object: [], dict: []}
            needed = (each for each in table.columns if not each.nullable and each.name not in values)
            blank = {each.name: some[each.type.python_type] for each in needed}
            connection.execute(insert(table).values(**blank, **values))

        add("lists", id="own", title="Own list", declared="user", enabled=True, own=True)
        add("entities", id="own:1", list_id="own", source_id="1", schema="Person", caption="MARROW")
        add("names", id=1, entity_id="own:1", text="MARROW", kind="primary", origin="authority")
        add("names", id=2, entity_id="own:1", position=1, text="The Tide", kind="weak_alias", origin="authority")
        add("snapshots", id=1, list_id="own", version="1", fetched_at=naive, entity_count=1, name_count=2)
        add("list_backups", list_id="own", content="id,name\n1,MARROW\n", at=naive)
    engine.dispose()
    with closing(open_store(url, any_version=True)) as store:
        store.upgrade()
        names = store.entity("own:1").names
        assert [(name.text, name.kind, name.weak) for name in names] == [
            ("MARROW", NameKind.PRIMARY, False),
            ("The Tide", NameKind.ALIAS, True),
        ]
        snapshot = store.watched_list("own").snapshot
        assert snapshot is not None
        assert (snapshot.cells, snapshot.unread, snapshot.reading) == ((), 0, 1)
        kept = store.last_import("own")
        assert (kept.content, kept.added, kept.at) == ("id,name\n1,MARROW\n", None, now)
        store.drop_import(kept.number)
        with pytest.raises(NotFoundError):
            store.last_import("own")


def test_a_mention_that_was_stored_or_exported_before_is_read(
    mention: Callable[..., Mention], article: Callable[..., Article], entity: Callable[..., Entity]
) -> None:
    plain = mention_to_plain(mention(article(1, "Ilya Marrow sails."), entity("1")))
    former = {key: value for key, value in plain["name"].items() if key != "weak"} | {"kind": "weak_alias"}
    found = mention_from_plain({**plain, "name": former})
    assert (found.name.kind, found.name.weak) == (NameKind.ALIAS, True)
