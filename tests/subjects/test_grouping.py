from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlist.matching.naming import NamesAsMatched
from watchlist.model import Entity, GroupDecision, Identifier, Name, Schema
from watchlist.subjects.births import Agreement
from watchlist.subjects.facts import contradicts
from watchlist.subjects.grouping import group_entities
from watchlist.subjects.pairs import pairs
from watchlist.subjects.profiles import profile

_NAMING = NamesAsMatched()


def entity(id: str, name: str, schema: Schema = Schema.PERSON, **facts: object) -> Entity:
    list_id, source_id = id.split(":")
    return replace(Entity(list_id, source_id, schema, (Name(name),)), **facts)


def groups(*entities: Entity, decisions: tuple[GroupDecision, ...] = ()) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for member in group_entities(entities, _NAMING, decisions):
        found.setdefault(member.group_id, set()).add(member.entity_id)
    return {frozenset(ids) for ids in found.values()}


def vessel(id: str, imo: str) -> Entity:
    return entity(id, f"SHIP {id}", Schema.VESSEL, identifiers=(Identifier("imo", imo),))


def test_a_shared_imo_number_makes_vessels_of_two_lists_one():
    assert groups(vessel("a:1", "9187629"), vessel("b:7", "9187629"), vessel("b:8", "9116412")) == {
        frozenset({"a:1", "b:7"})
    }


def test_a_ship_that_a_list_puts_among_the_bodies_is_that_ship_and_its_owner_is_not():
    ship = entity("a:1", "TIDE RUNNER", Schema.VESSEL, identifiers=(Identifier("imo", "9187629"),))
    same = entity("b:1", "Tide Runner 7", Schema.LEGAL_ENTITY, identifiers=(Identifier("imo", "IMO9187629"),))
    assert groups(ship, same) == {frozenset({"a:1", "b:1"})}
    owner = replace(same, names=(Name("Kaveron Lines, owner"),))
    assert groups(ship, owner) == set()
    assert groups(ship, replace(same, identifiers=(Identifier("imo", "9187629", "company"),))) == set()


def test_of_a_ship_that_is_listed_twice_one_entry_has_the_others_names():
    assert groups(vessel("a:1", "9187629"), vessel("a:2", "9187629"), vessel("b:7", "9187629")) == {
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
        ({"birth_dates": ("1967-10-15",)}, {"birth_dates": ("1968-02-01",)}, False),
        ({"birth_dates": ("1967-10-15",), "countries": ("ru",)}, {"birth_dates": ("1961-10-15",)}, False),
        (
            {"birth_dates": ("1967-10-15",), "countries": ("ru",)},
            {"birth_dates": ("1961-10-15",), "countries": ("ru",)},
            True,
        ),
        ({"birth_dates": ("1967",), "countries": ("ru",)}, {"birth_dates": ("1967-10-15",)}, True),
        ({"birth_dates": ("1967",)}, {"birth_dates": ("1967/1969",)}, True),
        ({"birth_dates": ("1967",), "countries": ("ru",)}, {"birth_dates": ("1971",), "countries": ("ru",)}, False),
        ({"programs": ("RUSSIA-EO14024",)}, {"programs": ("Ukraine (Sovereignty)",)}, True),
        ({}, {}, False),
    ],
)
def test_people_with_a_rare_name_need_something_that_agrees_and_nothing_that_contradicts(one, other, same):
    found = groups(entity("a:1", "MARROWSKI, Dmitriy", **one), entity("b:1", "Dmitriy Marrowski", **other))
    assert found == ({frozenset({"a:1", "b:1"})} if same else set())


@pytest.mark.parametrize(
    ("facts", "same"),
    [
        ({"birth_dates": ("1970",)}, False),
        ({"programs": ("SDGT",), "birth_dates": ("1970",)}, False),
        ({"birth_dates": ("1970-03-02",), "countries": ("eg",)}, True),
    ],
)
def test_a_common_name_and_a_year_are_nobody(facts, same):
    found = groups(entity("a:1", "MUHAMMAD, Ahmad", **facts), entity("b:1", "Ahmed Mohammed", **facts))
    assert found == ({frozenset({"a:1", "b:1"})} if same else set())


def test_a_name_in_full_is_the_short_one_if_the_day_of_birth_is_the_same():
    day = {"birth_dates": ("1955-09-08",)}
    short, full = entity("a:1", "MARROWSKI, Valery", **day), entity("b:1", "Valery Vasilevich Marrowskiy", **day)
    assert groups(short, full) == {frozenset({"a:1", "b:1"})}
    assert groups(replace(short, birth_dates=()), full) == set()


