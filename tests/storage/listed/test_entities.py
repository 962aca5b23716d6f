"""Taking in snapshots, the user's own edits, and reading entities back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from watchlist.errors import ListParseError, NotFoundError, SnapshotRejectedError, UsageError
from watchlist.model import Entity, Identifier, IntakeOptions, ListChange, Name, NameKind, NameOrigin, Schema
from watchlist.storage.store import Store

EntityFactory = Callable[..., Entity]
Fill = Callable[..., ListChange]
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _with_list(own_list: str) -> None:
    """Every test here has the list ``own``."""


def texts(store: Store, entity_id: str) -> list[str]:
    return [name.text for name in store.entity(entity_id).names]


def test_an_entity_comes_back_as_it_went_in(store: Store, fill: Fill) -> None:
    whole = Entity(
        list_id="own",
        source_id="A/7 é",
        schema=Schema.PERSON,
        names=(
            Name("MARROW, Ilya", NameKind.PRIMARY, "en", "Ilya", "MARROW"),
            Name("МАРРОУ, Илья", NameKind.ALIAS, "ru"),
            Name("THE TIDE", NameKind.ALIAS, weak=True),
            Name("MARROV", NameKind.PREVIOUS),
            Name("IPM", NameKind.ACRONYM),
        ),
        countries=("ru", "Atlantis"),
        birth_dates=("1955-01-15", "1956"),
        birth_places=("Lakeside, Syria",),
        identifiers=(Identifier("passport", "A 123", "ir"), Identifier("imo", "7406784")),
        programs=("SDGT", "IRAN"),
        designations=("Minister of Tides",),
        addresses=("Pier 4",),
        linked_to=("NORTH QUAY",),
        listed_on="2001-10-08",
        reference="QDi.001",
        remarks="Says “more”.\nOn two lines.",
        url="https://authority.example/7",
    )
    fill(store, whole)
    assert store.entity(whole.id) == whole
    assert list(store.live_entities("own")) == [whole]


def test_an_unchanged_snapshot_touches_nothing(store: Store, entity: EntityFactory, fill: Fill) -> None:
    first = fill(store, entity("1"), entity("2"))
    assert (first.added, first.changed, first.removed, first.unchanged, first.entity_count) == (2, 0, 0, 0, 2)
    before = store.watched_list("own"), store.revisions()
    again = fill(store, entity("2"), entity("1"), now=datetime.fromisoformat("2027-01-01T00:00:00Z"))
    assert (again.added, again.changed, again.removed, again.unchanged) == (0, 0, 0, 2)
    assert (store.watched_list("own"), store.revisions()) == before


def test_each_part_of_an_entity_counts_as_a_change(store: Store, entity: EntityFactory, fill: Fill) -> None:
    fill(store, entity("1"))
    for changes in (
        {"names": (Name("Quay Lines 1"), Name("QL"))},
        {"names": (Name("QL"), Name("Quay Lines 1"))},
        {"identifiers": (Identifier("imo", "7406784"),)},
        {"programs": ("IRAN",)},
        {"schema": Schema.VESSEL},
        {"remarks": "more"},
        {"listed_on": "2026-01-01"},
    ):
        changed = entity("1", **changes)
        assert fill(store, changed).changed == 1
        assert store.entity("own:1") == changed


def test_more_entities_than_one_statement_takes(store: Store, entity: EntityFactory, fill: Fill) -> None:
    many = [entity(str(n), f"Name {n}", f"Alias {n}") for n in range(1203)]
    assert fill(store, *many).added == 1203
    assert len(list(store.live_entities())) == 1203
    change = fill(store, *many[:2])
    assert (change.removed, change.unchanged) == (1201, 2)


def test_a_delisted_entity_is_kept_for_its_alerts_and_can_be_listed_again(
    store: Store, now: datetime, entity: EntityFactory, fill: Fill
) -> None:
    fill(store, entity("1"), entity("2"))
    change = fill(store, entity("1"))
    assert (change.removed, change.unchanged, change.entity_count) == (1, 1, 1)
    assert [each.source_id for each in store.live_entities()] == ["1"]
    assert store.entity("own:2").caption == "Quay Lines 2"
    again = fill(store, entity("1"), entity("2"))
    assert (again.added, again.unchanged) == (1, 1)
    assert len(list(store.live_entities())) == 2


def test_an_import_that_keeps_the_others_adds_and_changes_only(
    store: Store, now: datetime, entity: EntityFactory, fill: Fill
) -> None:
    fill(store, entity("1"), entity("2"))
    found = [entity("2", "Renamed"), entity("3")]
    change = store.apply_entities("own", found, now, lambda _: None, IntakeOptions(keep_others=True))
    assert (change.added, change.changed, change.removed, change.unchanged) == (1, 1, 0, 1)
    assert {each.caption for each in store.live_entities()} == {"Quay Lines 1", "Renamed", "Quay Lines 3"}


def test_a_refused_snapshot_leaves_everything_as_it_was(
    store: Store, now: datetime, entity: EntityFactory, fill: Fill
) -> None:
    fill(store, entity("1"), entity("2"), version="v1")
    store.add_alias("own:1", Name("QL", origin=NameOrigin.USER), now)
    before = store.watched_list("own"), store.revisions(), list(store.live_entities())
    seen: list[ListChange] = []

    def refuse(change: ListChange) -> None:
        seen.append(change)
        raise SnapshotRejectedError("own", "it shrank")

    with pytest.raises(SnapshotRejectedError):
        store.apply_entities("own", [entity("1", "Another"), entity("9")], now + HOUR, refuse)
    assert (seen[0].added, seen[0].changed, seen[0].removed) == (1, 1, 1)
    assert (store.watched_list("own"), store.revisions(), list(store.live_entities())) == before


def test_a_list_that_breaks_while_it_is_read_leaves_everything_as_it_was(
    store: Store, now: datetime, entity: EntityFactory, fill: Fill
) -> None:
    fill(store, entity("1"))

    def broken() -> Iterator[Entity]:
        # Past the first write to the database.
        yield from (entity(str(n)) for n in range(2, 800))
        raise ListParseError("own", "ends in the middle", line=801)

    with pytest.raises(ListParseError, match="line 801"):
        store.apply_entities("own", broken(), now, lambda _: None)
    assert list(store.live_entities()) == [entity("1")]


@pytest.mark.parametrize("distance", [1, 700])
def test_an_id_that_comes_twice_is_refused(
    store: Store, now: datetime, entity: EntityFactory, fill: Fill, distance: int
) -> None:
    many = [entity(str(n)) for n in range(distance)]
    with pytest.raises(ListParseError, match="the id 0 comes twice"):
        fill(store, *many, entity("0", "Another"))
    assert list(store.live_entities()) == []


def test_names_of_the_press_and_the_user_survive_every_sync(
    store: Store, now: datetime, entity: EntityFactory, fill: Fill
) -> None:
    fill(store, entity("1"), entity("2"))
    store.set_names("own", {"1": (Name("Gulls", origin=NameOrigin.PRESS),)}, NameOrigin.PRESS, now)
    assert store.add_alias("own:1", Name("Grey Gulls", origin=NameOrigin.USER), now)
    fill(store, entity("1", "Quay Lines 1", "QL", "QL1", "QL2"), entity("2"))
    assert texts(store, "own:1")[0] == "Quay Lines 1"
    assert set(texts(store, "own:1")) == {"Quay Lines 1", "QL", "QL1", "QL2", "Gulls", "Grey Gulls"}
    # Off the list and on it again.
    fill(store, entity("2"))
    fill(store, entity("1"), entity("2"))
    assert set(texts(store, "own:1")) == {"Quay Lines 1", "Gulls", "Grey Gulls"}


def test_a_name_of_the_users_that_the_authority_takes_up_is_listed_once(
    store: Store, now: datetime, entity: EntityFactory, fill: Fill
) -> None:
    fill(store, entity("1"))
    store.add_alias("own:1", Name("Grey Gulls", origin=NameOrigin.USER), now)
    fill(store, entity("1", "Quay Lines 1", "QL", "Third", "GREY GULLS"))
    assert texts(store, "own:1") == ["Quay Lines 1", "QL", "Third", "GREY GULLS"]
    # The user's is there again when the authority drops it.
    fill(store, entity("1"))
    assert texts(store, "own:1") == ["Quay Lines 1", "Grey Gulls"]


def test_the_press_set_is_replaced_as_a_whole_and_passes_over_unknown_ids(
    store: Store, now: datetime, entity: EntityFactory, fill: Fill
) -> None:
    fill(store, entity("1"), entity("2"))
    press = NameOrigin.PRESS
    store.set_names("own", {"1": (Name("A", origin=press), Name("B", origin=press))}, press, now)
    store.set_names("own", {"1": (Name("B", origin=press),), "2": (Name("C", origin=press),)}, press, now)
    store.set_names("own", {"1": (Name("B", origin=press),), "2": (Name("C", origin=press),), "9": ()}, press, now)
    assert texts(store, "own:1") == ["Quay Lines 1", "B"]
    assert texts(store, "own:2") == ["Quay Lines 2", "C"]
    assert store.entity("own:2").names[1].origin is press


@pytest.mark.parametrize(
    ("text", "same"), [("Grey Gulls", "GREY GULLS"), ("Хуситы", "ХУСИТЫ"), ("Öl Straße", "öl strasse")]
)
def test_an_alias_is_given_once_and_taken_away_in_any_letter_case(
    store: Store, now: datetime, entity: EntityFactory, fill: Fill, text: str, same: str
) -> None:
    fill(store, entity("1"))
    assert store.add_alias("own:1", Name(text, origin=NameOrigin.USER), now)
    assert not store.add_alias("own:1", Name(same, origin=NameOrigin.USER), now)
    assert texts(store, "own:1") == ["Quay Lines 1", text]
    store.remove_alias("own:1", f" {same} ", now)
    assert texts(store, "own:1") == ["Quay Lines 1"]


def test_only_the_users_own_aliases_can_be_taken_away(
    store: Store, now: datetime, entity: EntityFactory, fill: Fill
) -> None:
    fill(store, entity("1", "Quay Lines 1", "QL"))
    with pytest.raises(NotFoundError, match="no alias of yours 'QL'"):
        store.remove_alias("own:1", "QL", now)


@pytest.mark.parametrize("entity_id", ["own:99", "own:2"])
def test_an_entity_that_is_not_on_a_list_cannot_be_edited(
    store: Store, now: datetime, entity: EntityFactory, fill: Fill, entity_id: str
) -> None:
    fill(store, entity("1"), entity("2"))
    fill(store, entity("1"))
    for act in (
        lambda: store.add_alias(entity_id, Name("x"), now),
        lambda: store.remove_alias(entity_id, "x", now),
        lambda: store.remove_entity(entity_id, now),
    ):
        with pytest.raises(NotFoundError, match=f"no entity '{entity_id}'"):
            act()


def test_an_id_is_taken_until_its_entity_is_removed(store: Store, now: datetime, entity: EntityFactory) -> None:
    store.put_entity(entity("1"), now)
    with pytest.raises(UsageError, match="own:1 is there already"):
        store.put_entity(entity("1", "Another"), now)
    store.remove_entity("own:1", now)
    store.put_entity(entity("1", "Another"), now)
    assert store.entity("own:1").caption == "Another"


def test_reading_all_entities_is_one_view_although_others_write(
    store: Store, now: datetime, entity: EntityFactory, fill: Fill
) -> None:
    fill(store, *(entity(f"{n:04}") for n in range(600)))
    reading = store.live_entities()
    first = next(reading)
    fill(store, entity("0000", "Renamed"))
    rest = list(reading)
    assert (first.source_id, len(rest)) == ("0000", 599)
    assert rest[-1].caption == "Quay Lines 0599"


def test_a_changed_entity_keeps_the_day_it_was_first_seen(
    store: Store, now: datetime, entity: EntityFactory, fill: Fill
) -> None:
    from sqlalchemy import select

    from watchlist.storage.database.connect import reading
    from watchlist.storage.database.tables import entities

    fill(store, entity("1"))
    fill(store, replace(entity("1"), remarks="more"), now=now + HOUR)
    with reading(store._engine) as connection:
        row = connection.execute(select(entities.c.first_seen_at, entities.c.changed_at)).one()
    assert tuple(row) == (now, now + HOUR)
