from __future__ import annotations

import pytest

from watchlist.matching.index.name_parts import parse_name
from watchlist.matching.language.syllabic import find_keys, keys_of
from watchlist.model import Name, Schema


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("KIM, Jong Un", ["~kimjongun", "≈kmsnkn"]),
        ("王毅", ["=王毅", "^王毅"]),
        ("PESKOV, Dmitriy", []),
    ],
)
def test_a_listed_name_has_keys_as_written_or_by_its_sound(text: str, keys: list[str]) -> None:
    assert list(keys_of(text, parse_name(Name(text), Schema.PERSON))) == keys


def test_a_run_of_signs_is_read_as_written_where_a_listed_name_begins_and_by_sound_after_a_family_name() -> None:
    found = list(find_keys("习近平", lambda key: key == "^习近"))
    assert [(each.start, each.end, each.key) for each in found] == [
        (0, 2, "=习近"),
        (0, 3, "=习近平"),
        (0, 2, "~xijin"),
        (0, 3, "~xijinping"),
    ]
    assert {each.key for each in find_keys("김정은", lambda key: False)} == {"≈kmsnk", "≈kmsnkn", "≈snkn"}
