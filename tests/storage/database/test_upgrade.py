"""A database of an earlier version keeps its alerts, and what came since joins their stories."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import MetaData, Table, insert

from watchlist.model import Article, Entity, FeedFetchIntent, Mention, Relation, Scan, mention_to_plain
from watchlist.storage.database.connect import open_engine, writing
from watchlist.storage.database.migrate import migrations
from watchlist.storage.store import open_store

TITLE = "Quay Lines 1 loses a cargo of grain off the cape"
TEXT = (
    "Quay Lines 1 sailed into a storm off the cape on Monday and lost nine hundred tonnes of grain from two holds, "
    "insurers said. The crew of the bulk carrier Merry Sorrel was taken off by a helicopter of the coast guard at dawn."
)


def test_alerts_before_there_were_stories(
    new_database: Callable[[bool], str],
    entity: Callable[..., Entity],
    article: Callable[..., Article],
    mention: Callable[..., Mention],
    now: datetime,
) -> None:
    url = new_database(False)
    engine = open_engine(url, 5)
    listed, first = entity("1"), article(1, TEXT, title=TITLE, published_at=now - timedelta(hours=2))
    copy = replace(article(2, TEXT, title=TITLE), story_id=first.id)
    with writing(engine) as connection:
        settings = AlembicConfig()
        settings.set_main_option("script_location", str(migrations()))
        settings.attributes["connection"] = connection
        command.upgrade(settings, "0011")

        naive = now.replace(tzinfo=None)

        def add(name: str, /, **values: Any) -> None:
            """A row; what must not be empty and is not given is some value of its type."""
            table = Table(name, MetaData(), autoload_with=connection)
            some: dict[type, Any] = {int: 0, bool: False, str: "", float: 0.0, datetime: naive, object: [], dict: []}
            needed = (each for each in table.columns if not each.nullable and each.name not in values)
            blank = {each.name: some[each.type.python_type] for each in needed}
            connection.execute(insert(table).values(**blank, **values))

        add("lists", id="own", title="Own list", enabled=True, own=True)
        add("entities", id=listed.id, list_id="own", source_id="1", schema=str(listed.schema))
        for each in (first, copy):
            add(
                "articles",
                id=each.id,
                url=each.url,
                title=TITLE,
                text=TEXT,
                published_at=each.published_at and each.published_at.replace(tzinfo=None),
                fetched_at=naive,
                content_hash=each.content_hash,
                scanned_at=naive,
                first_reading=False,
                story_id=each.story_id,
            )
            named = mention(each, listed)
            add("mentions", id=named.id, **mention_to_plain(named), found_at=naive)
        add(
            "alerts",
            id=1,
            entity_id=listed.id,
            story_id=first.id,
            article_id=first.id,
            mention_id=mention(first, listed).id,
            status="open",
            opened_at=naive,
        )
    engine.dispose()
    with closing(open_store(url, any_version=True)) as store:
        store.upgrade()
        detail = store.alert(1)
        assert not detail.alert.rolled_up
        assert [(each.id, each.relation) for each in detail.story.articles] == [
            (first.id, Relation.FIRST),
            (copy.id, Relation.COPY),
        ]
        feed = store.add_feed("https://late.example/feed.xml", "Late").id
        late = article(3, TEXT[:180], title=f"UPDATE 1-{TITLE}", fetched_at=now + timedelta(days=1), feed_id=feed)
        store.record_fetch(FeedFetchIntent(feed, now, now, status=200, articles=(late,)))
        assert store.record_scan(Scan(late, (mention(late, listed),), late.id, (), 50, store.revisions()), now) == ()
        assert [each.id for each in store.alert(1).story.articles][-1] == late.id
