"""An authority's ids change hands: what is attached to an entity stays with it. On real parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from watchlist.app import make_app
from watchlist.delivery.transports import full_config
from watchlist.errors import NotFoundError
from watchlist.feeds.schedule import may_ask
from watchlist.model import (
    ChangeKind,
    ChangeNote,
    Entity,
    Identifier,
    IntakeOptions,
    ListChange,
    ListDeclaration,
    Name,
    NameKind,
    NameOrigin,
    Schema,
    Snapshot,
    SubjectNote,
    Suppression,
)
from watchlist.pipeline import run
from watchlist.steps.parts import Parts, RunReport
from watchlist.steps.scan import Scanner
from watchlist.steps.sync import regroup

LIST = "us_ofac_sdn"

SYNC = IntakeOptions(look_back=timedelta(days=90), announce_to=("email",), ids_by_authority=True)
SHIP = Entity(LIST, "1", Schema.VESSEL, (Name("EVENING GULL"),), identifiers=(Identifier("imo", "9074729"),))
FIRM = Entity(LIST, "2", Schema.COMPANY, (Name("KAVERON SHIPPING LINES"),), listed_on="2020-01-01", programs=("A",))
PERSON = Entity(LIST, "3", Schema.PERSON, (Name("MARROW, Ilya"),), birth_dates=("1955-01-15",))
OTHER = Entity(LIST, "4", Schema.COMPANY, (Name("ORVANTO TRADING HOUSE"),), listed_on="2026-02-02", programs=("B",))
REST = tuple(Entity(LIST, f"9{n}", Schema.COMPANY, (Name(f"QUIET WIRE {n}"),)) for n in range(5))
NEWS = ("https://news.example/1", "Two firms", "Kaveron Shipping Lines and Orvanto Trading House signed on Monday.")


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def parts(database: str, smtp_port: int, web: Any, rss: Any, tmp_path: Path, lent_readers: None) -> Iterator[Parts]:
    """An official list, and an article that names one of its entities and one that is not on it."""
    mail = {"host": "127.0.0.1", "port": smtp_port, "security": "none"}
    mail |= {"sender": "a@x.example", "recipients": ["b@x.example"]}
    settings = {"database": {"url": database}, "email": mail, "matching": {"index_dir": tmp_path / "index"}}
    made = make_app(full_config().model_validate(settings), declares=True)
    made.store.add_list(ListDeclaration(LIST, "SDN", None, refresh=False))
    take(made, SHIP, FIRM, PERSON, *REST)
    made.store.add_feed(web.put("/feed.xml", rss(NEWS)), None)
    assert alerted(made) == [f"{LIST}:2"]
    yield made
    made.store.close()


def take(parts: Parts, *found: Entity) -> ListChange:
    at = now()

    def accept(change: ListChange) -> Snapshot:
        return Snapshot(LIST, f"{at:%H%M%S.%f}", None, at, "0" * 64, change.entity_count, change.name_count)

    return parts.store.apply_entities(LIST, found, at, accept, SYNC)


def alerted(parts: Parts) -> list[str]:
    return [alert.entity_id for alert in run(parts, may_ask).alerts]


def alias(text: str) -> Name:
    return Name(text, NameKind.ALIAS, origin=NameOrigin.USER)


class TestRenumbered:
    def test_what_is_attached_goes_over_and_nothing_alerts_twice(self, parts: Parts, mailbox: Any) -> None:
        store = parts.store
        store.add_alias(f"{LIST}:2", alias("Kaveron Fleet"), now())
        store.add_list(ListDeclaration("own", "Own", None, refresh=False, own=True))
        store.apply_entities("own", [replace(FIRM, list_id="own", source_id="k")], now(), lambda _: None)
        store.decide_group(f"{LIST}:2", "own:k", True, now())
        since = store.standing(f"{LIST}:2").first_seen_at
        change = take(parts, SHIP, replace(FIRM, source_id="77"), PERSON, *REST)
        assert (change.added, change.removed, change.changed) == (1, 1, 0)
        assert change.renumbered == ((f"{LIST}:2", f"{LIST}:77"),)
        assert [name.text for name in store.entity(f"{LIST}:77").names] == ["KAVERON SHIPPING LINES", "Kaveron Fleet"]
        regroup(store)
        assert [entity.id for _, entity in store.group(f"{LIST}:77")] == ["own:k", f"{LIST}:77"]
        assert store.unfinished_look_back() is None
        store.start_look_back(now(), now() - timedelta(days=1))
        assert alerted(parts) == []
        assert [detail.entity.id for detail in store.alerts()] == [f"{LIST}:2"]
        assert store.standing(f"{LIST}:2").succeeded_by == f"{LIST}:77"
        standing = store.standing(f"{LIST}:77")
        assert (standing.formerly, standing.first_seen_at) == ((f"{LIST}:2",), since)
        told = [each.get_body(("plain",)).get_content() for each in mailbox.messages]
        assert any("renumbered" in text and f"{LIST}:2 is now {LIST}:77" in text for text in told)

    def test_the_difference_and_the_history_say_so(self, parts: Parts) -> None:
        take(parts, SHIP, replace(FIRM, source_id="77", addresses=("Pier 4",)), PERSON, *REST)
        gone, come = parts.store.list_changes(LIST)
        assert (gone.kind, gone.note, gone.other_id) == (ChangeKind.REMOVED, ChangeNote.RENUMBERED, f"{LIST}:77")
        assert (come.kind, come.note, come.other_id) == (ChangeKind.ADDED, ChangeNote.RENUMBERED, f"{LIST}:2")
        assert come.fields == (("addresses", (), ("Pier 4",)),)
        newest = parts.store.list_history(LIST)[0]
        assert (newest.added, newest.removed, newest.renumbered, newest.reused) == (1, 1, 1, 0)

    def test_press_names_follow(self, parts: Parts) -> None:
        given = {"2": (Name("Kaveron Group", NameKind.ALIAS, origin=NameOrigin.PRESS),)}
        parts.store.set_names(LIST, given, NameOrigin.PRESS, now())
        take(parts, SHIP, replace(FIRM, source_id="77"), PERSON, *REST)
        parts.store.set_names(LIST, given, NameOrigin.PRESS, now())
        assert "Kaveron Group" in [name.text for name in parts.store.entity(f"{LIST}:77").names]

    def test_twice_in_a_row_the_first_id_leads_to_the_last(self, parts: Parts) -> None:
        take(parts, SHIP, replace(FIRM, source_id="77"), PERSON, *REST)
        take(parts, SHIP, replace(FIRM, source_id="78"), PERSON, *REST)
        assert parts.store.standing(f"{LIST}:2").succeeded_by == f"{LIST}:78"
        assert parts.store.standing(f"{LIST}:78").formerly == (f"{LIST}:2", f"{LIST}:77")

    def test_one_that_comes_back_is_itself_again(self, parts: Parts) -> None:
        take(parts, SHIP, replace(FIRM, source_id="77"), PERSON, *REST)
        take(parts, SHIP, FIRM, PERSON, *REST)
        assert parts.store.standing(f"{LIST}:2").succeeded_by is None
        assert parts.store.standing(f"{LIST}:77").succeeded_by == f"{LIST}:2"


class TestReused:
    def test_the_former_entity_keeps_its_history(self, parts: Parts, mailbox: Any) -> None:
        store = parts.store
        store.add_alias(f"{LIST}:2", alias("Kaveron Fleet"), now())
        change = take(parts, SHIP, replace(OTHER, source_id="2"), PERSON, *REST)
        apart = f"{LIST}:2~{now():%Y%m%d}"
        assert (change.changed, change.added, change.removed, change.reused) == (1, 0, 0, ((f"{LIST}:2", apart),))
        former, present = store.entity(apart), store.entity(f"{LIST}:2")
        assert [name.text for name in former.names] == ["KAVERON SHIPPING LINES", "Kaveron Fleet"]
        assert [name.text for name in present.names] == ["ORVANTO TRADING HOUSE"]
        assert store.standing(apart).removed_at is not None
        (before,) = store.alerts()
        assert (before.entity.id, before.mention.entity_id, before.mention.caption) == (apart, apart, former.caption)
        # The article names the entity that has the id now, too: that is an alert of its own.
        assert alerted(parts) == [f"{LIST}:2"]
        assert alerted(parts) == []
        assert [detail.entity.caption for detail in store.alerts()] == [present.caption, former.caption]
        told = [each.get_body(("plain",)).get_content() for each in mailbox.messages]
        assert any(f"{LIST}:2 was {apart}" in text for text in told)

    def test_the_difference_says_what_the_former_one_took_along(self, parts: Parts) -> None:
        parts.store.add_alias(f"{LIST}:2", alias("Kaveron Fleet"), now())
        take(parts, SHIP, replace(OTHER, source_id="2"), PERSON, *REST)
        (change,) = parts.store.list_changes(LIST)
        assert (change.kind, change.note, change.caption) == (ChangeKind.CHANGED, ChangeNote.REUSED, OTHER.caption)
        assert ("your aliases", ("Kaveron Fleet",), ()) in change.fields
        assert parts.store.list_history(LIST)[0].reused == 1

    def test_an_id_given_away_after_its_entity_was_delisted(self, parts: Parts) -> None:
        take(parts, SHIP, PERSON, *REST)
        change = take(parts, SHIP, replace(OTHER, source_id="2"), PERSON, *REST)
        assert (change.added, change.changed, len(change.reused)) == (1, 0, 1)
        assert parts.store.entity(change.reused[0][1]).caption == FIRM.caption

    def test_twice_on_a_day(self, parts: Parts) -> None:
        take(parts, SHIP, replace(OTHER, source_id="2"), PERSON, *REST)
        third = Entity(LIST, "2", Schema.VESSEL, (Name("SOMETHING ELSE"),))
        (pair,) = take(parts, SHIP, third, PERSON, *REST).reused
        assert pair[1].endswith("-2")

    def test_an_own_list_may_do_what_it_likes(self, parts: Parts) -> None:
        parts.store.add_list(ListDeclaration("own", "Own", None, refresh=False, own=True))
        for entity in (FIRM, OTHER):
            given = replace(entity, list_id="own", source_id="k")
            change = parts.store.apply_entities("own", [given], now(), lambda _: None)
        assert (change.changed, change.reused) == (1, ())


def test_a_delisted_entity_keeps_its_history_and_alerts_no_more(parts: Parts, web: Any, rss: Any) -> None:
    take(parts, SHIP, PERSON, *REST)
    later = ("https://news.example/2", "More", "Kaveron Shipping Lines again on Tuesday.")
    parts.store.add_feed(web.put("/second.xml", rss(later)), None)
    assert alerted(parts) == []
    assert [detail.entity.id for detail in parts.store.alerts()] == [f"{LIST}:2"]
    assert parts.store.entity(f"{LIST}:2").caption == FIRM.caption
    assert parts.store.standing(f"{LIST}:2").removed_at is not None
    # Back on the list it is the same entity: the first article was alerted already, the second was not.
    take(parts, SHIP, FIRM, PERSON, *REST)
    assert alerted(parts) == [f"{LIST}:2"]
    assert {detail.article_url for detail in parts.store.alerts()} == {NEWS[0], later[0]}
    assert parts.store.standing(f"{LIST}:2").removed_at is None


class TestSuppressed:
    def test_it_opens_no_alert_on_whichever_list_until_that_is_taken_back(
        self, parts: Parts, web: Any, rss: Any
    ) -> None:
        store = parts.store
        store.add_list(ListDeclaration("own", "Own", None, refresh=False, own=True))
        store.apply_entities("own", [replace(FIRM, list_id="own")], now(), lambda _: None)
        store.decide_group("own:2", f"{LIST}:2", True, now())
        regroup(store)
        store.suppress(Suppression(f"{LIST}:2", now(), reason="a customer, cleared"))
        later = ("https://news.example/2", "More", "Kaveron Shipping Lines again on Tuesday.")
        store.add_feed(web.put("/second.xml", rss(later)), None)
        assert alerted(parts) == []
        assert len(store.alerts()) == 1
        store.unsuppress(f"{LIST}:2", now())
        back = store.start_look_back(now(), datetime(1, 1, 1, tzinfo=UTC))
        report = RunReport()
        assert sum(Scanner(parts, report).look_back(back)) == 2
        assert [alert.article_id for alert in report.alerts] == [store.alerts()[0].alert.article_id]
        with pytest.raises(NotFoundError, match="suppression"):
            store.unsuppress(f"{LIST}:2", now())

    def test_two_that_become_one_keep_the_decision_on_the_entity(self, parts: Parts) -> None:
        take(parts, SHIP, replace(FIRM, source_id="77"), PERSON, *REST)
        parts.store.suppress(Suppression(f"{LIST}:2", now(), reason="under its former id"))
        parts.store.suppress(Suppression(f"{LIST}:77", now(), reason="its own"))
        take(parts, SHIP, FIRM, PERSON, *REST)
        assert [(each.entity_id, each.reason) for each in parts.store.suppressions(now())] == [(f"{LIST}:2", "its own")]

    def test_it_ends_when_it_was_to_end(self, parts: Parts) -> None:
        parts.store.suppress(Suppression(f"{LIST}:2", now(), until=now() + timedelta(days=1)))
        assert [each.entity_id for each in parts.store.suppressions(now())] == [f"{LIST}:2"]
        assert parts.store.suppressions(now() + timedelta(days=2)) == ()

    def test_it_stays_with_the_entity_whose_id_changes(self, parts: Parts) -> None:
        parts.store.suppress(Suppression(f"{LIST}:2", now()))
        take(parts, SHIP, replace(FIRM, source_id="77"), PERSON, *REST)
        assert [each.entity_id for each in parts.store.suppressions(now())] == [f"{LIST}:77"]
        (pair,) = take(parts, SHIP, replace(OTHER, source_id="77"), PERSON, *REST).reused
        assert [each.entity_id for each in parts.store.suppressions(now())] == [pair[1]]


class TestNotes:
    def test_they_stay_with_the_entity_whatever_becomes_of_its_id(self, parts: Parts) -> None:
        store = parts.store
        store.note_subject(SubjectNote(f"{LIST}:2", now(), "ann", "Ask the harbour master."))
        take(parts, SHIP, replace(FIRM, source_id="77"), PERSON, *REST)
        (note,) = store.notes_on([f"{LIST}:77"])
        assert (note.entity_id, note.text) == (f"{LIST}:77", "Ask the harbour master.")
        # Under its former id as well: alerts of before have that.
        assert store.notes_on([f"{LIST}:2"]) == (note,)
        later = store.note_subject(SubjectNote(f"{LIST}:2", now(), "bob", "He moved."))
        assert later.entity_id == f"{LIST}:77"
        (pair,) = take(parts, SHIP, replace(OTHER, source_id="77"), PERSON, *REST).reused
        assert store.notes_on([f"{LIST}:77"]) == ()
        assert [each.by for each in store.notes_on([pair[1]])] == ["bob", "ann"]
        # Off the list they are still there.
        take(parts, SHIP, PERSON, *REST)
        assert len(store.notes_on([pair[1]])) == 2
        assert [each.by for each in store.subject_notes()] == ["ann", "bob"]

    def test_they_are_told_of_all_that_are_one(self, parts: Parts) -> None:
        store = parts.store
        store.add_list(ListDeclaration("own", "Own", None, refresh=False, own=True))
        store.apply_entities("own", [replace(FIRM, list_id="own")], now(), lambda _: None)
        store.decide_group("own:2", f"{LIST}:2", True, now())
        regroup(store)
        note = store.note_subject(SubjectNote("own:2", now(), "ann", "Of our own list."))
        assert store.notes_on([f"{LIST}:2"]) == (note,)
        store.decide_group("own:2", f"{LIST}:2", False, now())
        regroup(store)
        assert store.notes_on([f"{LIST}:2"]) == ()
        assert store.notes_on(["own:2"]) == (note,)

    def test_nobody_has_none(self, parts: Parts) -> None:
        with pytest.raises(NotFoundError, match="entities search"):
            parts.store.note_subject(SubjectNote("own:nobody", now(), "ann", "x"))


def test_nobody_has_no_standing(parts: Parts) -> None:
    with pytest.raises(NotFoundError):
        parts.store.standing("nobody:1")
