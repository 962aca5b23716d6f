from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from watchlist.model import Declared, DeliveryTrouble, Feed, Habit, Outage, Run, SetAside, WatchedList
from watchlist.steps.health.faults import (
    delivery_faults,
    feed_faults,
    list_faults,
    lost_faults,
    run_faults,
    screening_faults,
    setup_faults,
    standstill_faults,
)
from watchlist.steps.health.standing import tell_operator
from watchlist.steps.parts import Parts

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
AGE = timedelta(days=3)
GOOD = WatchedList(
    "us_ofac_sdn",
    "SDN",
    Declared.CONFIG,
    enabled=True,
    refresh=True,
    own=False,
    entity_count=9,
    last_checked_at=NOW,
    last_good_at=NOW,
)
FEED = Feed(7, "https://news.example/feed", None, Declared.USER, enabled=True)


def lasting(faults):
    return [(fault.subject, fault.lasting) for fault in faults]


BROKEN = Run(4, NOW, None, (), ())
WHOLE = Run(3, NOW, NOW, (), ("feed 7: answered 503",))


@pytest.mark.parametrize(
    ("runs", "told"),
    [
        ([], []),
        ([WHOLE, BROKEN], []),
        ([BROKEN, WHOLE], [("killed", False)]),
        ([BROKEN, BROKEN, BROKEN], [("as 2 before it: killed", True)]),
        ([replace(BROKEN, errors=("disk is full",)), WHOLE], [("broken off: disk is full", True)]),
    ],
)
def test_a_run_that_came_to_no_end_lasts_where_it_is_known_why(runs, told):
    faults = list(run_faults(runs))
    assert [(fault.subject, fault.lasting) for fault in faults] == [("runs", lasting) for _, lasting in told]
    for fault, (words, _) in zip(faults, told, strict=True):
        assert fault.text.startswith("the run of 2026-03-10 12:00 UTC was broken off")
        assert fault.text.endswith(words)


def test_a_list_in_sync_is_no_fault():
    assert list(list_faults([GOOD], AGE, NOW)) == []


@pytest.mark.parametrize(
    ("state", "fault"),
    [
        ({"last_good_at": NOW - timedelta(days=4)}, True),
        ({"last_error": "us_ofac_sdn: answered 503"}, False),
        ({"last_error": "us_ofac_sdn: answered 503", "last_good_at": NOW - timedelta(days=4)}, True),
        ({"entity_count": 0, "last_good_at": None}, False),
    ],
)
def test_a_list_that_fails_is_a_fault_and_a_stale_one_a_lasting_one(state, fault):
    other = replace(GOOD, id="own")
    assert lasting(list_faults([other, replace(GOOD, **state)], AGE, NOW)) == [("list us_ofac_sdn", fault)]


@pytest.mark.parametrize("count", [1, 2, 5])
def test_that_no_list_was_synced_yet_is_one_fault_however_many_there_are(count: int) -> None:
    never = replace(GOOD, entity_count=0, last_good_at=None, last_checked_at=None)
    lists = [replace(never, id=f"list{n}") for n in range(count)]
    assert list(list_faults(lists, AGE, NOW)) == []
    (fault,) = setup_faults(lists, [])
    plural = "" if count == 1 else "s"
    assert fault.grave
    assert fault.text == f"no names to look for: {count} list{plural} never synced, 'watchlist lists sync' fetches"
    # One that was tried says itself why it has nothing.
    failed = replace(never, last_error="us_ofac_sdn: answered 503")
    assert [each.subject for each in list_faults([*lists, failed], AGE, NOW)] == ["list us_ofac_sdn"]
    assert [each.text for each in setup_faults([failed], [])] == ["no names to look for: sync or create a list"]


@pytest.mark.parametrize("state", [{"enabled": False}, {"refresh": False}])
def test_a_list_that_is_not_to_be_kept_in_sync_is_never_stale(state):
    assert list(list_faults([replace(GOOD, last_good_at=NOW - timedelta(days=400), **state)], AGE, NOW)) == []


