"""A database from before faults were state: what was told is a fault, and what was set aside for good comes again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import MetaData, Table, insert

from watchlist.model import NoticeKind
from watchlist.storage.database.connect import open_engine, writing
from watchlist.storage.database.migrate import migrations
from watchlist.storage.store import open_store


def test_open_notices_are_faults_and_articles_set_aside_are_due(
    new_database: Callable[[bool], str], now: datetime
) -> None:
    url = new_database(False)
    engine = open_engine(url, 5)
    with writing(engine) as connection:
        settings = AlembicConfig()
        settings.set_main_option("script_location", str(migrations()))
        settings.attributes["connection"] = connection
        command.upgrade(settings, "0016")
        naive = now.replace(tzinfo=None)

        def add(name: str, /, **values: Any) -> None:
            table = Table(name, MetaData(), autoload_with=connection)
            some: dict[type, Any] = {int: 0, bool: False, str: "", float: 0.0, datetime: naive, object: [], dict: []}
            needed = (
                each
                for each in table.columns
                if not each.nullable and each.name not in values and not (each.primary_key and name == "notices")
            )
            blank = {each.name: some[each.type.python_type] for each in needed}
            connection.execute(insert(table).values(**blank, **values))

        over = naive + timedelta(hours=1)
        add("notices", kind="fault", subject="feed 7", text="feed 7: gone", opened_at=naive)
        add("notices", kind="fault", subject="list a", text="list a: stale", opened_at=naive, resolved_at=over)
        add("notices", kind="list_change", subject="list a", text="1 added", opened_at=naive)
        add("articles", id="a" * 24, title="Odd", scanned_at=naive, scan_error="ValueError: odd")
        add("articles", id="b" * 24, title="Even", scanned_at=naive)
    engine.dispose()
    with closing(open_store(url, any_version=True)) as store:
        store.upgrade()
        (fault,) = store.open_faults()
        assert (fault.fault.subject, fault.fault.text, fault.told_at, fault.first_at) == (
            "feed 7",
            "feed 7: gone",
            now,
            now,
        )
        # It is not told again; its end is.
        assert store.record_faults([fault.fault], ["email"], now + timedelta(hours=1)) == 0
        assert store.record_faults([], ["email"], now + timedelta(hours=2)) == 1
        (delivery,) = store.deliveries()
        assert [notice.kind for notice in store.notices(delivery.notice_ids)] == [NoticeKind.RECOVERY]
        assert store.notices((1,))[0].resolved_at == now + timedelta(hours=2)
        assert store.set_aside().count == 1
        assert [each.title for each in store.articles_to_retry(now, 9)] == ["Odd"]
        assert store.article_counts() == (2, 0)
