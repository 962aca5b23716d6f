from __future__ import annotations

from datetime import timedelta

import pytest

from watchlist.errors import NotFoundError
from watchlist.model import ChangeKind, Identifier, Name, NameKind


def kinds(changes):
    return {change.entity_id: change.kind for change in changes}


@pytest.fixture
def three_states(store, own_list, entity, fill, now):
    """A list of a and b; then b is described in another way and c comes; then a goes and b is as it was."""
    a, b, c = entity("a"), entity("b", "Old Quay"), entity("c")
    renamed = entity("b", "New Quay", programs=("SDGT",))
    fill(store, a, b, version="one", now=now)
    fill(store, a, renamed, c, version="two", now=now + timedelta(days=1))
    fill(store, b, c, version="three", now=now + timedelta(days=2))
    return store


def test_the_first_state_of_a_list_is_no_change(store, own_list, entity, fill):
    fill(store, entity("a"), version="one")
    assert store.list_changes("own") == ()
    assert [(each.snapshot.version, each.added) for each in store.list_history("own")] == [("one", 1)]


def test_the_history_counts_what_each_snapshot_changed(three_states):
    history = three_states.list_history("own")
    assert [(each.snapshot.version, each.added, each.changed, each.removed) for each in history] == [
        ("three", 0, 1, 1),
        ("two", 1, 1, 0),
        ("one", 2, 0, 0),
    ]
    assert [each.snapshot.version for each in three_states.list_history("own", 1)] == ["three"]


def test_a_change_tells_each_field_before_and_after(three_states):
    second = three_states.snapshot_number("own", "two")
    (change,) = (each for each in three_states.list_changes("own", until=second) if each.entity_id == "own:b")
    assert {field: (before, after) for field, before, after in change.fields} == {
        "names": (("Old Quay (primary)",), ("New Quay (primary)",)),
        "programs": ((), ("SDGT",)),
    }


def test_a_span_of_snapshots_is_folded_and_what_was_undone_is_left_out(three_states, now):
    assert kinds(three_states.list_changes("own")) == {"own:a": ChangeKind.REMOVED, "own:c": ChangeKind.ADDED}
    assert kinds(three_states.list_changes("own", since=now + timedelta(days=2))) == {
        "own:a": ChangeKind.REMOVED,
        "own:b": ChangeKind.CHANGED,
    }
    second = three_states.snapshot_number("own", "two")
    assert kinds(three_states.list_changes("own", after=second)) == {
        "own:a": ChangeKind.REMOVED,
        "own:b": ChangeKind.CHANGED,
    }


def test_a_snapshot_is_found_by_version_and_by_number(three_states):
    number = three_states.snapshot_number("own", "one")
    assert three_states.snapshot_number("own", str(number)) == number
    with pytest.raises(NotFoundError, match="watchlist lists history own"):
        three_states.snapshot_number("own", "never")


def test_names_the_user_gave_are_no_change_of_the_authority(store, own_list, entity, fill, now):
    fill(store, entity("a"), version="one")
    store.add_alias("own:a", Name("Quayside", NameKind.ALIAS, origin="user"), now)
    fill(store, entity("a", identifiers=(Identifier("imo", "9187629"),)), version="two")
    (change,) = store.list_changes("own")
    assert [field for field, _, _ in change.fields] == ["identifiers"]
