"""Subjects: entries of several lists that are one are found by all their names, and told with all their listings."""

from __future__ import annotations

import pytest

from watchlist.config import BandThresholds, MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.index.compile import compile_index, number_subjects
from watchlist.model import Article, Band, Entity, Identifier, Mention, Name, NameKind, Schema


def entry(list_id: str, id: str, *names: str, schema: Schema = Schema.PERSON, **more: object) -> Entity:
    listed = tuple(Name(text, NameKind.ALIAS if at else NameKind.PRIMARY) for at, text in enumerate(names))
    return Entity(list_id, id, schema, listed, **more)  # type: ignore[arg-type]


US = entry("us", "1", "ORLOVETSKY, Denis", programs=("SDGT",))
UN = entry("un", "7", "Hamid Kaveronian", "Denis Orlovetsky", countries=("sy",), designations=("Quartermaster",))
GROUPS = {"us:1": "g", "un:7": "g"}


def screen(
    text: str,
    *listed: Entity,
    groups: dict[str, str] | None = None,
    config: MatchingConfig | None = None,
    lists: frozenset[str] | None = None,
) -> tuple[Mention, ...]:
    index = compile_index(listed or (US, UN), {}, GROUPS if groups is None else groups)
    return Engine(index, config or MatchingConfig()).screen(Article("a", "", text), lists=lists)


def finding(mention: Mention, feature: str) -> str | None:
    return next((part.detail for part in mention.features if part.feature == feature), None)


def test_a_name_of_one_entry_finds_the_whole_subject() -> None:
    (mention,) = screen("Hamid Kaveronian was seen in Damascus.")
    assert (mention.entity_id, mention.listings) == ("un:7", ("un:7", "us:1"))


def test_of_entries_named_as_well_the_primary_name_goes_first_then_the_list() -> None:
    (mention,) = screen("Denis Orlovetsky was seen.")
    assert (mention.entity_id, mention.listings) == ("us:1", ("us:1", "un:7"))
    twins = (entry("un", "7", "Denis Orlovetsky"), entry("us", "1", "Denis Orlovetsky"))
    (mention,) = screen("Denis Orlovetsky was seen.", *twins)
    assert mention.entity_id == "un:7"


def test_what_any_entry_says_speaks_for_the_mention() -> None:
    (mention,) = screen("Denis Orlovetsky, the quartermaster, was seen in Syria.")
    assert mention.entity_id == "us:1"
    assert finding(mention, "country") is not None
    assert "quartermaster" in (finding(mention, "designation") or "")
    (mention,) = screen("Denis Orlovetsky spoke. Hamid Kaveronian did not.")
    assert "Kaveronian" in (finding(mention, "other_name") or "")


def test_what_speaks_against_one_entry_is_not_held_against_another() -> None:
    text = "The tanker Kaveron Star, IMO 9074729, left the port."
    named = entry("us", "1", "KAVERON STAR", schema=Schema.VESSEL, programs=("IRAN",))
    numbered = entry(
        "un", "7", "KAVERON STAR", schema=Schema.VESSEL, programs=("IRAN",), identifiers=(Identifier("imo", "9319466"),)
    )
    assert [m.band for m in screen(text, named)] == [Band.ALERT]
    (mention,) = screen(text, numbered, named)
    assert (mention.band, mention.entity_id) == (Band.ALERT, "us:1")


def test_a_threshold_of_any_of_its_lists_is_enough() -> None:
    strict = MatchingConfig(alert=0.99, review=0.5, lists={"un": BandThresholds(alert=0.6)})
    text = "Denis Orlovetsky was seen."
    assert [m.band for m in screen(text, US, config=strict)] == [Band.REVIEW]
    assert [m.band for m in screen(text, config=strict)] == [Band.ALERT]
    # Of the lists that are looked for alone.
    assert [m.band for m in screen(text, config=strict, lists=frozenset({"us"}))] == [Band.REVIEW]


def test_looked_for_on_one_list_it_is_found_by_a_name_of_another_and_named_as_on_the_first() -> None:
    (mention,) = screen("Hamid Kaveronian was seen in Damascus.", lists=frozenset({"us"}))
    assert (mention.entity_id, mention.caption) == ("us:1", "ORLOVETSKY, Denis")
    assert mention.name.text == "Hamid Kaveronian"
    assert mention.listings == ("us:1", "un:7")
    assert screen("Hamid Kaveronian was seen in Damascus.", lists=frozenset({"eu"})) == ()


def test_entries_that_nobody_grouped_alert_both_and_tell_of_each_other() -> None:
    found = screen("Denis Orlovetsky was seen in Syria.", groups={})
    assert {m.entity_id: m.band for m in found} == {"us:1": Band.ALERT, "un:7": Band.ALERT}
    told = {m.entity_id: finding(m, "namesake") or "" for m in found}
    assert "un:7, Quartermaster" in told["us:1"]
    assert "ORLOVETSKY, Denis (us:1, SDGT)" in told["un:7"]
    assert all(part.weight == 0 for m in found for part in m.features if part.feature == "namesake")


@pytest.mark.parametrize(
    ("ids", "groups", "numbers"),
    [
        (("a:1", "b:1", "a:2"), {}, [0, 1, 2]),
        (("a:1", "b:1", "a:2", "c:9"), {"a:1": "a:1", "a:2": "a:1"}, [0, 1, 0, 2]),
        # One id twice on a list is two entries, as long as nobody says that they are one.
        (("a:1", "a:1"), {}, [0, 1]),
    ],
)
def test_subjects_are_numbered_as_they_come(ids: tuple[str, ...], groups: dict[str, str], numbers: list[int]) -> None:
    assert number_subjects(ids, groups) == numbers
