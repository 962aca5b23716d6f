"""A clock that jumps either way, a machine that sleeps, daylight saving: what is due is done, a jump is told once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
import time_machine

from watchlist.app import App, make_app, now
from watchlist.config import Config
from watchlist.daemon import serve
from watchlist.delivery.transports import full_config
from watchlist.feeds.schedule import is_due
from watchlist.model import DeliveryStatus, Entity, IntakeOptions, ListDeclaration, Name, NoticeKind, Run, Schema
from watchlist.pipeline import run
from watchlist.steps.clock import NO_JUMP, Jump, Moment, between, look
from watchlist.steps.health.faults import clock_faults
from watchlist.steps.health.standing import present_faults

START = datetime(2026, 3, 10, 12, tzinfo=UTC)
TICK = timedelta(minutes=15)
YEAR = timedelta(days=365)


class Hand:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.thorough)])
def backend(request: pytest.FixtureRequest) -> str:
    """What stands above the storage is the same on either kind of database, whose own tests run on both."""
    return str(request.param)


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def parts(database: str, hand: Hand, smtp_port: int, lent_readers: None) -> Iterator[App]:
    config = full_config().model_validate(
        {
            "database": {"url": database},
            "fetch": {"full_text": "never"},
            "email": {
                "host": "127.0.0.1",
                "port": smtp_port,
                "security": "none",
                "sender": "watchlist@news.example",
                "recipients": ["desk@news.example"],
            },
        }
    )
    made = replace(make_app(config, declares=True), clock=hand)
    made.store.add_list(ListDeclaration("own", "Own list", None, refresh=False, own=True))
    listed = (Entity("own", "1", Schema.COMPANY, (Name("KAVERON SHIPPING LINES"),)),)
    made.store.apply_entities("own", listed, hand(), lambda _: None)
    yield made
    made.store.close()


VOYAGES = ("https://news.example/1", "Voyages", "Kaveron Shipping Lines suspended its voyages, officials said.")
AGAIN = ("https://news.example/2", "Ports", "Kaveron Shipping Lines was seen in two other ports on Tuesday.")


def told(parts: App) -> list[tuple[NoticeKind, str]]:
    return [(each.kind, each.text) for each in parts.store.notices(tuple(range(1, 50))) if each.subject == "clock"]


def go(parts: App, hand: Hand, by: timedelta = TICK, jump: Jump = NO_JUMP) -> Any:
    hand.at += by
    return run(parts, is_due, jump=jump)


def test_back_by_a_year_nothing_waits_for_a_year(parts: App, hand: Hand, web: Any, rss: Callable[..., str]) -> None:
    feed = web.put("/feed.xml", rss(VOYAGES))
    parts.store.add_feed(feed, None)
    hand.at = START + YEAR
    for _ in range(3):
        go(parts, hand)
    (delivery,) = [each for each in parts.store.deliveries() if each.alert_ids]
    assert delivery.status is DeliveryStatus.SENT
    web.put("/feed.xml", rss(VOYAGES, AGAIN))
    hand.at = START
    report = go(parts, hand)
    assert report.counts["feeds_polled"] == 1
    assert report.counts["alerts"] == 1
    (watched,) = parts.store.watched_feeds()
    assert watched.next_check_at is not None
    assert watched.next_check_at < hand.at + timedelta(days=1)
    assert watched.habit.changed_at is not None
    assert watched.habit.changed_at <= hand.at
    # Told once, by its words, and its end once it is long past.
    faults = [each for each in present_faults(parts, hand()) if each.fault.kind == "clock"]
    assert len(faults) == 1
    assert faults[0].fault.text.startswith("the clock was set back by 365 d")
    go(parts, hand)
    assert [kind for kind, _ in told(parts)] == [NoticeKind.FAULT]
    for _ in range(13):
        go(parts, hand)
    assert [kind for kind, _ in told(parts)] == [NoticeKind.FAULT, NoticeKind.RECOVERY]
    assert not [each for each in present_faults(parts, hand()) if each.fault.kind == "clock"]


def test_articles_from_beyond_now_are_looked_back_at(parts: App, hand: Hand, web: Any, rss: Callable[..., str]) -> None:
    other = ("https://news.example/3", "Pirates", "Marrovsky Trading House bought two tankers, officials said.")
    parts.store.add_feed(web.put("/feed.xml", rss(other)), None)
    hand.at = START + YEAR
    assert go(parts, hand).counts["articles_new"] == 1
    hand.at = START
    go(parts, hand)
    hand.at += TICK
    listed = (
        Entity("own", "1", Schema.COMPANY, (Name("KAVERON SHIPPING LINES"),)),
        Entity("own", "2", Schema.COMPANY, (Name("MARROVSKY TRADING HOUSE"),)),
    )
    parts.store.apply_entities("own", listed, hand(), lambda _: None, IntakeOptions(look_back=timedelta(days=90)))
    assert go(parts, hand).counts["alerts"] == 1


def test_a_list_taken_in_before_the_first_run_after_the_jump_is_looked_back_for_too(
    parts: App, hand: Hand, web: Any, rss: Callable[..., str]
) -> None:
    other = ("https://news.example/3", "Pirates", "Marrovsky Trading House bought two tankers, officials said.")
    parts.store.add_feed(web.put("/feed.xml", rss(other)), None)
    hand.at = START + YEAR
    go(parts, hand)
    hand.at = START
    listed = (
        Entity("own", "1", Schema.COMPANY, (Name("KAVERON SHIPPING LINES"),)),
        Entity("own", "2", Schema.COMPANY, (Name("MARROVSKY TRADING HOUSE"),)),
    )
    parts.store.apply_entities("own", listed, hand(), lambda _: None, IntakeOptions(look_back=timedelta(days=90)))
    assert go(parts, hand).counts["alerts"] == 1


def test_a_small_step_back_is_nothing(parts: App, hand: Hand) -> None:
    go(parts, hand)
    go(parts, hand, -timedelta(minutes=4))
    assert told(parts) == []
    assert not [each for each in present_faults(parts, hand()) if each.fault.kind == "clock"]


def test_forward_and_sleep_as_a_daemon_sees_them_are_told_once(parts: App, hand: Hand) -> None:
    for _ in range(3):
        go(parts, hand, timedelta(seconds=20))
    go(parts, hand, timedelta(days=3), Jump(was_set=timedelta(days=3)))
    go(parts, hand, timedelta(seconds=20))
    ((kind, text),) = told(parts)
    assert kind is NoticeKind.FAULT
    assert "set forward by 3 d" in text
    for _ in range(13):
        go(parts, hand, timedelta(seconds=20))
    go(parts, hand, timedelta(hours=9), Jump(slept=timedelta(hours=9)))
    go(parts, hand, timedelta(seconds=20))
    assert [kind for kind, _ in told(parts)] == [NoticeKind.FAULT, NoticeKind.RECOVERY, NoticeKind.FAULT]
    assert "slept for 9 h" in told(parts)[-1][1]


def runs(*starts: datetime) -> list[Run]:
    return [Run(n, at, at + timedelta(seconds=3), (), ()) for n, at in enumerate(starts, 1)][::-1]


def test_cron_knows_a_pause_by_the_times_between_its_runs() -> None:
    usual = [START + n * TICK for n in range(6)]
    assert list(clock_faults(runs(*usual))) == []
    (fault,) = clock_faults(runs(*usual, usual[-1] + timedelta(hours=9)))
    assert "nothing ran for 9 h" in fault.text
    # It stays told while it can be seen, and is no reason in a new database.
    assert len(list(clock_faults(runs(*usual, *(usual[-1] + timedelta(hours=9) + n * TICK for n in range(3)))))) == 1
    assert list(clock_faults(runs(START, START + timedelta(days=3)))) == []
    # A run that took long is no pause.
    long = runs(*usual, usual[-1] + timedelta(hours=9))
    long[1] = replace(long[1], finished_at=usual[-1] + timedelta(hours=9))
    assert list(clock_faults(long)) == []


@pytest.mark.parametrize(
    "change", [datetime(2026, 3, 29, 0, 50, tzinfo=UTC), datetime(2026, 10, 25, 0, 50, tzinfo=UTC)]
)
def test_daylight_saving_is_no_jump(change: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        starts = []
        with time_machine.travel(change, tick=False) as traveller:
            for _ in range(8):
                starts.append(now())
                traveller.shift(TICK)
        assert {later - earlier for earlier, later in pairwise(starts)} == {TICK}
        assert list(clock_faults(runs(*starts))) == []
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    ("wall", "working", "passed", "counts"),
    [
        (20, 20, 20, {}),
        (50, 20, 20, {}),
        (20 + 86400, 20, 20, {"clock_set_forward": 86400}),
        (20 - 86400, 20, 20, {"clock_set_back": 86400}),
        (3620, 20, 3620, {"machine_slept": 3600}),
        (3620 + 86400, 20, 3620, {"machine_slept": 3600, "clock_set_forward": 86400}),
    ],
)
def test_what_three_clocks_tell(wall: float, working: float, passed: float, counts: dict[str, int]) -> None:
    before = Moment(START, 100.0, 1000.0)
    after = Moment(START + timedelta(seconds=wall), 100.0 + working, 1000.0 + passed)
    assert between(before, after).counts() == counts


def test_two_looks_in_a_row_show_nothing() -> None:
    assert between(look(now()), look(now())).counts() == {}


def test_a_daemon_goes_on_when_its_clock_is_set_back(sqlite_database: str) -> None:
    made = make_app(Config.model_validate({"database": {"url": sqlite_database}}), declares=True)
    hand = Hand()
    reports: list[Any] = []

    def on_report(report: Any) -> None:
        reports.append(report)
        traveller.shift(-timedelta(days=30))
        hand.at -= YEAR if len(reports) == 2 else timedelta(0)
        if len(reports) >= 4:
            made.stop.set()

    began = time.monotonic()
    with time_machine.travel(START + YEAR, tick=True) as traveller:
        serve(
            replace(made, clock=hand),
            lambda report: (on_report(report), traveller.shift(-timedelta(days=30)))[0],
            tick=0.05,
        )
    assert time.monotonic() - began < 120
    assert len(reports) == 4
    assert reports[2].counts["clock_set_back"] >= 364 * 86400
    made.store.close()
