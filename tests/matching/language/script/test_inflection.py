from __future__ import annotations

import pytest
from watchlist.matching.language.script.inflection import stems


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Путина", ("Путина", "Путин")),
        ("Орловским", ("Орловским", "Орловский")),
        ("Παπαδοπούλου", ("Παπαδοπούλου", "Παπαδοπούλος")),
        ("والرئيس", ("والرئيس", "الرئيس", "رئيس")),
        ("בלבנון", ("בלבנון", "לבנון")),
        ("Peskov", ("Peskov",)),
    ],
)
def test_a_word_without_its_endings_and_prefixes(word: str, expected: tuple[str, ...]) -> None:
    assert stems(word) == expected
