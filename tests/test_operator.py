"""What the operator is told by mail: lasting faults once, their end once, and lists that changed if asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from watchlist.app import make_app
from watchlist.delivery.transports import full_config
from watchlist.feeds.schedule import may_ask
from watchlist.lists.forms import published_lists
from watchlist.pipeline import run
from watchlist.steps.parts import Parts

SDN = "us_ofac_sdn"


@pytest.fixture
def make(sqlite_database: str, smtp_port: int) -> Iterator[Callable[..., Parts]]:
    """Parts with mail, and with these settings besides."""
    made: list[Parts] = []
    mail = {"host": "127.0.0.1", "port": smtp_port, "security": "none"}
    mail |= {"sender": "watchlist@news.example", "recipients": ["desk@news.example"]}

    def parts(**settings: Any) -> Parts:
        values = {"database": {"url": sqlite_database}, "email": mail, "fetch": {"deadline": 60}, **settings}
        made.append(make_app(full_config().model_validate(values), declares=True))
        return made[-1]

    yield parts
    for each in made:
        each.store.close()


def go(parts: Parts, delay: timedelta) -> None:
    run(replace(parts, clock=lambda: datetime.now(UTC) + delay), may_ask)


def subjects(mailbox: Any) -> list[str]:
    return [str(message["Subject"]) for message in mailbox.messages]


def test_a_feed_that_keeps_failing_is_told_once_and_its_recovery_once(
    make: Callable[..., Parts], web: Any, rss: Any, mailbox: Any
) -> None:
    parts = make()
    url = parts.store.add_feed(web.url + "/feed.xml", None).url
    for day in range(5):
        go(parts, timedelta(days=day))
    assert subjects(mailbox) == [f"[watchlist] Fault: feed 1 {url}: answered 404 Not Found"]
    web.put("/feed.xml", rss())
    for day in range(5, 7):
        go(parts, timedelta(days=day))
    assert subjects(mailbox)[1:] == [f"[watchlist] Works again: feed 1 {url}: answered 404 Not Found"]
    assert "watchlist status" in mailbox.messages[1].get_body(("plain",)).get_content()
    assert "Works again</b>" in mailbox.messages[1].get_body(("html",)).get_content()


def test_faults_are_not_told_when_that_is_switched_off(make: Callable[..., Parts], web: Any, mailbox: Any) -> None:
    parts = make(alerts={"faults": False})
    parts.store.add_feed(web.url + "/feed.xml", None)
    for day in range(5):
        go(parts, timedelta(days=day))
    assert subjects(mailbox) == []


def test_a_changed_list_is_told_if_asked_for_but_its_first_state_is_not(
    make: Callable[..., Parts], web: Any, sdn_list: Any, mailbox: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = web.put("/sdn.xml", sdn_list(("1", "GREY GULL"), ("2", "RED KITE")))
    monkeypatch.setitem(published_lists(), SDN, replace(published_lists()[SDN], files=(url,), minimum_entities=1))
    parts = make(lists=[SDN], alerts={"list_changes": True})
    go(parts, timedelta())
    assert subjects(mailbox) == []
    web.put("/sdn.xml", sdn_list(("1", "GREY GULL"), ("2", "RED KITES"), ("3", "NEW TERN"), published="03/02/2026"))
    go(parts, timedelta(days=1))
    go(parts, timedelta(days=2))
    assert subjects(mailbox) == [f"[watchlist] List changed: {SDN}: 1 added, 1 changed, 0 removed; 3 entities now"]
