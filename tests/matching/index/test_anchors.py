from __future__ import annotations

import pytest

from watchlist.matching.index.anchors import anchors_of
from watchlist.matching.index.keys import deletions, pair_key
from watchlist.matching.index.name_parts import parse_name
from watchlist.model import Name, Schema


@pytest.mark.parametrize(
    ("text", "schema", "singles", "pairs"),
    [
        ("PESKOV, Dmitriy Sergeevich", Schema.PERSON, {0}, {(0, 1), (0, 2)}),
        ("Muhammad Yusuf Ali", Schema.PERSON, set(), {(0, 1), (0, 2), (1, 2)}),
        ("HAQQANI NETWORK", Schema.ORGANIZATION, {0}, {(0, 1)}),
        ("ROSNEFT OIL COMPANY", Schema.COMPANY, {0}, {(0, 1)}),
        ("HORIZON TRADING LLC", Schema.COMPANY, set(), {(0, 1)}),
        ("HORIZON", Schema.VESSEL, {0}, set()),
    ],
)
def test_a_name_is_found_by_a_rare_word_or_by_two_of_its_words(
    text: str, schema: Schema, singles: set[int], pairs: set[tuple[int, int]]
) -> None:
    parts = parse_name(Name(text), schema)
    assert anchors_of(parts, list(range(len(parts)))) == (singles, pairs)


def test_two_symbols_have_one_key_in_either_order() -> None:
    assert pair_key(1, 2) == pair_key(2, 1) != pair_key(1, 3)


def test_a_misspelling_is_found_by_what_is_left_without_a_letter() -> None:
    assert deletions("abcd") == {"abcd", "acd", "abd", "abc"}
