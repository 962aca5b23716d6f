"""Entities of a list that are subjects which another list describes."""

from __future__ import annotations

from dataclasses import replace

from watchlist.matching.naming import NamesAsMatched
from watchlist.model import Entity, Name, NameKind, NameOrigin, Schema
from watchlist.subjects.known import same_subjects

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
