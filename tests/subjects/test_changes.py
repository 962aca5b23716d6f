"""What a list says anew of an entity."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlist.model import ChangeKind, ChangeNote, Entity, EntityChange, Identifier, Name, NameKind, Schema
from watchlist.subjects.changes import Touched, compare, differences, fold, note_renumbered

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SHIP = Entity("us", "1", Schema.VESSEL, (Name("EVENING GULL"),), identifiers=(Identifier("imo", "9074729"),))
BANK = Entity("us", "1", Schema.COMPANY, (Name("LAKESIDE BANK"),))


def said(former: Entity | None, entity: Entity, *, listed: bool = True, by_authority: bool = True) -> Touched:
    return compare(former, entity, listed=listed, ids_by_authority=by_authority)


def test_what_is_new_or_back_on_the_list_is_added():
    assert said(None, SHIP, listed=False) == Touched("us:1", ChangeKind.ADDED, "EVENING GULL", {})
    assert said(SHIP, SHIP, listed=False) == Touched("us:1", ChangeKind.ADDED, "EVENING GULL", {})


def test_what_is_described_in_another_way_is_changed_and_may_be_found_elsewhere():
    programs = said(SHIP, replace(SHIP, programs=("LAKE",)))
    assert (programs.kind, programs.fields) == (ChangeKind.CHANGED, {"programs": ([], ["LAKE"])})
    assert not programs.matches_anew
    assert said(SHIP, replace(SHIP, names=(*SHIP.names, Name("MORNING GULL", NameKind.ALIAS)))).matches_anew


@pytest.mark.parametrize(("listed", "kind"), [(True, ChangeKind.CHANGED), (False, ChangeKind.ADDED)])
def test_an_authority_s_id_that_names_somebody_else_is_reused_and_a_user_s_is_not(listed, kind):
    reused = said(SHIP, BANK, listed=listed)
    assert (reused.kind, reused.note) == (kind, ChangeNote.REUSED)
    assert said(SHIP, BANK, by_authority=False).note is None


def test_one_that_was_renumbered_is_marked_on_both_sides_and_gets_no_new_look():
    there = replace(SHIP, source_id="7", url="https://list.example/7", programs=("LAKE",))
    added = Touched("us:7", ChangeKind.ADDED, there.caption, {})
    gone = Touched("us:1", ChangeKind.REMOVED, SHIP.caption, {})
    other = Touched("us:3", ChangeKind.ADDED, "THIRD", {})
    marked = note_renumbered([added, gone, other], {"us:1": "us:7"}, [SHIP], [there])
    assert marked == [
        replace(added, note=ChangeNote.RENUMBERED, other_id="us:1", fields={"programs": ([], ["LAKE"])}),
        replace(gone, note=ChangeNote.RENUMBERED, other_id="us:7"),
        other,
    ]
    assert [each.matches_anew for each in marked] == [False, False, True]


def test_only_what_else_is_known_of_a_name_differs():
    told = replace(SHIP, names=(Name("EVENING GULL", lang="en"),))
    assert differences(SHIP, told) == {
        "names": (["EVENING GULL (primary, Latn)"], ["EVENING GULL (primary, en, Latn)"])
    }


@pytest.mark.parametrize(
    ("history", "folded"),
    [
        (("added", "removed"), None),
        (("added", "changed"), "added"),
        (("removed", "added"), None),
        (("changed", "removed"), "removed"),
        (("changed", "changed"), "changed"),
    ],
)
def test_several_changes_of_an_entity_fold_to_one(history, folded):
    fields = {"changed": (("programs", (), ("A",)),)}
    rows = [EntityChange("own:a", ChangeKind(kind), "A", NOW, fields.get(kind, ())) for kind in history]
    assert [change.kind for change in fold(rows)] == ([folded] if folded else [])


KINDS = st.sampled_from([ChangeKind.CHANGED, ChangeKind.REMOVED, ChangeKind.ADDED])


@given(st.lists(st.tuples(st.sampled_from("ab"), KINDS), max_size=8))
def test_folding_gives_one_change_of_each_entity_and_folded_again_the_same(history):
    rows = [EntityChange(id, kind, id, NOW) for id, kind in history]
    folded = fold(rows)
    assert len({each.entity_id for each in folded}) == len(folded)
    assert [each.entity_id for each in fold(folded)] == [each.entity_id for each in folded]
