from __future__ import annotations

from dataclasses import replace

import pytest

from watchlist.model import Entity, Identifier, Name, NameKind, Schema
from watchlist.subjects.continuity import is_same, renumbered

PERSON = Entity(
    "mine",
    "1",
    Schema.PERSON,
    (Name("MARROW, Ilya Petrovich"), Name("The Tide", NameKind.ALIAS, weak=True)),
    birth_dates=("1955-01-15",),
    identifiers=(Identifier("passport", "A 123456", "ru"),),
    programs=("LAKE",),
    listed_on="2012-03-24",
)
STRANGER = Entity(
    "mine", "1", Schema.PERSON, (Name("QUENTIN OVERBOOM"),), birth_dates=("1970",), listed_on="2026-01-01"
)


@pytest.mark.parametrize(
    "after",
    [
        replace(STRANGER, names=(Name("Petrovich Marrow Ilya"),)),
        replace(STRANGER, names=(Name("Ilya Petrovitch MARROV"),)),
        replace(STRANGER, names=(Name("QUENTIN OVERBOOM"), Name("the tide", NameKind.ALIAS))),
        replace(STRANGER, birth_dates=("1955-01-15",)),
        replace(STRANGER, identifiers=(Identifier("passport", "a123456"),)),
        replace(STRANGER, listed_on="2012-03-24"),
    ],
)
def test_whoever_shares_something_is_the_same(after: Entity) -> None:
    assert is_same(PERSON, after)


@pytest.mark.parametrize(
    "after",
    [
        STRANGER,
        replace(STRANGER, birth_dates=("1955",)),
        replace(STRANGER, schema=Schema.VESSEL, birth_dates=("1955-01-15",)),
        replace(STRANGER, identifiers=(Identifier("phone", "A 123456"),)),
    ],
)
def test_whoever_shares_nothing_is_another(after: Entity) -> None:
    assert not is_same(PERSON, after)


def test_a_body_that_was_renamed_is_the_same() -> None:
    before = Entity("mine", "1", Schema.LEGAL_ENTITY, (Name("LAKESIDE FRONT GUARD ELECTRONIC WARFARE"),))
    assert is_same(before, replace(before, names=(Name("GRAND LAKESIDE FRONT GUARD CYBER COMMAND"),)))
    assert not is_same(before, replace(before, names=(Name("GRAND HARBOUR FRONT CYBER COMMAND"),)))


def at(id: str, entity: Entity = PERSON, **changes: object) -> Entity:
    return replace(entity, source_id=id, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("gone", "come"),
    [
        # Name and date of birth.
        (at("1"), at("2", identifiers=(), programs=("SEA",))),
        # An identifier, under another name.
        (at("1"), at("2", names=(Name("Elias Lake"),), birth_dates=())),
        # All names and programs, where nothing else is known.
        (at("1", birth_dates=(), identifiers=()), at("2", birth_dates=(), identifiers=(), listed_on="2026-01-01")),
    ],
)
def test_the_same_under_another_id_is_renumbered(gone: Entity, come: Entity) -> None:
    assert renumbered([gone], [come]) == {"mine:1": "mine:2"}


@pytest.mark.parametrize(
    ("gone", "come"),
    [
        ([at("1")], [at("2", STRANGER)]),
        # A namesake of another year.
        ([at("1", identifiers=())], [at("2", identifiers=(), birth_dates=("1971-01-01",), programs=("SEA",))]),
        ([at("1")], [at("2", schema=Schema.COMPANY)]),
        # It could be either.
        ([at("1")], [at("2"), at("3")]),
        ([at("1"), at("2")], [at("3")]),
        ([], [at("2")]),
        ([at("1")], []),
    ],
)
def test_others_are_not(gone: list[Entity], come: list[Entity]) -> None:
    assert renumbered(gone, come) == {}


def test_each_finds_its_own_among_several() -> None:
    pairs = [(at(f"{n}", names=(Name(f"Person {word}"),), identifiers=()), word) for n, word in enumerate("abc")]
    come = [replace(entity, source_id=word) for entity, word in reversed(pairs)]
    assert renumbered([entity for entity, _ in pairs], come) == {
        "mine:0": "mine:a",
        "mine:1": "mine:b",
        "mine:2": "mine:c",
    }
