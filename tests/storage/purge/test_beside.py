"""A purge that is killed, and one beside scans: no alert loses its article or its bytes, and nothing is left over."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from watchlist.model import (
    Article,
    Capture,
    CaptureKind,
    Entity,
    FeedFetchIntent,
    Purgeable,
    Scan,
)
from watchlist.storage.database.tables import articles, captures, evidence, past_articles, past_screenings, screenings
from watchlist.storage.store import Store, open_store

ArticleFactory = Callable[..., Article]
K = Purgeable
#: The program, which takes away a fifth as much at a time: to be killed between parts it needs no fifteen hundred.
PROGRAM = (
    sys.executable,
    "-c",
    "from watchlist.storage.purge import taking; taking.CHUNK = 100; from watchlist.cli import main; main()",
)
#: So many parts' worth of articles, of which every twentieth has an alert.
ARTICLES = 300
CONFIG = """\
database: "{url}"
retention: {{articles: 1d, evidence: 1d, screenings: forever}}
"""


def count(store: Store, table: Any) -> int:
    with store._reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def take_in(store: Store, feed_id: int, found: tuple[Article, ...], at: datetime) -> None:
    """Stores articles with the bytes of their entries, of which each third are the same."""
    bytes_of = {
        each.id: Capture(CaptureKind.ENTRY, "https://n.example/", at, "text/xml", f"<item>{n // 3}</item>".encode())
        for n, each in enumerate(found)
    }
    store.record_fetch(FeedFetchIntent(feed_id, at, at, status=200, articles=found, captures=bytes_of))


@pytest.mark.parametrize("backend", ["sqlite", pytest.param("postgresql", marks=pytest.mark.crash)], indirect=True)
@pytest.mark.thorough
def test_one_that_is_killed_goes_on_where_it_was_and_takes_nothing_that_an_alert_needs(
    database: str,
    store: Store,
    feed_id: int,
    own_list: str,
    fill: Any,
    entity: Callable[..., Entity],
    article: ArticleFactory,
    mention: Any,
    scan: Callable[..., Scan],
    tmp_path: Path,
) -> None:
    listed, at = entity("1"), datetime.now(UTC) - timedelta(days=30)
    fill(store, listed)
    found = tuple(article(n, fetched_at=at) for n in range(ARTICLES))
    take_in(store, feed_id, found, at)
    for n, each in enumerate(found):
        named = [mention(each, listed)] if n % 20 == 0 else []
        store.record_scan(scan(each, *named, channels=()), at)
    alerted = {each.alert.id: each.alert.article_id for each in store.alerts()}
    assert len(alerted) == 15
    config = tmp_path / "config.yaml"
    config.write_text(CONFIG.format(url=database), encoding="utf-8")
    for _ in range(2):
        before = count(store, past_articles)
        started = subprocess.Popen([*PROGRAM, "--config", config, "db", "purge"], stdout=subprocess.PIPE)
        while count(store, past_articles) == before and started.poll() is None:
            time.sleep(0.002)
        # Between two parts, or in the next.
        started.send_signal(signal.SIGKILL)
        started.communicate()
        left = store.last_purge()
        assert left is not None
        assert dict(left.removed)["articles"] == count(store, past_articles) - before
        assert count(store, articles) + count(store, past_articles) == ARTICLES
        assert count(store, screenings) + count(store, past_screenings) == ARTICLES
    told = subprocess.run([*PROGRAM, "--config", config, "db", "purge"], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines()[0] == "kind\tolder than\tremoved"
    assert (count(store, articles), count(store, captures), count(store, past_articles)) == (15, 15, ARTICLES - 15)
    for id, article_id in alerted.items():
        (kept,) = store.evidence(id)
        assert kept.article_id == article_id
        assert len(store.audit_article(article_id).screenings) == 1
    assert count(store, evidence) == len({kept.sha256 for id in alerted for kept in store.evidence(id)})


def test_beside_scans_no_alert_loses_what_it_rests_on(
    database: str,
    store: Store,
    feed_id: int,
    own_list: str,
    fill: Any,
    entity: Callable[..., Entity],
    article: ArticleFactory,
    mention: Any,
    scan: Callable[..., Scan],
    now: datetime,
) -> None:
    """What is old the moment it comes: it is screened, and its alert opens, while others take away what they may."""
    listed = entity("1")
    fill(store, listed)
    over, faults = threading.Event(), []
    cutoffs = {K.ARTICLES: now + timedelta(days=9), K.EVIDENCE: now + timedelta(days=9)}

    def purge() -> None:
        with closing(open_store(database)) as other:
            while not over.is_set():
                try:
                    number = other.start_purge(now)
                    for kind in (K.ARTICLES, K.EVIDENCE):
                        for _ in other.purge(number, kind, cutoffs, now + timedelta(days=9)):
                            pass
                except Exception as error:
                    faults.append(error)

    thread = threading.Thread(target=purge)
    thread.start()
    try:
        opened, late = [], []
        for n in range(0, 30, 3):
            some = tuple(replace(article(n + k), fetched_at=now) for k in range(3))
            take_in(store, feed_id, some, now)
            for k, each in enumerate(some):
                named = [mention(each, listed)] if k == 0 else []
                opened += store.record_scan(scan(each, *named, channels=()), now) or ()
            back = store.start_look_back(now, now - timedelta(days=1))
            found = scan(some[1], mention(some[1], listed), channels=())
            late += store.record_look_back(back, [found], None, now)
    finally:
        over.set()
        thread.join()
    assert faults == []
    assert len(opened) == 10
    for alert in opened:
        (kept,) = store.evidence(alert.id)
        assert (kept.article_id, bool(kept.record)) == (alert.article_id, True)
    # What a look-back finds too late may have no bytes any more; its article it has.
    for alert in (*opened, *late):
        assert store.alert(alert.id).article_title
