"""Lists as declared by the configuration and by the user, and the state of their syncs."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from watchlist.errors import NotFoundError, UsageError
from watchlist.model import Declared, Entity, ListChange, ListDeclaration, Name, NameOrigin
from watchlist.storage.store import Store, open_store

HOUR = timedelta(hours=1)
SDN = ListDeclaration("us_ofac_sdn", "SDN", None)
CONS = ListDeclaration("us_ofac_cons", "Consolidated", "https://mirror.example/cons.xml")

EntityFactory = Callable[..., Entity]
Fill = Callable[..., ListChange]


def ids(store: Store) -> list[str]:
    return [each.id for each in store.watched_lists()]


def test_declared_lists_are_there_as_declared(store: Store, now: datetime) -> None:
    store.declare_lists([SDN, CONS], now)
    assert ids(store) == ["us_ofac_cons", "us_ofac_sdn"]
    found = store.watched_list("us_ofac_cons")
    assert (found.title, found.url) == ("Consolidated", "https://mirror.example/cons.xml")
    assert (found.declared, found.enabled, found.refresh, found.own) == (Declared.CONFIG, True, True, False)
    assert (found.snapshot, found.entity_count, found.last_checked_at) == (None, 0, None)


def test_declaring_the_same_again_writes_nothing(store: Store, now: datetime) -> None:
    store.declare_lists([SDN, CONS], now)
    before = store.revisions()
    store.declare_lists([SDN, CONS], now + HOUR)
    assert store.revisions() == before


def test_a_list_that_is_declared_no_longer_is_off_and_comes_back_as_it_was(
    store: Store, now: datetime, entity: EntityFactory, fill: Fill
) -> None:
    store.declare_lists([SDN], now)
    fill(store, entity("7", list_id="us_ofac_sdn"), list_id="us_ofac_sdn", version="v1")
    before = store.watched_list("us_ofac_sdn")
    assert store.declare_lists([], now + HOUR) == ("us_ofac_sdn",)
    assert store.declare_lists([], now + 2 * HOUR) == ()
    assert store.watched_list("us_ofac_sdn") == replace(before, enabled=False, undeclared_at=now + HOUR)
    assert store.revisions() == ()
    assert list(store.live_entities()) == []
    store.declare_lists([SDN], now + 2 * HOUR)
    found = store.watched_list("us_ofac_sdn")
    assert found.entity_count == 1
    assert found.snapshot is not None
    assert found.snapshot.version == "v1"
    assert [each.source_id for each in store.live_entities()] == ["7"]


def test_a_list_the_file_names_no_longer_is_not_switched_on_but_taken_over_or_removed_for_good(
    store: Store, now: datetime, entity: EntityFactory, fill: Fill
) -> None:
    store.declare_lists([SDN, CONS], now)
    for each in (SDN, CONS):
        fill(store, entity("7", list_id=each.id), list_id=each.id, version="v1")
    store.declare_lists([], now)
    with pytest.raises(UsageError, match="no longer in the configuration file"):
        store.switch_list(SDN.id, on=True, now=now)
    # What an authority listed must not turn up in a list of the same name that is filled by hand.
    with pytest.raises(UsageError, match=f"lists remove {SDN.id}"):
        store.add_list(ListDeclaration(SDN.id, "Mine", None, own=True))
    store.add_list(SDN)
    found = store.watched_list(SDN.id)
    assert (found.declared, found.enabled, found.entity_count) == (Declared.USER, True, 1)
    assert store.remove_list(CONS.id, now) == 1
    assert ids(store) == [SDN.id]
    store.declare_lists([CONS], now)
    assert store.watched_list(CONS.id).entity_count == 0
    # The user's own word stands, whatever the file says.
    assert store.watched_list(SDN.id).enabled


def test_the_entities_of_a_list_that_is_declared_no_longer_are_not_found_by_name(
    store: Store, now: datetime, entity: EntityFactory, fill: Fill
) -> None:
    store.declare_lists([SDN], now)
    fill(store, entity("7", "Grey Gull", list_id="us_ofac_sdn"), list_id="us_ofac_sdn")
    assert store.live_names() == (("us_ofac_sdn:7", "Grey Gull"),)
    store.declare_lists([], now)
    assert store.live_names() == ()


def test_a_list_switched_off_in_the_file_is_neither_matched_nor_switched_on_by_command(
    store: Store, now: datetime, entity: EntityFactory, fill: Fill
) -> None:
    store.declare_lists([SDN], now)
    fill(store, entity("7", list_id="us_ofac_sdn"), list_id="us_ofac_sdn")
    store.declare_lists([ListDeclaration("us_ofac_sdn", "SDN", None, enabled=False)], now)
    assert not store.watched_list("us_ofac_sdn").enabled
    assert list(store.live_entities()) == []
    with pytest.raises(UsageError, match="set 'enabled: true' there"):
        store.switch_list("us_ofac_sdn", on=True, now=now)


def test_disabling_goes_before_the_declaration_and_survives_restarts(database: str, now: datetime) -> None:
    with closing(open_store(database)) as store:
        store.declare_lists([SDN], now)
        store.switch_list("us_ofac_sdn", on=False, now=now)
    with closing(open_store(database)) as store:
        store.declare_lists([SDN], now + HOUR)
        assert not store.watched_list("us_ofac_sdn").enabled
        store.declare_lists([ListDeclaration("us_ofac_sdn", "Another title", None)], now + HOUR)
        assert not store.watched_list("us_ofac_sdn").enabled
        assert store.revisions() == ()
        store.switch_list("us_ofac_sdn", on=True, now=now)
        assert store.watched_list("us_ofac_sdn").enabled


def test_removing_a_declared_list_is_refused_with_a_word_on_where_to_do_it(store: Store, now: datetime) -> None:
    store.declare_lists([SDN], now)
    with pytest.raises(UsageError, match=r"configuration file.*'lists:'.*lists disable us_ofac_sdn"):
        store.remove_list("us_ofac_sdn", now)
    assert ids(store) == ["us_ofac_sdn"]


def test_removing_a_list_keeps_its_alerts(
    store: Store, now: datetime, open_alerts: Callable[..., tuple[object, ...]]
) -> None:
    open_alerts(1)
    assert store.remove_list("own", now) == 1
    assert ids(store) == []
    (alert,) = store.alerts()
    assert alert.entity.caption == "Quay Lines 1"
    assert alert.list_title == "Own list"
    assert store.entity("own:1").caption == "Quay Lines 1"


def test_a_removed_list_comes_back_empty_and_as_if_never_checked(
    store: Store, now: datetime, own_list: str, entity: EntityFactory, fill: Fill
) -> None:
    fill(store, entity("1"))
    store.record_checked("own", now, {"https://x.example": ["e", None]})
    store.remove_list("own", now)
    store.add_list(ListDeclaration("own", "Own again", None))
    found = store.watched_list("own")
    assert (found.title, found.entity_count, found.last_checked_at) == ("Own again", 0, None)
    assert store.validators("own") == {}


def test_a_list_the_user_removed_and_the_file_then_declares_is_synced_anew(
    store: Store, now: datetime, entity: EntityFactory, fill: Fill
) -> None:
    store.add_list(SDN)
    fill(store, entity("7", list_id="us_ofac_sdn"), list_id="us_ofac_sdn", version="v1")
    store.record_checked("us_ofac_sdn", now, {"https://x.example": ["e", None]})
    store.remove_list("us_ofac_sdn", now)
    store.declare_lists([SDN], now)
    found = store.watched_list("us_ofac_sdn")
    assert (found.entity_count, found.last_checked_at) == (0, None)
    assert store.validators("us_ofac_sdn") == {}


def test_adding_a_list_twice_is_refused(store: Store, own_list: str) -> None:
    with pytest.raises(UsageError, match="'own' already"):
        store.add_list(ListDeclaration("own", "x", None))


@pytest.mark.parametrize("act", ["remove", "switch", "show"])
def test_a_list_that_is_not_there_is_named(store: Store, now: datetime, act: str) -> None:
    acts: dict[str, Callable[[], object]] = {
        "remove": lambda: store.remove_list("nosuch", now),
        "switch": lambda: store.switch_list("nosuch", on=True, now=now),
        "show": lambda: store.watched_list("nosuch"),
    }
    with pytest.raises(NotFoundError, match="no list 'nosuch'"):
        acts[act]()


def test_an_error_stays_until_a_check_goes_well(store: Store, now: datetime, own_list: str) -> None:
    store.record_checked("own", now, {"https://x.example": ["e1", "Mon"]})
    store.record_list_error("own", "it shrank", now + HOUR)
    found = store.watched_list("own")
    assert (found.last_error, found.last_error_at, found.last_checked_at) == ("it shrank", now + HOUR, now + HOUR)
    assert store.validators("own") == {"https://x.example": ["e1", "Mon"]}
    store.record_checked("own", now + 2 * HOUR)
    found = store.watched_list("own")
    assert (found.last_error, found.last_error_at, found.last_checked_at) == (None, None, now + 2 * HOUR)
    assert store.validators("own") == {"https://x.example": ["e1", "Mon"]}


class TestRevision:
    """The token by which a compiled index is known changes with what is matched, and with nothing else."""

    @pytest.fixture(autouse=True)
    def _filled(self, store: Store, own_list: str, entity: EntityFactory, fill: Fill) -> None:
        fill(store, entity("1"), entity("2"), version="v1")

    @pytest.mark.parametrize(
        "change",
        [
            "added",
            "changed",
            "removed",
            "alias",
            "alias_gone",
            "press",
            "entity_gone",
            "put",
            "snapshot",
            "off",
            "gone",
        ],
    )
    def test_it_changes_with(self, change: str, store: Store, now: datetime, entity: EntityFactory, fill: Fill) -> None:
        store.add_alias("own:2", Name("Q2", origin=NameOrigin.USER), now)
        before = store.revisions()
        match change:
            case "added":
                fill(store, entity("1"), entity("2"), entity("3"))
            case "changed":
                fill(store, entity("1", "Quay Lines One"), entity("2"))
            case "removed":
                fill(store, entity("1"))
            case "alias":
                store.add_alias("own:1", Name("Q1", origin=NameOrigin.USER), now)
            case "alias_gone":
                store.remove_alias("own:2", "Q2", now)
            case "press":
                store.set_names("own", {"1": (Name("Q", origin=NameOrigin.PRESS),)}, NameOrigin.PRESS, now)
            case "entity_gone":
                store.remove_entity("own:1", now)
            case "put":
                store.put_entity(entity("3"), now)
            case "snapshot":
                # Mentions are reported against another snapshot, though the entities are the same.
                fill(store, entity("1"), entity("2"), version="v2")
            case "off":
                store.switch_list("own", on=False, now=now)
            case "gone":
                store.remove_list("own", now)
        assert store.revisions() != before

    def test_it_stays_with_whatever_else_happens(
        self, store: Store, now: datetime, entity: EntityFactory, fill: Fill
    ) -> None:
        store.set_names("own", {"1": (Name("Q", origin=NameOrigin.PRESS),)}, NameOrigin.PRESS, now)
        store.add_alias("own:1", Name("Q1", origin=NameOrigin.USER), now)
        store.switch_list("own", on=False, now=now)
        store.switch_list("own", on=True, now=now)
        before, changed_at = store.revisions(), store.watched_list("own").last_changed_at
        later = now + HOUR
        fill(store, entity("1"), entity("2"), now=later)
        store.set_names("own", {"1": (Name("Q"),), "99": (Name("Z"),)}, NameOrigin.PRESS, later)
        assert not store.add_alias("own:1", Name("q1", origin=NameOrigin.USER), later)
        store.record_checked("own", later)
        store.record_list_error("own", "x", later)
        assert store.revisions() == before
        assert store.watched_list("own").last_changed_at == changed_at

    def test_a_new_title_or_address_in_the_file_leaves_it(
        self, store: Store, now: datetime, entity: EntityFactory, fill: Fill
    ) -> None:
        store.declare_lists([SDN], now)
        before = store.revisions()
        store.declare_lists([ListDeclaration("us_ofac_sdn", "Title", "https://mirror.example/sdn.xml")], now)
        assert store.watched_list("us_ofac_sdn").url == "https://mirror.example/sdn.xml"
        assert store.revisions() == before


def test_the_counts_are_of_what_is_on_the_list_now(
    store: Store, now: datetime, own_list: str, entity: EntityFactory, fill: Fill
) -> None:
    fill(store, entity("1", "A", "B"), entity("2", "C"), version="v1")
    fill(store, entity("1", "A", "B", "D"), version="v2")
    found = store.watched_list("own")
    assert (found.entity_count, found.name_count) == (1, 3)
    assert found.snapshot is not None
    assert (found.snapshot.version, found.snapshot.entity_count, found.snapshot.name_count) == ("v2", 1, 3)
