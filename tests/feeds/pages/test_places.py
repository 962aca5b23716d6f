"""Which block of a page is which line of a text."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from watchlist.feeds.pages.article.blocks import Block
from watchlist.feeds.pages.article.places import places

TEXTS = tuple(f"Line {name} is long enough to tell where the article stands." for name in "abcdef")


def blocks(numbers: list[int]) -> list[Block]:
    return [Block(TEXTS[number], 0, ()) for number in numbers]


def test_what_stands_twice_is_found_in_its_row() -> None:
    #: A menu has the first line before the article, a gallery the last behind it.
    assert places(TEXTS[:3], blocks([0, 5, 0, 1, 2, 4, 2])) == {2: 0, 3: 1, 4: 2}


@given(st.lists(st.integers(0, 5), max_size=12), st.lists(st.integers(0, 5), max_size=12))
def test_places_are_in_order_of_both_and_true(lines: list[int], found: list[int]) -> None:
    row = places([TEXTS[number] for number in lines], blocks(found))
    assert [*row] == sorted(row)
    assert [*row.values()] == sorted(set(row.values()))
    assert all(lines[line] == found[block] for block, line in row.items())


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=12))
def test_a_text_that_stands_in_the_page_in_order_is_found_whole(found: list[tuple[int, bool]]) -> None:
    lines = [TEXTS[number] for number, is_line in found if is_line]
    row = places(lines, blocks([number for number, _ in found]))
    assert [*row.values()] == [*range(len(lines))]


def test_a_line_that_stands_everywhere_takes_no_more_time_than_others() -> None:
    """Many equal lines on a page of many equal blocks: pairs are bounded, not every line with every block."""
    begin = time.process_time()
    row = places([TEXTS[0]] * 20_000, blocks([0] * 20_000))
    assert time.process_time() - begin < 20
    assert row
