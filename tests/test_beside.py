"""What is slow delays nobody else: lists that drip, and look-backs over many articles."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from watchlist import pipeline
from watchlist.app import App, make_app
from watchlist.delivery.transports import full_config
from watchlist.feeds.schedule import may_ask
from watchlist.model import Article, Entity, IntakeOptions, ListDeclaration, Name, Schema, stable_id
from watchlist.pipeline import run
from watchlist.steps import scan

SAILS = ("https://news.example/1", "Voyages", "Grey Gull Shipping Lines has suspended all of its voyages, it said.")


@pytest.fixture
def parts(sqlite_database: str, smtp_port: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    monkeypatch.setattr(pipeline, "PATIENCE", 0.2)
    monkeypatch.setattr(pipeline, "BETWEEN", 0.2)
    mail = {"host": "127.0.0.1", "port": smtp_port, "security": "none", "sender": "watchlist@news.example"}
    settings = {"database": {"url": sqlite_database}, "email": {**mail, "recipients": ["desk@news.example"]}}
    made = make_app(full_config().model_validate(settings), declares=False)
    made.store.add_list(ListDeclaration("own", "Own list", None, refresh=False, own=True))
    listed = Entity("own", "1", Schema.COMPANY, (Name("GREY GULL SHIPPING LINES"),))
    made.store.apply_entities("own", [listed], datetime.now(UTC), lambda change: None, IntakeOptions())
    yield made
    made.store.close()


def test_feeds_are_polled_and_mail_is_sent_while_lists_drip(
    parts: App, web: Any, rss: Callable[..., str], sdn_list: Callable[..., str], mailbox: Any
) -> None:
    for n in range(3):
        url = web.put(f"/{n}.xml", sdn_list(("1", f"TERN {n}")), delay=120)
        parts.store.add_list(ListDeclaration(f"slow_{n}", "Slow", url))
    parts.store.add_feed(web.put("/feed.xml", rss(SAILS)), None)

    def let_go() -> None:
        # Only once the mail is there do the lists come.
        mailbox.arrived.wait(110)
        web.over.set()

    releasing = threading.Thread(target=let_go)
    releasing.start()
    report = run(parts, may_ask)
    releasing.join()
    assert web.answered[0] == ("/feed.xml", 200)
    assert len(mailbox.messages) == 1
    assert (report.counts["lists_synced"], report.counts["lists_changed"], report.errors) == (3, 3, [])
    assert report.counts["feeds_polled"] == 1
    assert {each.id: each.entity_count for each in parts.store.watched_lists()} == {
        "own": 1,
        **{f"slow_{n}": 1 for n in range(3)},
    }


def test_a_look_back_lets_others_go_between_its_parts(parts: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "_PART", 2)
    now = datetime.now(UTC)
    parts.store.keep_articles(
        [Article(stable_id(str(n)), f"Voyages {n}", f"{SAILS[2]} {n}", fetched_at=now) for n in range(7)]
    )
    scan.scan_articles(parts, pipeline.RunReport())
    parts.store.start_look_back(now + timedelta(seconds=1), now - timedelta(days=1))
    looked: list[int] = []
    report = pipeline.RunReport()
    scan.look_back(parts, report, lambda: looked.append(report.counts["articles_looked_back"]))
    assert looked == [2, 4, 6, 7]
