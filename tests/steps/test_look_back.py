"""Stored articles are screened for what is new on a list: on real parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from watchlist.app import make_app
from watchlist.delivery.transports import full_config
from watchlist.feeds.schedule import may_ask
from watchlist.matching.engine import Engine
from watchlist.model import Entity, IntakeOptions, ListDeclaration, LookBackReason, Name, NameKind, NameOrigin, Schema
from watchlist.pipeline import run
from watchlist.steps.parts import Parts, RunReport
from watchlist.steps.scan import Scanner, look_back
from watchlist.steps.sync import regroup

FIRST = Entity("own", "1", Schema.COMPANY, (Name("KAVERON SHIPPING LINES"),))
SECOND = Entity("own", "2", Schema.COMPANY, (Name("ORVANTO TRADING HOUSE"),))
BOTH = ("https://news.example/1", "Two firms", "Kaveron Shipping Lines and Orvanto Trading House signed on Monday.")
OLD = IntakeOptions(look_back=timedelta(days=90), keep_others=True)


@pytest.fixture
def parts(sqlite_database: str, smtp_port: int, web: Any, rss: Any, lent_readers: None) -> Iterator[Parts]:
    """One entity on an own list, and an article that names it and another, screened."""
    mail = {"host": "127.0.0.1", "port": smtp_port, "security": "none"}
    mail |= {"sender": "a@x.example", "recipients": ["b@x.example"]}
    made = make_app(full_config().model_validate({"database": {"url": sqlite_database}, "email": mail}), declares=True)
    made.store.add_list(ListDeclaration("own", "Own list", None, refresh=False, own=True))
    made.store.apply_entities("own", [FIRST], now(), lambda _: None, OLD)
    made.store.add_feed(web.put("/feed.xml", rss(BOTH)), None)
    report = run(made, may_ask)
    assert [alert.entity_id for alert in report.alerts] == ["own:1"]
    yield made
    made.store.close()


def now() -> datetime:
    return datetime.now(UTC)


def captions(report: RunReport) -> list[str]:
    return [alert.entity_id for alert in report.alerts]


def test_what_is_new_on_a_list_is_found_in_stored_articles_once(parts: Parts, mailbox: Any) -> None:
    parts.store.apply_entities("own", [SECOND], now(), lambda _: None, OLD)
    report = run(parts, may_ask)
    assert captions(report) == ["own:2"]
    assert report.alerts[0].note == f"newly listed on {now():%Y-%m-%d}"
    assert len(mailbox.messages) == 2
    assert "newly listed on" in mailbox.messages[1].get_body(("plain",)).get_content()
    assert captions(run(parts, may_ask)) == []
    assert parts.store.unfinished_look_back() is None


def test_a_new_name_of_a_listed_entity_counts_as_new(parts: Parts) -> None:
    parts.store.apply_entities("own", [replace(SECOND, names=(Name("NOBODY AT ALL LLC"),))], now(), lambda _: None, OLD)
    assert captions(run(parts, may_ask)) == []
    alias = Name("Orvanto Trading House", NameKind.ALIAS, origin=NameOrigin.USER)
    parts.store.add_alias("own:2", alias, now(), OLD.look_back)
    assert captions(run(parts, may_ask)) == ["own:2"]


def test_a_change_that_no_article_could_show_puts_nothing_in_the_queue(parts: Parts) -> None:
    parts.store.apply_entities("own", [replace(FIRST, remarks="seen in port")], now(), lambda _: None, OLD)
    assert parts.store.unfinished_look_back() is None


def test_articles_older_than_the_time_are_left_alone(parts: Parts) -> None:
    later = now() + timedelta(days=100)
    parts.store.apply_entities("own", [SECOND], later, lambda _: None, OLD)
    assert parts.store.unfinished_look_back() is None


def test_a_list_that_was_not_watched_before_says_so(parts: Parts) -> None:
    parts.store.add_list(ListDeclaration("other", "Other list", None, refresh=False, own=True))
    entity = Entity("other", "9", Schema.COMPANY, SECOND.names)
    parts.store.apply_entities("other", [entity], now(), lambda _: None, OLD)
    report = run(parts, may_ask)
    assert captions(report) == ["other:9"]
    assert report.alerts[0].note == f"its list is watched since {now():%Y-%m-%d}"


def test_one_that_is_stopped_goes_on_where_it_was(parts: Parts) -> None:
    parts.store.apply_entities("own", [SECOND], now(), lambda _: None, OLD)
    back = parts.store.unfinished_look_back()
    assert back is not None
    assert back.reason is LookBackReason.CHANGE
    first = RunReport()
    for _ in Scanner(parts, first).look_back(back):
        break
    assert captions(first) == ["own:2"]
    unfinished = parts.store.unfinished_look_back()
    assert unfinished is not None
    assert unfinished.cursor > back.cursor
    second = RunReport()
    look_back(parts, second)
    assert captions(second) == []
    assert parts.store.unfinished_look_back() is None


@pytest.mark.parametrize("moment", ["while it is at work", "when it ends"])
def test_what_is_listed_while_one_is_at_work_is_found_by_the_next(
    parts: Parts, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    unnamed = Entity("own", "5", Schema.COMPANY, (Name("NOBODY AT ALL LLC"),))
    parts.store.apply_entities("own", [unnamed], now(), lambda _: None, OLD)
    record, pending = type(parts.store).record_look_back, [SECOND]

    def meanwhile(store: Any, back: Any, scans: Any, cursor: str | None, at: datetime) -> Any:
        if pending and (cursor is None) == (moment == "when it ends"):
            store.apply_entities("own", [pending.pop()], now(), lambda _: None, OLD)
        return record(store, back, scans, cursor, at)

    monkeypatch.setattr(type(parts.store), "record_look_back", meanwhile)
    assert captions(run(parts, may_ask)) == ["own:2"]
    assert parts.store.unfinished_look_back() is None


def test_of_a_group_only_one_entity_alerts(parts: Parts) -> None:
    parts.store.add_list(ListDeclaration("other", "Other list", None, refresh=False, own=True))
    twin = Entity("other", "9", Schema.COMPANY, FIRST.names)
    parts.store.apply_entities("other", [twin], now(), lambda _: None)
    parts.store.decide_group("own:1", "other:9", True, now())
    regroup(parts.store)
    back = parts.store.start_look_back(now(), now() - timedelta(days=1))
    report = RunReport()
    for _ in Scanner(parts, report).look_back(back):
        pass
    assert captions(report) == []
    (detail,) = parts.store.alerts()
    assert [other.id for other in detail.also] == ["other:9"]


def test_an_article_that_breaks_the_engine_does_not_end_it(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object, **_options: object) -> None:
        raise RuntimeError("the engine fell over")

    parts.store.apply_entities("own", [SECOND], now(), lambda _: None, OLD)
    monkeypatch.setattr(Engine, "screen", broken)
    report = RunReport()
    look_back(parts, report)
    assert "the engine fell over" in report.errors[0]
    assert parts.store.unfinished_look_back() is None
