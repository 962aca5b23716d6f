from __future__ import annotations

import pytest

from watchlist.matching.index.anchors import Anchors, anchors_of
from watchlist.matching.index.keys import deletions, frame_key, pair_key
from watchlist.matching.index.name_parts import parse_name
from watchlist.matching.language.spelling import symbol
from watchlist.model import Name, Schema


def anchors(text: str, schema: Schema) -> Anchors:
    return anchors_of(parse_name(Name(text), schema))


def unordered(pairs: set[tuple[str, str]]) -> set[frozenset[str]]:
    return {frozenset(pair) for pair in pairs}


@pytest.mark.parametrize(
    ("text", "schema", "singles", "pairs"),
    [
        ("PESKOV, Dmitriy Sergeevich", Schema.PERSON, {"peskov"}, {("peskov", "dmitriy"), ("peskov", "sergeevich")}),
        ("Muhammad Yusuf Ali", Schema.PERSON, set(), {("muhammad", "yusuf"), ("yusuf", "ali"), ("muhammad", "ali")}),
        ("HAQQANI NETWORK", Schema.ORGANIZATION, {"haqqani"}, {("haqqani", "network")}),
        ("ROSNEFT OIL COMPANY", Schema.COMPANY, {"rosneft"}, {("rosneft", "oil")}),
        ("HORIZON TRADING LLC", Schema.COMPANY, set(), {("horizon", "trading")}),
        ("HORIZON", Schema.VESSEL, {"horizon"}, set()),
    ],
)
def test_a_name_is_found_by_a_rare_word_or_by_two_of_its_words(
    text: str, schema: Schema, singles: set[str], pairs: set[tuple[str, str]]
) -> None:
    found = anchors(text, schema)
    words = {symbol(part.form) for part in parse_name(Name(text), schema)}
    assert found.singles & words == {symbol(form) for form in singles}
    assert unordered(found.pairs) >= unordered({(symbol(one), symbol(other)) for one, other in pairs})


def test_words_that_many_bear_point_to_nobody_by_themselves() -> None:
    assert symbol("ivanov") not in anchors("IVANOV, Sergey", Schema.PERSON).singles
    assert anchors("NORTHERN TRADING BANK", Schema.COMPANY).singles == set()


@pytest.mark.parametrize(
    ("text", "schema", "written"),
    [
        ("LI, Wei Guo", Schema.PERSON, ("li", "weiguo")),
        ("BEN YARIM, Sami", Schema.PERSON, ("benyarim", "sami")),
        ("AL-KHADRAWI, Sami", Schema.PERSON, ("alkhadrawi", "sami")),
        ("KAVEH STEEL WORKS", Schema.COMPANY, ("kavehsteel", "works")),
    ],
)
def test_neighbouring_words_are_also_looked_for_as_one(text: str, schema: Schema, written: tuple[str, str]) -> None:
    assert frozenset(map(symbol, written)) in unordered(anchors(text, schema).pairs)


def test_two_words_that_are_all_of_a_name_point_to_it_when_written_as_one() -> None:
    assert symbol("kavehsteel") in anchors("KAVEH STEEL", Schema.COMPANY).singles


def test_a_name_is_also_found_by_the_consonants_of_two_words() -> None:
    frames = {frame_key(symbol("orlovetsky")), frame_key(symbol("denis"))}
    assert "" not in frames
    assert frozenset(frames) in unordered(anchors("ORLOVETSKY, Denis", Schema.PERSON).pairs)
    assert not any("~" in key for pair in anchors("LI, Na", Schema.PERSON).pairs for key in pair)


def test_a_long_number_tells_a_body_of_common_words() -> None:
    assert "74955" in anchors("MILITARY UNIT 74955", Schema.ORGANIZATION).singles
    assert "15" not in anchors("MILITARY UNIT 15", Schema.ORGANIZATION).singles
    assert "74955" not in anchors("ZUBROVKA PLANT 74955", Schema.ORGANIZATION).singles


def test_two_symbols_have_one_key_in_either_order() -> None:
    assert pair_key(1, 2) == pair_key(2, 1) != pair_key(1, 3)


def test_a_misspelling_is_found_by_what_is_left_without_a_letter() -> None:
    assert deletions("abcd") == {"abcd", "acd", "abd", "abc"}


@pytest.mark.parametrize(
    ("one", "other"),
    [("kadyrov", "gadirof"), ("orlovetsky", "arlavetskii"), ("khamenei", "khamanay")],
)
def test_most_spellings_of_a_word_have_one_frame(one: str, other: str) -> None:
    assert frame_key(symbol(one)) == frame_key(symbol(other)) != ""


@pytest.mark.parametrize("word", ["", "aoi", "74955", "ᄀ", "\ud800", "KMS", "ab1"])
def test_what_has_no_consonants_to_speak_of_has_no_frame(word: str) -> None:
    assert frame_key(word) == ""