def test_a_father_is_not_his_son_and_brothers_are_two():
    iraq = {"countries": ("iq",), "programs": ("IRAQ2",)}
    father = entity("a:1", "AL-MARROW, Sabrawi Ibrahim Hasan", birth_dates=("1947",), **iraq)
    assert groups(father, entity("b:1", "Yasir Sabrawi Ibrahim Hasan Al-Marrow", **iraq)) == set()
    assert groups(father, entity("b:1", "Ibrahim Sabrawi Ibrahim Hasan Al-Marrow", **iraq)) == set()
    day = {"birth_dates": ("1955-05-04",), **iraq}
    brothers = entity("a:1", "Kamal Mustafa Marrowi", **day), entity("b:1", "Jamal Mustafa Marrowi", **day)
    assert groups(*brothers) == set()


def paper(number: str, country: str | None) -> tuple[Identifier, ...]:
    return (Identifier("passport", number, country),)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (paper("472320665", "kp"), paper("472320665", "kp"), True),
        (paper("472320665", "kp"), paper("472320665", None), True),
        (paper("00472320665", "kp"), paper("472320665", "kp"), True),
        (paper("472320665", "kp"), paper("472320665", "cn"), False),
        (paper("472320665", "kp"), paper("563120356", "kp"), False),
    ],
)
def test_a_passport_needs_a_name_and_not_always_a_country(one, other, same):
    found = groups(entity("a:1", "CHOE, Song Il", identifiers=one), entity("b:1", "Choe Song-Il", identifiers=other))
    assert found == ({frozenset({"a:1", "b:1"})} if same else set())
    assert (
        groups(entity("a:1", "CHOE, Song Il", identifiers=one), entity("b:1", "Rahim Karimi", identifiers=other))
        == set()
    )


def referred(id: str, name: str, reference: str, schema: Schema = Schema.PERSON) -> Entity:
    return entity(id, name, schema, identifiers=(Identifier("other", reference, "UN reference"),))


def test_a_reference_of_the_un_needs_a_name_that_agrees_and_the_kind():
    un = referred("un:1", "Abdul Karim Marrow", "QDi.118")
    assert groups(un, referred("gb:7", "Abd al-Karim MARROW", "QDi.118")) == {frozenset({"un:1", "gb:7"})}
    assert groups(un, referred("gb:7", "Yusuf Tidewater", "QDi.118")) == set()
    # A member of an organisation is not the organisation.
    body = referred("un:2", "Brigades of the Marrow", "QDe.004", Schema.LEGAL_ENTITY)
    assert groups(body, referred("gb:7", "Brigades of the Marrow", "QDe.004")) == set()


def test_namesakes_on_one_list_are_joined_with_nobody():
    born = {"birth_dates": ("1970-01-01",)}
    assert groups(*(entity(id, "Ali Hassan", **born) for id in ("a:1", "a:2", "b:1"))) == set()


def body(id: str, name: str, *countries: str, **facts: object) -> Entity:
    return entity(id, name, Schema.LEGAL_ENTITY, countries=countries, **facts)


def test_companies_written_alike_need_a_country():
    one = body("a:1", "MAHAN AIR", "ir")
    assert groups(one, entity("b:1", "Mahan Air", Schema.COMPANY, countries=("ir",))) == {frozenset({"a:1", "b:1"})}
    assert groups(one, body("b:1", "Mahan Air", "sy")) == set()
    assert groups(body("a:1", "MARROW AIR"), body("b:1", "Marrow Air")) == set()


def test_three_words_that_nobody_else_has_do_without_a_country():
    one, other = body("a:1", "Islamic Regiment of Special Tides"), body("b:1", "THE ISLAMIC REGIMENT OF SPECIAL TIDES")
    assert groups(one, other) == {frozenset({"a:1", "b:1"})}
    assert groups(one, other, body("b:2", "Islamic Regiment of Special Tides")) == set()
    assert groups(replace(one, countries=("ir",)), replace(other, countries=("ly",))) == set()


def test_the_regime_of_canadas_list_is_a_cause_and_no_country():
    russian = entity("ca_dfatd_sema_sanctions:1", "Oleg Marrow", programs=("Ukraine",))
    assert profile(russian, _NAMING).countries == frozenset()
    assert "ua" in profile(russian, _NAMING).cause


def test_of_two_namesakes_the_one_with_the_same_day_of_birth_is_meant():
    one = entity("a:1", "IVANOV, Sergei Borisovich", birth_dates=("1953-01-31",), countries=("ru",))
    first = entity("b:1", "Sergey Borisovich Ivanov", birth_dates=("1953-01-31",), countries=("ru",))
    second = entity("b:2", "Sergey Borisovich Ivanov", birth_dates=("1952-04-19",), countries=("ru",))
    assert groups(one, first, second) == {frozenset({"a:1", "b:1"})}


