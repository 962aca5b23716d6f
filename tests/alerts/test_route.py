"""Where alerts go and when: by what they are, at local times, with quiet hours and caps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from watchlist.alerts.route import consider, is_quiet, next_daily, quiet_until, turns_of, when
from watchlist.config.routes import QuietHours, RouteConfig
from watchlist.model import AlertDetail, Entity, Name, Schema, Severity

ZURICH = ZoneInfo("Europe/Zurich")
NOW = datetime(2026, 3, 4, 9, 20, tzinfo=UTC)
HOUR = timedelta(hours=1)
CHANNELS = ("email", "webhook")


def route(name: str = "r", **settings: Any) -> RouteConfig:
    return RouteConfig.model_validate({"name": name, "channels": ["email"], **settings})


def detail(**changes: Any) -> AlertDetail:
    own = Entity("us_ofac_sdn", "1", Schema.VESSEL, (Name("GREY GULL"),), programs=("IFSR",))
    other = Entity("eu_fsf", "9", Schema.VESSEL, (Name("GREY GULL"),), programs=("RUS",))
    values = {
        "alert": SimpleNamespace(severity=Severity.HIGH, rolled_up=False),
        "entity": own,
        "also": (other,),
        "feed_title": "Bay News",
        "article_lang": "en",
    }
    return cast("AlertDetail", SimpleNamespace(**values | changes))


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"lists": ["eu_fsf"]},
        {"programs": ["ifsr"]},
        {"schemas": ["Vessel"]},
        {"severities": ["high"]},
        {"subjects": ["eu_fsf:9"]},
        {"feeds": ["bay news"]},
        {"languages": ["en"]},
        {"lists": ["un_sc_sanctions", "us_ofac_sdn"], "severities": ["high", "normal"]},
    ],
)
def test_a_route_fits_by_what_any_entry_of_the_subject_is(asked: dict[str, Any]) -> None:
    (found,) = consider(detail(), [route(**asked)])
    assert found.fits


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"lists": ["un_sc_sanctions"]}, "the list is us_ofac_sdn, eu_fsf, not un_sc_sanctions"),
        ({"severities": ["normal", "low"]}, "the severity is high, not normal or low"),
        ({"languages": ["ru"], "feeds": ["X"]}, "the feed is Bay News, not X; the language is en, not ru"),
    ],
)
def test_why_a_route_does_not_fit_is_said(asked: dict[str, Any], why: str) -> None:
    first, rest = consider(detail(), [route(**asked)])
    assert (first.fits, first.why) == (False, why)
    assert (rest.route, rest.fits) == ("default", True)


def test_the_first_that_fits_decides_unless_it_says_to_read_on() -> None:
    routes = [route("a", schemas=["Person"]), route("b"), route("c", channels=["webhook"])]
    assert [(each.route, each.fits) for each in consider(detail(), routes)] == [("a", False), ("b", True)]
    routes[1] = route("b", also=True)
    turns = turns_of(detail(), routes, CHANNELS, {}, NOW)
    assert [(each.route, each.channel, each.due) for each in turns] == [("b", "email", NOW), ("c", "webhook", NOW)]


def test_what_no_route_fits_goes_everywhere_at_once_and_nowhere_must_be_said() -> None:
    other = route(schemas=["Person"])
    assert [each.channel for each in turns_of(detail(), [other], CHANNELS, {}, NOW)] == ["email", "webhook"]
    assert turns_of(detail(), [route(channels=[])], CHANNELS, {}, NOW) == ()


def test_two_routes_to_one_place_tell_it_once_the_sooner() -> None:
    routes = [route("slow", when="daily", also=True), route("quick", channels=["email"])]
    (turn,) = turns_of(detail(), routes, CHANNELS, {}, NOW)
    assert (turn.route, turn.due) == ("quick", NOW)
    routes = [route("one", channels=["email:a@example.org"], also=True), route("all")]
    (turn,) = turns_of(detail(), routes, CHANNELS, {}, NOW)
    assert turn.recipient is None


def test_hourly_is_with_the_next_full_hour_and_a_cap_sends_the_rest_there() -> None:
    assert when(route(when="hourly"), 0, NOW)[:2] == (NOW.replace(hour=10, minute=0), True)
    assert when(route(cap=3), 2, NOW)[:2] == (NOW, False)
    assert when(route(cap=3), 3, NOW)[:2] == (NOW.replace(hour=10, minute=0), True)


def test_daily_is_once_on_each_day_of_the_year_at_the_local_time() -> None:
    for at in ("08:00", "02:30", "00:00", "23:59"):
        moment, days = datetime(2026, 1, 1, tzinfo=ZURICH), []
        for _ in range(365):
            moment = next_daily(moment, at, ZURICH)
            local = moment.astimezone(ZURICH)
            days.append(local.date())
            # In the night in which the clocks jump over it, it is an hour later by them.
            expected = "03:30" if (at, str(local.date())) == ("02:30", "2026-03-29") else at
            assert f"{local:%H:%M}" == expected
        assert len(set(days)) == 365


def test_daily_comes_once_in_the_night_in_which_the_clocks_show_it_twice() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert next_daily(first - HOUR, "02:30", ZURICH) == first
    assert next_daily(first, "02:30", ZURICH) == first + 25 * HOUR
    assert next_daily(first + HOUR, "02:30", ZURICH) == first + 25 * HOUR


@pytest.mark.parametrize(
    ("begin", "end"), [("22:00", "06:00"), ("12:00", "13:00"), ("22:00", "02:30"), ("02:30", "03:30")]
)
def test_nothing_is_told_in_quiet_hours_and_all_right_after_them(begin: str, end: str) -> None:
    quiet = QuietHours.model_validate({"from": begin, "to": end})
    moment = datetime(2026, 3, 27, tzinfo=UTC)
    for start in (moment, datetime(2026, 10, 23, tzinfo=UTC)):
        for n in range(4 * 24 * 6):
            now = start + n * timedelta(minutes=10)
            due, held, _ = when(route(quiet={"from": begin, "to": end}, zone="Europe/Zurich"), 0, now)
            assert not is_quiet(due, quiet, ZURICH)
            if not is_quiet(now, quiet, ZURICH):
                assert (due, held) == (now, False)
            else:
                assert now < due <= now + 10 * HOUR
                assert is_quiet(due - timedelta(minutes=1), quiet, ZURICH)
                assert due == quiet_until(now, quiet, ZURICH)


def test_an_hourly_message_waits_for_the_end_of_quiet_hours() -> None:
    found = route(when="hourly", quiet={"from": "10:00", "to": "12:15"})
    assert when(found, 0, NOW)[0] == NOW.replace(hour=12, minute=15)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"at": "8 o'clock"}, "is no time of day"),
        ({"at": "24:00"}, "is no time of day"),
        ({"zone": "Mars/Olympus"}, "is no time zone"),
        ({"quiet": {"from": "08:00", "to": "08:00"}}, "from and to must differ"),
        ({"name": "With Spaces"}, "pattern"),
        ({"when": "weekly"}, "now"),
        ({"severity": ["high"]}, "severity"),
    ],
)
def test_what_cannot_be_is_refused(settings: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        route(**settings)


def test_a_time_that_yaml_takes_for_minutes_is_read_as_meant() -> None:
    assert route(at=22 * 60 + 5).at == "22:05"
