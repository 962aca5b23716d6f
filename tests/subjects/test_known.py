"""Entities of a list that are subjects which another list describes."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from watchlist.matching.naming import NamesAsMatched
from watchlist.model import Entity, Name, NameKind, NameOrigin, Schema
from watchlist.subjects.grouping import group_entities
from watchlist.subjects.known import group_with_known, same_subjects

KNOWN = (
    Entity(
        "us", "1", Schema.PERSON, (Name("MARROVSKY, Ilya Petrovich"),), birth_dates=("1955-01-15",), countries=("ru",)
    ),
    Entity("us", "2", Schema.ORGANIZATION, (Name("FRONT FOR THE TIDES OF LAKESIDE"),)),
)
ENTRY = Entity("un", "70", Schema.PERSON, (Name("ILIA PETROVITCH MARROVSKI"),), birth_dates=("1955-01-15",))


def same(*listed: Entity) -> dict[str, str]:
    return same_subjects(KNOWN, listed, NamesAsMatched())


def test_a_name_in_another_spelling_and_a_date_make_one() -> None:
    assert same(ENTRY) == {"70": "us:1"}
    assert same(
        replace(ENTRY, source_id="71", schema=Schema.ORGANIZATION, names=(Name("Front for the Tides of Lakeside"),))
    ) == {"71": "us:2"}


def test_a_namesake_of_another_age_is_another() -> None:
    assert same(replace(ENTRY, birth_dates=("1978-03-02",))) == {}


def test_what_was_added_to_an_entry_is_no_evidence() -> None:
    added = Name("MARROVSKY, Ilya Petrovich", NameKind.ALIAS, origin=NameOrigin.USER)
    assert same(replace(ENTRY, names=(Name("SOMEBODY, Else"), added))) == {}


def test_two_entries_of_one_known_subject_are_one() -> None:
    """Neither says enough of the other: one has no date, the other no country."""
    mayor = replace(ENTRY, list_id="au", source_id="5", names=(Name("MARROVSKY, Ilya Petrovich"),), birth_dates=())
    mayor = replace(mayor, countries=("ru",))
    alone = group_with_known([ENTRY, mayor], (), NamesAsMatched())
    together = group_with_known([ENTRY, mayor], KNOWN, NamesAsMatched())
    assert {each.entity_id for each in together} == {"au:5", "un:70"}
    assert {each.group_id for each in together} == {"au:5"}
    assert alone == ()


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9), st.integers(1955, 1957)), unique_by=lambda r: r[:2])
)
def test_where_nobody_is_known_groups_are_what_they_are(rows: list[tuple[str, int, int]]) -> None:
    names = ("MARROVSKY, Ilya Petrovich", "OSETROVA, Maria Ilyinichna")
    found = [
        replace(ENTRY, list_id=each, source_id=str(n), names=(Name(names[n % 2]),), birth_dates=(f"{year}-01-15",))
        for each, n, year in rows
    ]
    plain = group_entities(found, NamesAsMatched())
    assert group_with_known(found, (), NamesAsMatched()) == plain
    # Nor does somebody else who is known, whom none of them is.
    assert group_with_known(found, KNOWN[1:], NamesAsMatched()) == plain


def test_a_known_subject_alone_makes_no_group() -> None:
    assert group_with_known([ENTRY], KNOWN, NamesAsMatched()) == ()


def test_of_a_list_that_is_watched_itself_nothing_else_is_known() -> None:
    twin = replace(KNOWN[0], source_id="9")
    members = group_with_known([ENTRY, twin], KNOWN, NamesAsMatched())
    assert {each.entity_id for each in members} == {"un:70", "us:9"}
