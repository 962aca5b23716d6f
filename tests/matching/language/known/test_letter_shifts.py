from __future__ import annotations

import pytest

from watchlist.matching.language.known.letter_shifts import Shift, difference, shifts_between


@pytest.mark.parametrize(
    ("one", "other", "places"),
    [
        ("mutebusi", "mutebuzi", 1),
        ("belavencev", "belaventsev", 1),
        ("sahravi", "sahraui", 1),
        ("gibril", "jibril", 1),
        ("vasquez", "vazques", 2),
        ("karim", "kabim", None),
        ("bulgakov", "beliakov", None),
    ],
)
def test_letters_that_are_written_for_each_other_are_counted_by_place(one: str, other: str, places: int | None) -> None:
    found = shifts_between(one, other)
    assert found == shifts_between(other, one)
    assert (found.places if found else None) == places


@pytest.mark.parametrize(
    ("one", "other", "place", "letters"),
    [("gasan", "hasan", "^", ("g", "h")), ("masri", "misri", "-", ("a", "i")), ("aven", "avens", "$", ("", "s"))],
)
def test_a_difference_has_its_place_in_the_word(one: str, other: str, place: str, letters: tuple[str, str]) -> None:
    assert difference(one, other) == Shift(place, *letters)
