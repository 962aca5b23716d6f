from __future__ import annotations

import pytest

from watchlist.matching.index.compile import compile_index
from watchlist.matching.search.gaps import Gap, aside_end, gap_kind
from watchlist.matching.search.reader import WordReader


@pytest.mark.parametrize(
    ("gap", "before", "kind"),
    [
        (" ", "dmitry", Gap.PLAIN),
        ("  ", "dmitry", Gap.PLAIN),
        ("\n", "dmitry", Gap.PLAIN),
        ("\r\n  ", "dmitry", Gap.PLAIN),
        ("-", "jong", Gap.PLAIN),
        (" & ", "s", Gap.PLAIN),
        ("’s ", "iran", Gap.PLAIN),
        (". ", "d", Gap.PLAIN),
        (". ", "co", Gap.PLAIN),
        (", ", "peskov", Gap.COMMA),
        ("، ", "peskov", Gap.COMMA),
        (";", "peskov", Gap.COMMA),
        (" | ", "peskov", Gap.COMMA),
        (" (", "peskov", Gap.MARK),
        (' "', "ismael", Gap.MARK),
        (" – ", "front", Gap.MARK),
        (": ", "bank", Gap.MARK),
        (". ", "peskov", Gap.END),
        ("! ", "peskov", Gap.END),
        ("\n\n", "peskov", Gap.END),
        ("          ", "peskov", Gap.END),
    ],
)
def test_what_stands_between_two_words_tells_how_far_they_belong_together(gap: str, before: str, kind: Gap) -> None:
    assert gap_kind(gap, before) is kind


@pytest.mark.parametrize(
    ("text", "at", "behind"),
    [
        ('Ismael "El Mayo" Zambada', 1, 3),
        ("Ali (al-Qaidi) Hassan", 1, 3),
        ("Ismael “El Mayo” Zambada", 1, 3),
        ("Ismael (El Mayo Zambada", 1, None),
        ("Ismael El Mayo Zambada", 1, None),
        ('Ismael "one two three four five six" Zambada', 1, None),
        ('Ismael "El Mayo"', 1, None),
    ],
)
def test_an_aside_ends_behind_its_closing_mark(text: str, at: int, behind: int | None) -> None:
    words = WordReader(compile_index([], {})).words(text, 0, len(text))
    assert aside_end(words, at, 1) == behind
    if behind is not None:
        assert aside_end(words, behind - 1, -1) == at - 1
