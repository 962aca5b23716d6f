"""When old things are removed: once a day, a little at a time, and never by a clock that was not seen to be right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from watchlist.app import make_app
from watchlist.config import Config, RetentionConfig
from watchlist.errors import StorageError
from watchlist.model import Article, FeedDeclaration, FeedFetchIntent, Purge, Purgeable, stable_id
from watchlist.pipeline import run
from watchlist.steps import purge as purging
from watchlist.steps.parts import Parts, RunReport

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def parts(database: str) -> Iterator[Parts]:
    config = Config.model_validate({"database": {"url": database}, "retention": {"articles": "7d", "polls": "7d"}})
    made = make_app(config, declares=True)
    with closing(made.store):
        yield replace(made, clock=lambda: NOW)


@pytest.fixture
def old(parts: Any) -> Callable[[int], None]:
    """Stores so many screened articles of three weeks ago."""
    feed_id = parts.store.add_feed("https://news.example/feed.xml", None).id

    def make(count: int) -> None:
        at = NOW - 21 * DAY
        found = tuple(
            Article(id=stable_id(str(n)), title=f"Article {n}", text="Rain.", feed_id=feed_id, fetched_at=at)
            for n in range(count)
        )
        parts.store.record_fetch(FeedFetchIntent(feed_id, at, at, status=200, articles=found))
        for each in found:
            parts.store.record_scan_error(each, "not now", at)

    return make


def seen_before(parts: Any, ago: timedelta = DAY) -> None:
    parts.store.start_run(parts.clock() - ago)


def go(parts: Parts, at: datetime | None = None) -> dict[str, int]:
    report = RunReport()
    purging.purge_old(replace(parts, clock=lambda: at) if at is not None else parts, report)
    assert report.errors == []
    return dict(report.counts)


def last(started_at: datetime, *, finished: bool = True) -> Purge:
    return Purge(1, started_at, started_at if finished else None, ())


@pytest.mark.parametrize(
    ("before", "due"),
    [
        (None, True),
        (last(NOW - 20 * HOUR), True),
        (last(NOW - HOUR), False),
        (last(NOW - HOUR, finished=False), True),
        # The day begins at two in the morning.
        (last(NOW - 10 * HOUR), False),
        (last(NOW - 10 * HOUR - timedelta(seconds=1)), True),
        # The clock was ahead when it was done last.
        (last(NOW + 30 * DAY), True),
    ],
)
def test_it_is_due_once_a_day(before: Purge | None, due: bool) -> None:
    assert purging.is_due(before, NOW) is due


def test_what_is_kept_for_ever_has_no_time() -> None:
    cutoffs = purging.cutoffs_of(RetentionConfig(polls=DAY.total_seconds()), NOW)
    assert cutoffs[Purgeable.POLLS] == NOW - DAY
    assert {*Purgeable} - {*cutoffs} == {Purgeable.ALERTS, Purgeable.ACCESS_LOG}
    assert purging.cutoffs_of(RetentionConfig(access_log=DAY.total_seconds()), NOW)[Purgeable.ACCESS_LOG] == NOW - DAY


def test_a_run_removes_what_is_old_and_keeps_a_record_of_it(parts: Any, old: Callable[[int], None]) -> None:
    old(3)
    seen_before(parts)
    run(parts, lambda *_: False)
    counts = dict(parts.store.last_runs(1)[0].counts)
    assert (counts["purged_articles"], counts["purged_polls"]) == (3, 1)
    done = parts.store.last_purge()
    assert (done.finished_at, dict(done.removed)) == (NOW, {"articles": 3, "polls": 1})
    old(2)
    assert go(parts) == {}
    # The same articles are known to be gone; of the poll of before there is one more.
    assert go(parts, NOW + DAY) == {"purged_polls": 1}


@pytest.mark.parametrize(("ago", "gone"), [(364 * DAY, False), (366 * DAY, True)])
def test_a_feed_that_the_configuration_has_not_named_for_a_year_goes_with_its_polls(
    parts: Any, ago: timedelta, gone: bool
) -> None:
    named, left = (FeedDeclaration(f"https://news.example/{each}.xml", each) for each in ("named", "left"))
    parts.store.declare_feeds([named, left], NOW - ago)
    parts.store.declare_feeds([named], NOW - ago)
    mine = parts.store.add_feed("https://news.example/mine.xml", "mine")
    parts.store.switch_feed(str(mine.id), on=False)
    seen_before(parts)
    assert go(parts) == ({"purged_feeds": 1} if gone else {})
    assert {each.title for each in parts.store.feeds_as_set()} == {"named", "mine"} | ({"left"} if not gone else set())


@pytest.mark.parametrize(("ago", "removed"), [(None, 0), (6 * HOUR, 0), (100 * DAY, 0), (13 * HOUR, 1), (30 * DAY, 1)])
def test_it_waits_until_the_clock_was_seen_to_be_right(
    parts: Any, old: Callable[[int], None], ago: timedelta | None, removed: int
) -> None:
    old(1)
    if ago is not None:
        seen_before(parts, ago)
    assert go(parts).get("purged_articles", 0) == removed


def test_what_there_is_no_time_for_is_gone_on_with_by_the_next_run(
    parts: Any, old: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    old(700)
    seen_before(parts)
    monkeypatch.setattr(purging, "_BUDGET", -1.0)
    first = go(parts)["purged_articles"]
    assert 0 < first < 700
    begun = parts.store.last_purge()
    assert begun.finished_at is None
    monkeypatch.undo()
    assert go(parts)["purged_articles"] == 700 - first
    done = parts.store.last_purge()
    assert (done.id, done.finished_at, dict(done.removed)["articles"]) == (begun.id, NOW, 700)


def test_it_stops_when_the_run_is_to_stop(parts: Any, old: Callable[[int], None]) -> None:
    old(1)
    seen_before(parts)
    parts.stop.set()
    assert go(parts) == {}


def test_a_database_that_refuses_is_told_and_ends_no_run(parts: Any, old: Callable[[int], None]) -> None:
    old(1)
    seen_before(parts)

    class Refusing:
        def __getattr__(self, name: str) -> Any:
            return getattr(parts.store, name)

        def purge(self, *_: Any) -> Any:
            raise StorageError("the disk is full")

    report = RunReport()
    purging.purge_old(replace(parts, store=Refusing()), report)
    assert report.errors == ["what is old could not all be removed: the disk is full"]
    assert parts.store.last_purge().finished_at is None
