"""Who is one with whom, as names are read and compared: on real parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from watchlist.app import make_app
from watchlist.delivery.transports import full_config
from watchlist.feeds.schedule import may_ask
from watchlist.matching.naming import NamesAsMatched
from watchlist.model import Act, Action, Entity, Identifier, IntakeOptions, ListDeclaration, Name, Schema
from watchlist.pipeline import run
from watchlist.steps.parts import Parts
from watchlist.steps.sync import regroup

SHIP = Entity("first", "1", Schema.VESSEL, (Name("OLD TIDE RUNNER"),), identifiers=(Identifier("imo", "9074729"),))
NEWS = ("https://news.example/1", "Tanker seen", "The tanker Kaveron Harrier, loaded with Iranian oil, left on Monday.")
OPTIONS = IntakeOptions(look_back=timedelta(days=90), keep_others=True)


@pytest.fixture
def parts(sqlite_database: str, smtp_port: int, web: Any, rss: Any, lent_readers: None) -> Iterator[Parts]:
    """A ship on two lists, and an article that calls it as it is called since."""
    mail = {"host": "127.0.0.1", "port": smtp_port, "security": "none"}
    mail |= {"sender": "a@x.example", "recipients": ["b@x.example"]}
    made = make_app(full_config().model_validate({"database": {"url": sqlite_database}, "email": mail}), declares=True)
    for list_id in ("first", "second"):
        made.store.add_list(ListDeclaration(list_id, list_id, None, refresh=False, own=True))
        take(made, replace(SHIP, list_id=list_id))
    made.store.add_feed(web.put("/feed.xml", rss(NEWS)), None)
    assert alerted(made) == []
    yield made
    made.store.close()


def now() -> datetime:
    return datetime.now(UTC)


def take(parts: Parts, entity: Entity) -> None:
    parts.store.apply_entities(entity.list_id, [entity], now(), lambda _: None, OPTIONS)
    regroup(parts.store)


def alerted(parts: Parts) -> list[str]:
    return [alert.entity_id for alert in run(parts, may_ask).alerts]


def test_what_one_list_calls_a_ship_finds_it_on_every_list(parts: Parts) -> None:
    take(parts, replace(SHIP, list_id="second", names=(Name("KAVERON HARRIER"), *SHIP.names)))
    assert alerted(parts) == ["second:1"]
    (detail,) = parts.store.alerts()
    assert [other.id for other in detail.also] == ["first:1"]
    assert [member.reason for member, _ in parts.store.group("first:1")] == ["IMO 9074729", "IMO 9074729"]


def test_a_judged_alert_stays_judged_and_alone_whatever_becomes_of_the_group(parts: Parts) -> None:
    take(parts, replace(SHIP, list_id="second", names=(Name("KAVERON HARRIER"),), identifiers=()))
    assert alerted(parts) == ["second:1"]
    (detail,) = parts.store.alerts()
    (kept,) = parts.store.judge([detail.alert.id], Act(Action.CONFIRM, "ann"), now())
    status = parts.store.alerts()[0].alert.status
    # Now the lists say that both are one ship; and then no longer.
    for numbers in (SHIP.identifiers, ()):
        take(parts, replace(SHIP, list_id="second", names=(Name("KAVERON HARRIER"),), identifiers=numbers))
        assert bool(parts.store.group("first:1")) is bool(numbers)
        parts.store.start_look_back(now(), now() - timedelta(days=1))
        assert alerted(parts) == []
        (after,) = parts.store.alerts()
        assert (after.alert.id, after.alert.status) == (detail.alert.id, status)
        assert parts.store.judgements() == (kept,)


def in_common(one: str, other: str, schema: Schema = Schema.PERSON) -> tuple[str, ...] | None:
    naming = NamesAsMatched()
    return naming.in_common(naming.read(Name(one), schema), naming.read(Name(other), schema), schema)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("MARROWSKI, Valery", "Valeriy Vasilevich Marrowskiy", True),
        ("Kamal Mustafa Sultan", "Jamal Mustafa Sultan", False),
        ("Choe Song Il", "Choe Song Ung", False),
        ("ABU MARROWI, Sulaiman Jassem", "Sulayman Jasim Ali Abu Marrowi", True),
    ],
)
def test_spellings_of_one_name_have_its_words_in_common(one: str, other: str, alike: bool) -> None:
    assert (in_common(one, other) is not None) is alike
    assert (in_common(other, one) is not None) is alike


def test_a_body_of_a_longer_name_is_another_and_words_may_be_written_together() -> None:
    assert in_common("Marrow Shipping Lines", "Marrow Shipping Lines Investment", Schema.LEGAL_ENTITY) is None
    assert in_common("CHONMARROW SHIPPING CO", "Chon Marrow Shipping Company Ltd", Schema.LEGAL_ENTITY) is not None


def test_a_rare_word_says_more_than_a_common_one_and_a_syllable_half() -> None:
    read = NamesAsMatched().read
    ahmad, marrow = sorted(word.bits for word in read(Name("Ahmad Marrowski"), Schema.PERSON).words)
    assert marrow > 2 * ahmad
    assert max(word.bits for word in read(Name("Kim Chol Nam"), Schema.PERSON).words) < 6


def test_programs_name_their_countries_in_every_lists_way() -> None:
    cause = NamesAsMatched().cause
    assert {"kp"} <= cause(("1718 (DPRK)",))[0] & cause(("DPRK2",))[0] & cause(("North Korea (Democratic …",))[0]
    assert {"ir"} <= cause(("Autonomous (Iran)",))[0] & cause(("IRAN-EO13846",))[0]