def test_two_who_contradict_each_other_are_not_chained_by_a_third():
    """A vague entry fits both; it goes with the nearer one, and the two stay two."""
    elder = entity("a:1", "Marrowski, Dmitriy", birth_dates=("1955-03-02",), countries=("ru",))
    younger = entity("b:1", "Marrowski, Dmitriy", birth_dates=("1981",), countries=("ru",))
    vague = entity("c:1", "Marrowski, Dmitriy", countries=("ru",))
    found = groups(elder, younger, vague)
    assert not any({"a:1", "b:1"} <= group for group in found)


def test_two_ages_are_one_persons_if_a_list_gives_him_both():
    elder = entity("a:1", "Marrowski, Dmitriy", birth_dates=("1955-03-02",), countries=("ru",))
    younger = entity("b:1", "Marrowski, Dmitriy", birth_dates=("1981",), countries=("ru",))
    both = entity("c:1", "Marrowski, Dmitriy", birth_dates=("1955-03-02", "1981"), countries=("ru",))
    assert groups(elder, younger, both) == {frozenset({"a:1", "b:1", "c:1"})}


def test_one_name_is_enough_where_both_lists_have_it_first_and_a_birth_agrees():
    one = entity("a:1", "MARROWULLAH", birth_dates=("1968",), countries=("af",))
    assert groups(one, entity("b:1", "Marrowullah", birth_dates=("1968",))) == {frozenset({"a:1", "b:1"})}
    assert groups(one, entity("b:1", "Marrowullah", countries=("af",))) == set()


def test_what_a_person_decided_goes_first():
    same = vessel("a:1", "9187629"), vessel("b:7", "9187629")
    assert groups(*same, decisions=(GroupDecision("a:1", "b:7", same=False),)) == set()
    others = entity("a:1", "One"), entity("b:1", "Quite another")
    assert groups(*others, decisions=(GroupDecision("a:1", "b:1", same=True),)) == {frozenset({"a:1", "b:1"})}


def test_the_order_of_the_entities_does_not_matter():
    several = [vessel(f"{name}:1", "9187629") for name in "abcd"]
    assert group_entities(several, _NAMING) == group_entities(several[::-1], _NAMING)
    assert {member.reason for member in group_entities(several, _NAMING)} == {"IMO 9187629"}


_NAMES = ("Marrowski, Dmitriy", "Dmitry Marrowskiy", "Dmitri Pavlovich Marrowski", "Ahmad Muhammad", "Kim Chol Nam")
_DATES = ("1955-03-02", "1955", "1981", "1955/1957")
_ENTITIES = st.builds(
    lambda list_id, number, name, births, countries: entity(
        f"{list_id}:{number}", name, birth_dates=tuple(births), countries=tuple(countries)
    ),
    st.sampled_from("abc"),
    st.integers(1, 4),
    st.sampled_from(_NAMES),
    st.lists(st.sampled_from(_DATES), max_size=2, unique=True),
    st.lists(st.sampled_from(("ru", "kp")), max_size=1),
)


@given(st.lists(_ENTITIES, max_size=9, unique_by=lambda each: each.id), st.randoms(use_true_random=False))
def test_whatever_the_order_the_groups_are_the_same_and_nobody_contradicts_another(found, random):
    shuffled = list(found)
    random.shuffle(shuffled)
    members = group_entities(found, _NAMING)
    assert members == group_entities(shuffled, _NAMING)
    by_id = {each.id: profile(each, _NAMING) for each in found}
    for one, other in combinations(members, 2):
        if one.group_id == other.group_id:
            mine, its = by_id[one.entity_id], by_id[other.entity_id]
            assert mine.list_id != its.list_id
            between = [by_id[each.entity_id].births for each in members if each.group_id == one.group_id]
            assert not contradicts(mine, its) or any(
                Agreement.CONFLICT not in (mine.births.against(third), its.births.against(third)) for third in between
            )


@given(st.lists(_ENTITIES, max_size=6, unique_by=lambda each: each.id))
def test_a_split_holds_whatever_the_lists_say(found):
    for one, other in combinations(sorted(each.id for each in found), 2):
        split = GroupDecision(one, other, same=False)
        of = {member.entity_id: member.group_id for member in group_entities(found, _NAMING, (split,))}
        assert one not in of or of[one] != of.get(other)


def test_the_work_grows_with_the_entries_and_not_with_their_pairs():
    def count(size: int) -> int:
        lists = (entity(f"{'ab'[n % 2]}:{n}", f"Ahmad Marrow{n // 2}ski Muhammad") for n in range(size))
        return len(pairs([profile(each, _NAMING) for each in lists]))

    assert count(800) <= 2.2 * count(400) < 2_000
