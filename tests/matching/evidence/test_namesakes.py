"""Which of several subjects the same words name."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.index.compile import compile_index
from watchlist.model import Article, Band, Entity, Mention, Name, NameKind, Schema


def entry(id: str, *names: str, schema: Schema = Schema.PERSON, programs: tuple[str, ...] = ("SDGT",)) -> Entity:
    list_id, _, source_id = id.partition(":")
    listed = tuple(Name(text, NameKind.ALIAS if at else NameKind.PRIMARY) for at, text in enumerate(names))
    return Entity(list_id, source_id, schema, listed, programs=programs)


def screen(text: str, *listed: Entity) -> dict[str, Mention]:
    return {m.entity_id: m for m in Engine(compile_index(listed, {}), MatchingConfig()).screen(Article("a", "", text))}


def alerts(found: dict[str, Mention]) -> set[str]:
    return {id for id, mention in found.items() if mention.band is Band.ALERT}


def told(mention: Mention) -> str:
    return next((part.detail for part in mention.features if part.feature == "namesake"), "")


FATHER = entry("us:1", "DOLNIAKOV MOROS, Nikas", "DOLNIAKOV, Nikas", programs=("VENEZUELA",))
SON = entry("us:2", "DOLNIAKOV GUERRA, Nikas Ernesto", programs=("VENEZUELA",))


def test_a_namesake_that_the_article_settles_is_one_mention_and_says_so() -> None:
    text = "President Nikas Dolniakov of Venezuela spoke. Dolniakov was brief."
    assert alerts(screen(text, SON)) == {"us:2"}
    found = screen(text, FATHER, SON)
    assert set(found) == {"us:1"}
    assert "fits better than DOLNIAKOV GUERRA, Nikas Ernesto (us:2" in told(found["us:1"])


@pytest.mark.parametrize(("list_id", "standing"), [("us", {"us:1"}), ("un", {"us:1", "un:2"})])
def test_support_decides_between_entries_of_one_list_alone(list_id: str, standing: set[str]) -> None:
    text = "Denis Orlovetsky of Russia spoke in Moscow."
    supported = entry("us:1", "ORLOVETSKY, Denis", programs=("RUSSIA-EO14024",))
    other = entry(f"{list_id}:2", "ORLOVETSKY, Denis", programs=("VENEZUELA",))
    assert alerts(screen(text, other)) == {f"{list_id}:2"}
    assert alerts(screen(text, supported, other)) == standing


def test_a_primary_name_goes_before_an_alias_on_one_list() -> None:
    text = "Spokeswoman Maria Zavyalova of Russia said so."
    first = entry("us:1", "ZAVYALOVA, Maria Petrovna", programs=("RUSSIA-EO14024",))
    second = entry("us:2", "OSETROVA, Maria", "ZAVYALOVA, Maria Ilyinichna", programs=("RUSSIA-EO14024",))
    assert alerts(screen(text, second)) == {"us:2"}
    assert alerts(screen(text, first, second)) == {"us:1"}


def test_a_name_with_its_own_legal_form_goes_before_one_that_has_lost_it() -> None:
    bank = entry("us:1", "BANK ZELLI IRAN", schema=Schema.COMPANY, programs=("IRAN",))
    abroad = entry("us:2", "BANK ZELLI IRAN ZAO", schema=Schema.COMPANY, programs=("IRAN",))
    plc = entry("us:3", "BANK ZELLI IRAN PLC", schema=Schema.COMPANY, programs=("IRAN",))
    plain, its_own = "Iran said that Bank Zelli Iran would pay.", "Iran said that Bank Zelli Iran PLC would pay."
    assert alerts(screen(plain, abroad)) == {"us:2"}
    assert alerts(screen(plain, bank, abroad)) == {"us:1"}
    assert alerts(screen(its_own, bank, abroad, plc)) == {"us:3"}
    # Where all have lost it, nothing tells which is meant.
    assert alerts(screen(plain, abroad, plc)) == {"us:2", "us:3"}


FORMS = ("PLC", "ZAO", "S.A.", "N.V.", "LLC", "GmbH")


@pytest.mark.parametrize(("its_own", "another"), list(permutations(FORMS, 2)))
def test_of_two_firms_that_differ_in_their_legal_form_the_text_names_one(its_own: str, another: str) -> None:
    listed = [
        entry(f"us:{form}", f"ZELVANOR SHIPPING {form}", schema=Schema.COMPANY, programs=("IRAN",))
        for form in (its_own, another)
    ]
    assert alerts(screen(f"Iran said that Zelvanor Shipping {its_own} would pay.", *listed)) == {f"us:{its_own}"}


def test_a_name_of_another_list_with_a_small_word_more_takes_nothing_away() -> None:
    text = "Fighters of the Zulqarnay militia attacked in Syria, the terrorist group said."
    plain = entry("us:1", "ZULQARNAY", schema=Schema.ORGANIZATION)
    small = entry("un:2", "THE ZULQARNAY", schema=Schema.ORGANIZATION)
    assert alerts(screen(text, plain)) == {"us:1"}
    assert alerts(screen(text, plain, small)) == {"us:1", "un:2"}


def test_a_longer_name_takes_the_words_of_a_shorter_one() -> None:
    text = "The Kaveron Front Northern Command attacked in Syria, the terrorist group said."
    short = entry("us:1", "KAVERON FRONT", schema=Schema.ORGANIZATION)
    long = entry("us:2", "KAVERON FRONT NORTHERN COMMAND", schema=Schema.ORGANIZATION)
    found = screen(text, short, long)
    assert set(found) == {"us:2"}


def test_one_that_is_kept_for_review_alone_takes_no_alert_away() -> None:
    text = "Fighters of the Kaveron Front Horizon attacked in Syria, the terrorist group said."
    short = entry("us:1", "KAVERON FRONT", schema=Schema.ORGANIZATION)
    # A ship that nothing near speaks of.
    ship = entry("un:2", "KAVERON FRONT HORIZON", schema=Schema.VESSEL, programs=("IRAN",))
    alone = alerts(screen(text, short))
    assert alone <= alerts(screen(text, short, ship))


def test_a_family_name_alone_is_that_of_the_one_named_in_full() -> None:
    text = "Denis Orlovetsky of Russia spoke. President Orlovetsky of Russia was brief."
    named = entry("us:1", "ORLOVETSKY, Denis", programs=("RUSSIA-EO14024",))
    brother = entry("us:2", "ORLOVETSKY, Grigor", programs=("RUSSIA-EO14024",))
    found = screen(text, named, brother)
    assert set(found) == {"us:1"}
    assert len(found["us:1"].spans) == 2


def test_an_alert_of_one_list_is_not_taken_by_a_better_name_of_another() -> None:
    text = "The Marrovsky Guard Corps' Vektor Force fought in Syria, a militant group said."
    corps = entry("us:1", "Marrovsky Guard Corps", schema=Schema.ORGANIZATION)
    force = entry("us:2", "Marrovsky Guard Corps Vektor Force", schema=Schema.ORGANIZATION)
    there = replace(force, list_id="un")
    assert alerts(screen(text, corps)) == {"us:1"}
    assert alerts(screen(text, corps, force)) == {"us:2"}
    found = screen(text, corps, there)
    assert alerts(found) == {"us:1", "un:2"}
    assert "fits less well than Marrovsky Guard Corps Vektor Force (un:2" in told(found["us:1"])


def test_a_listed_word_may_still_be_another_lists_word_spelled_otherwise() -> None:
    text = "The tanker of Zulqarnay left the port of Iran."
    one = entry("us:1", "Zulqernay", schema=Schema.LEGAL_ENTITY, programs=("IRAN",))
    other = entry("un:2", "Zulqarnay", schema=Schema.LEGAL_ENTITY, programs=("IRAN",))
    assert alerts(screen(text, one)) == {"us:1"}
    assert alerts(screen(text, one, other)) == {"us:1", "un:2"}


def test_the_plural_of_a_family_name_is_no_person() -> None:
    listed = entry("us:1", "AL-HOUTHI, Abdulmalik", programs=("YEMEN",))
    assert "us:1" in screen("Yemeni rebel leader Houthi spoke in Sanaa.", listed)
    assert screen("The Yemeni leaders of the Houthis spoke in Sanaa.", listed) == {}
    assert "us:1" in screen("Abdulmalik al-Houthi spoke in Sanaa. Yemen fears the Houthis.", listed)