@pytest.mark.parametrize(("failures", "fault"), [(1, False), (3, True)])
def test_a_feed_that_fails_again_and_again_is_a_lasting_fault(failures, fault):
    feed = replace(FEED, last_error="host name not found", failures=failures)
    assert lasting(feed_faults([feed, FEED, replace(feed, enabled=False)], NOW)) == [("feed 7", fault)]


def test_a_feed_that_is_silent_for_much_longer_than_its_habit_is_a_lasting_fault() -> None:
    usual = Habit(NOW - timedelta(days=8), 3600.0)
    seldom = Habit(NOW - timedelta(days=8), 4 * 86400.0)
    feeds = [replace(FEED, id=1, habit=usual), replace(FEED, id=2, habit=seldom), replace(FEED, id=3)]
    (fault,) = feed_faults(feeds, NOW)
    assert fault.lasting
    assert "silent for 8 days; as a rule it brings something new about every 60 min" in fault.text


@pytest.mark.parametrize(
    ("minutes_between", "silent_hours", "told"),
    [
        # A wire; a paper over a night; a ministry over a weekend; a journal.
        (5, 5.9, False),
        (5, 6.1, True),
        (15, 12, False),
        (15, 13, True),
        (60, 40, False),
        (120, 64, False),
        (7 * 1440, 24 * 34, False),
        (7 * 1440, 24 * 36, True),
    ],
)
def test_a_wire_that_falls_silent_is_told_in_hours(minutes_between: float, silent_hours: float, told: bool) -> None:
    habit = Habit(NOW - timedelta(hours=silent_hours), 60.0 * minutes_between)
    assert bool(list(feed_faults([replace(FEED, habit=habit)], NOW))) is told


def test_a_feed_that_is_gone_for_good_is_a_lasting_fault_although_it_is_off() -> None:
    (fault,) = feed_faults([replace(FEED, enabled=False, gone_at=NOW)], NOW)
    assert fault.lasting
    assert "410" in fault.text


def trouble(**changes: Any) -> DeliveryTrouble:
    values: dict[str, Any] = {"channel": "email", "recipient": "desk@news.example", "parked": True, "deliveries": 3}
    values |= {"alerts": 7, "first_at": NOW - timedelta(days=8), "last_at": NOW - timedelta(days=7), "error": "550 no"}
    return DeliveryTrouble(**values | changes)


def test_what_is_parked_is_a_lasting_fault_with_its_count_and_the_way_out() -> None:
    (fault,) = delivery_faults([trouble()], [], NOW)
    assert fault.lasting
    assert fault.text.startswith("email to desk@news.example: 7 alerts could not be told, 3 messages from between ")
    assert "550 no; 'watchlist deliveries retry --failed'" in fault.text
    (passing,) = delivery_faults([trouble(parked=False)], [], NOW)
    assert not passing.lasting


def test_a_channel_that_is_down_is_one_fault_lasting_after_an_hour() -> None:
    for hours, lasting in ((0.5, False), (2, True)):
        outage = Outage("email", "", NOW - timedelta(hours=hours), 4, NOW + timedelta(minutes=8), "no answer")
        waiting = [trouble(parked=False), trouble(parked=False, recipient="b@news.example", deliveries=2)]
        (fault,) = delivery_faults(waiting, [outage], NOW)
        assert fault.lasting is lasting
        assert "email takes nothing since" in fault.text
        assert "5 messages waiting" in fault.text


def test_what_waits_for_nobody_is_a_fault() -> None:
    mail = SimpleNamespace(recipients=("a@news.example",))
    waiting = {("email", "a@news.example"): 1, ("email", None): 1, ("email", "old@news.example"): 2, ("chat", None): 3}
    texts = [fault.text for fault in lost_faults(waiting, {"email": mail})]
    assert [text.split(":")[0] for text in texts] == ["email to old@news.example", "chat"]
    assert all("'watchlist deliveries drop N'" in text for text in texts)


