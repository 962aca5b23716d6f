"""Whole names against each other: what is found, rule by rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlist.matching.index.name_parts import parse_name
from watchlist.matching.likeness.names import Compared, compare
from watchlist.matching.table import NAME_PREDICTED, NAME_WEIGHTS
from watchlist.model import Name, Schema


def compared(one: str, other: str, schema: Schema) -> Compared:
    return compare(parse_name(Name(one), schema), parse_name(Name(other), schema), one, other)


@pytest.mark.parametrize(
    ("rule", "one", "other", "schema"),
    [
        ("conflict", "Ahmad Hassan al-Rawi", "Ahmad Hassan al-Tikriti", Schema.PERSON),
        ("conflict", "KIM, Jong Un", "Kim Jong", Schema.PERSON),
        ("conflict", "Dmitry T", "Dmitry Tulin", Schema.PERSON),
        ("one_word", "PESKOV, Dmitriy", "Peskov", Schema.PERSON),
        ("father_and_son", "Omar bin Salim", "Salim bin Omar", Schema.PERSON),
        ("number", "ZUBROVKA 7", "ZUBROVKA", Schema.VESSEL),
        ("other_sign", "陈志", "陈智", Schema.PERSON),
    ],
)
def test_every_rule_speaks_where_it_should(rule: str, one: str, other: str, schema: Schema) -> None:
    assert compared(one, other, schema).findings[rule][0] > 0
    assert rule not in compared(one, one, schema).findings
    assert compared(one, other, schema).likeness < compared(one, one, schema).likeness == 1.0


def test_every_rule_of_the_table_is_tried_here() -> None:
    assert set(NAME_WEIGHTS) == {"alignment", "conflict", "one_word", "father_and_son", "number", "other_sign"}


@pytest.mark.parametrize(
    ("one", "other", "schema"),
    [
        ("LI, Wei Guo", "Li Weiguo", Schema.PERSON),
        ("LYONG AK SAN GENERAL TRADING", "Lyongaksan General Trading", Schema.COMPANY),
        ("KAVEH STEEL", "Kaveh-Steel", Schema.COMPANY),
        ("55th Dolnia Brigade", "Fifty-Fifth Dolnia Brigade", Schema.ORGANIZATION),
        ("Almiz Antez Telecommunications LLC", "Almiz Antez Telecom", Schema.COMPANY),
        ("Anne Averkampf", "Ann Averkampf", Schema.PERSON),
        ("ERBIUMAN TRADING L.L.C", "Erbiuman Trading LLC", Schema.COMPANY),
        ("L D S KOMPYUTAR SYSTEMS", "LDS Kompyutar Systems", Schema.COMPANY),
        ("S & D Kaveron", "S and D Kaveron", Schema.COMPANY),
        ("V. Tulin", "Vadim Tulin", Schema.PERSON),
        ("TULIN, V.", "Vadim Tulin", Schema.PERSON),
        ("So-called Ministry of Resources of Verkhovia", "Ministry of Resources of Verkhovia", Schema.ORGANIZATION),
    ],
)
def test_ways_of_writing_one_name_are_one(one: str, other: str, schema: Schema) -> None:
    assert compared(one, other, schema).likeness >= NAME_PREDICTED
    assert compared(other, one, schema).likeness >= NAME_PREDICTED


@pytest.mark.parametrize(
    ("one", "other", "schema"),
    [
        ("ERMAKOVITSKY, Valery Nikolaevich", "Valery Konstantinovich Ermakovitsky", Schema.PERSON),
        ("Zubrovka Brigade 15", "Zubrovka Brigade 16", Schema.ORGANIZATION),
        ("KAVERON BANK", "TIRAZH BANK", Schema.COMPANY),
        ("PESKOV, Dmitriy", "Peskov", Schema.PERSON),
    ],
)
def test_names_of_two_are_two(one: str, other: str, schema: Schema) -> None:
    assert compared(one, other, schema).likeness < NAME_PREDICTED


def test_names_without_a_word_are_one_only_when_they_are_written_alike() -> None:
    assert compared("-", "-", Schema.PERSON).likeness == 1.0
    assert compared("-", "...", Schema.PERSON).likeness == 0.0
    assert compared("", "", Schema.PERSON).likeness == 0.0


_SYLLABLES = st.sampled_from(("wei", "guo", "bao", "zhi", "qiang", "ming", "hua", "jun", "feng", "tao"))


@given(st.sampled_from(("ZHUANG", "DENGFA", "XUANYU")), _SYLLABLES, _SYLLABLES, st.booleans())
def test_two_words_written_as_one_are_the_same_name_in_any_order(
    family: str, one: str, other: str, is_first: bool
) -> None:
    joined = f"{one}{other}".capitalize()
    text = f"{family.capitalize()} {joined}" if is_first else f"{joined} {family.capitalize()}"
    assert compared(f"{family}, {one.capitalize()} {other.capitalize()}", text, Schema.PERSON).likeness == 1.0
