from __future__ import annotations

from dataclasses import replace

import pytest

from watchlist.model import Entity, GroupDecision, Identifier, Name, Schema
from watchlist.subjects.grouping import group_entities


def entity(id: str, name: str, schema: Schema = Schema.PERSON, **facts: object) -> Entity:
    list_id, source_id = id.split(":")
    return replace(Entity(list_id, source_id, schema, (Name(name),)), **facts)


def groups(*entities: Entity, decisions: tuple[GroupDecision, ...] = ()) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for member in group_entities(entities, decisions):
        found.setdefault(member.group_id, set()).add(member.entity_id)
    return {frozenset(ids) for ids in found.values()}


def vessel(id: str, imo: str) -> Entity:
    return entity(id, f"SHIP {id}", Schema.VESSEL, identifiers=(Identifier("imo", imo),))


def test_a_shared_imo_number_makes_vessels_of_two_lists_one():
    assert groups(vessel("a:1", "9187629"), vessel("b:7", "9187629"), vessel("b:8", "9116412")) == {
        frozenset({"a:1", "b:7"})
    }


def test_two_entities_of_one_list_are_never_joined_by_themselves():
    assert groups(vessel("a:1", "9187629"), vessel("a:2", "9187629")) == set()


def test_a_company_does_not_join_the_ship_that_has_its_number():
    company = entity("b:1", "OWNER", Schema.COMPANY, identifiers=(Identifier("imo", "9187629", "company"),))
    assert groups(vessel("a:1", "9187629"), company) == set()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"birth_dates": ("1967-10-15",)}, {"birth_dates": ("1967-10-15",)}, True),
        ({"birth_dates": ("1967-10-15",)}, {"birth_dates": ("1967-10-16",)}, False),
        (
            {"birth_dates": ("1967",), "countries": ("ru",)},
            {"birth_dates": ("1967-10-15",), "countries": ("ru",)},
            True,
        ),
        ({"birth_dates": ("1967",)}, {"birth_dates": ("1967",)}, False),
        ({}, {}, False),
    ],
)
def test_people_written_alike_need_a_date_of_birth_that_agrees(one, other, same):
    found = groups(entity("a:1", "PESKOV, Dmitriy", **one), entity("b:1", "Dmitriy Peskov", **other))
    assert found == ({frozenset({"a:1", "b:1"})} if same else set())


def test_namesakes_on_one_list_are_joined_with_nobody():
    born = {"birth_dates": ("1970-01-01",)}
    assert groups(*(entity(id, "Ali Hassan", **born) for id in ("a:1", "a:2", "b:1"))) == set()


def test_companies_written_alike_need_a_country():
    one = entity("a:1", "MAHAN AIR", Schema.LEGAL_ENTITY, countries=("ir",))
    assert groups(one, entity("b:1", "Mahan Air", Schema.COMPANY, countries=("ir",))) == {frozenset({"a:1", "b:1"})}
    assert groups(one, entity("b:1", "Mahan Air", Schema.COMPANY, countries=("sy",))) == set()


def test_what_a_person_decided_goes_first():
    same = vessel("a:1", "9187629"), vessel("b:7", "9187629")
    assert groups(*same, decisions=(GroupDecision("a:1", "b:7", same=False),)) == set()
    others = entity("a:1", "One"), entity("b:1", "Quite another")
    assert groups(*others, decisions=(GroupDecision("a:1", "b:1", same=True),)) == {frozenset({"a:1", "b:1"})}


def test_the_order_of_the_entities_does_not_matter():
    several = [vessel(f"{name}:1", "9187629") for name in "abcd"]
    assert group_entities(several) == group_entities(several[::-1])
    assert {member.reason for member in group_entities(several)} == {"IMO 9187629"}