@pytest.mark.parametrize(("operator", "told"), [(None, ("email", "chat")), ("chat", ("chat",))])
def test_faults_are_told_on_the_operators_channel(operator: str | None, told: tuple[str, ...]) -> None:
    recorded: list[tuple[list[str], tuple[str, ...]]] = []
    down = Outage("email", "", NOW - timedelta(hours=2), 4, NOW, "no answer")
    store = SimpleNamespace(
        watched_lists=lambda: (),
        feeds_as_set=lambda: (),
        workers=lambda: (),
        delivery_troubles=lambda: (trouble(),),
        outages=lambda: (down,),
        last_runs=lambda limit: (),
        waiting_counts=dict,
        waiting_articles=lambda: (0, None),
        set_aside=lambda: SetAside(0),
        record_faults=lambda faults, channels, now: recorded.append(
            ([each.subject for each in faults if each.lasting], channels)
        ),
    )
    config = SimpleNamespace(
        alerts=SimpleNamespace(faults=True),
        schedule=SimpleNamespace(list_max_age=1.0),
        delivery=SimpleNamespace(operator=operator),
    )
    parts = SimpleNamespace(config=config, store=store, transports={"email": None, "chat": None}, clock=lambda: NOW)
    tell_operator(cast("Parts", parts))
    assert recorded == [(["deliveries email to desk@news.example", "channel email"], told)]
    # That a channel is down is not told on that channel alone.
    parts.transports = {"email": None}
    config.delivery.operator = None
    tell_operator(cast("Parts", parts))
    assert recorded[-1] == (["deliveries email to desk@news.example"], ("email",))


def ran(*hours_ago: float) -> list[Run]:
    moments = [NOW - timedelta(hours=hours) for hours in hours_ago]
    return [Run(9 - n, at, at, (), ()) for n, at in enumerate(moments)]


@pytest.mark.parametrize(
    ("hours", "fault"),
    [
        ([], False),
        # A daemon that makes a run of every tick, and a line of a crontab for once a day.
        ([0.9, 0.91, 0.92, 0.93], False),
        ([1.1, 1.11, 1.12, 1.13], True),
        ([30, 54, 78], False),
        ([125, 149, 173], True),
        ([40], False),
        ([50], True),
    ],
)
def test_that_nothing_runs_any_more_is_a_grave_fault_by_the_usual_time_between_two(hours, fault):
    found = list(standstill_faults(ran(*hours), NOW))
    assert [(each.subject, each.grave) for each in found] == ([("standstill", True)] if fault else [])


def test_a_run_in_the_future_tells_of_a_clock_that_jumped() -> None:
    (fault,) = standstill_faults(ran(-24, 1, 2), NOW)
    assert fault.subject == "clock"
    assert "2026-03-11 12:00" in fault.text


def test_articles_that_could_not_be_screened_last_once_one_failed_again() -> None:
    once = SetAside(3, 0, NOW, "https://news.example/1", "MemoryError: ")
    for aside, lasting, grave in ((once, False, False), (replace(once, repeatedly=1), True, False)):
        (fault,) = screening_faults(aside, 0, None, NOW)
        assert (fault.lasting, fault.grave) == (lasting, grave)
        assert fault.text.startswith(
            "3 articles could not be screened, and will be tried again, the next at 2026-03-10"
        )
    (many,) = screening_faults(replace(once, count=100), 0, None, NOW)
    assert (many.lasting, many.grave) == (True, True)


def test_articles_that_wait_for_more_than_an_hour_are_a_grave_fault() -> None:
    assert list(screening_faults(SetAside(0), 7, NOW - timedelta(minutes=50), NOW)) == []
    (fault,) = screening_faults(SetAside(0), 7, NOW - timedelta(hours=2), NOW)
    assert fault.grave
    assert fault.text.startswith("7 articles wait to be screened, the oldest since 2026-03-10 10:00 UTC")
