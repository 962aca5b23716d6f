"""How everything stands, as ``watchlist status`` and the page of that name show it, asked of the store."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from watchlist import __version__
from watchlist.app import App
from watchlist.model import (
    AccountCounts,
    DeliveryStatus,
    DeliveryTrouble,
    Feed,
    PageCounts,
    Purge,
    Run,
    SetAside,
    WatchedList,
)

#: Open alerts are counted by these ages.
AGES = (timedelta(days=1), timedelta(days=7), timedelta(days=30))
#: Reasons why pages were not read that are shown.
_REASONS = 2


@dataclass(frozen=True, slots=True)
class Overview:
    """How everything stands."""

    at: datetime
    lists: tuple[WatchedList, ...]
    scripts: dict[str, dict[str, int]]
    feeds: tuple[Feed, ...]
    stored: int
    waiting: int
    aside: SetAside
    pages: PageCounts
    alerts: dict[str, int]
    #: Of those that nobody closed: how many by age, and since when the oldest is open.
    unclosed: tuple[int, ...]
    oldest_alert: datetime | None
    deliveries: dict[DeliveryStatus, int]
    troubles: tuple[DeliveryTrouble, ...]
    untold: int
    runs: tuple[Run, ...]
    purge: Purge | None
    accounts: AccountCounts
    #: A proxy says who asks.
    by_proxy: bool
    #: People have to log in, and nobody who can may change anything.
    lacks_admin: bool
    database: str
    database_bytes: int
    index: Path
    index_files: int
    index_bytes: int
    versions: dict[str, str]


def gather(parts: App, at: datetime) -> Overview:
    """Everything that is shown but the faults."""
    store = parts.store
    stored, waiting = store.article_counts()
    unclosed, oldest = store.unclosed_alerts(at, AGES)
    schema, server = store.versions()
    accounts = AccountCounts.of(store.accounts())
    kept = [path.stat().st_size for path in parts.index_dir.glob("*") if path.is_file()]
    return Overview(
        at=at,
        lists=store.watched_lists(),
        scripts=store.names_by_script(),
        feeds=store.watched_feeds(),
        stored=stored,
        waiting=waiting,
        aside=store.set_aside(),
        pages=store.page_counts(_REASONS),
        alerts={str(status): n for status, n in store.alert_counts().items()},
        unclosed=unclosed,
        oldest_alert=oldest,
        deliveries=store.delivery_counts(),
        troubles=store.delivery_troubles(),
        untold=store.untold_alerts(),
        runs=store.last_runs(1),
        purge=store.last_purge(),
        accounts=accounts,
        by_proxy=parts.config.web.proxy_header is not None,
        lacks_admin=parts.config.web.lacks_admin(accounts),
        database=store.address(),
        database_bytes=store.size(),
        index=parts.index_dir,
        index_files=len(kept),
        index_bytes=sum(kept),
        versions={
            "watchlist": __version__,
            "schema": schema,
            "database": server,
            "python": platform.python_version(),
        },
    )
