"""Where on a page the lines of an extracted text stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from watchlist.feeds.pages.article.blocks import Block, Element

#: A paragraph with fewer letters stands in many places: it does not show where the article is.
TELLING = 30
#: What holds items, each of which may be as short as a name.
ITEMS = frozenset({"li", "td", "th", "dt", "dd"})
#: As often as this a line of the text is looked for in the page.
_MOST_PLACES = 8
#: So much of the article's telling paragraphs is inside the element that is taken for the article.
_MOST = 0.8
_SHINGLE = 3
_WORD = re.compile(r"\w+")
#: Characters without a width, soft hyphens and marks of direction, which an extraction leaves out inside words.
_NO_WIDTH = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def key(text: str) -> tuple[str, ...]:
    """The words of a text, to be compared."""
    return tuple(word.casefold() for word in _WORD.findall(_NO_WIDTH.sub("", text)))


def runs_of(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    """The runs of words by which a text is known, of each length up to the longest."""
    return {run for size in range(1, _SHINGLE + 1) for run in _runs(words, size)}


def all_in(known: set[tuple[str, ...]], words: tuple[str, ...]) -> bool:
    """Whether the words are in a text that is known by its runs, as a line or as a part of one."""
    return all(run in known for run in _runs(words, min(_SHINGLE, len(words)) or 1))


def places(lines: Sequence[str], blocks: Sequence[Block]) -> dict[int, int]:
    """Which block is which line: of all that could be, the most that follow each other in both, in order.

    What stands on a page twice, as a headline does in a menu and a caption in a gallery, is so found in its place.
    """
    numbers: dict[tuple[str, ...], list[int]] = {}
    for number, line in enumerate(lines):
        if (words := key(line)) and len(same := numbers.setdefault(words, [])) < _MOST_PLACES:
            same.append(number)
    #: For each length of a row: the lowest line that ends one, with its block; and what stands before each of these.
    ends: list[int] = []
    pairs: list[tuple[int, int]] = []
    before: dict[tuple[int, int], tuple[int, int] | None] = {}
    for place, block in enumerate(blocks):
        for number in reversed(numbers.get(key(block.text), ()) if len(block.text) >= TELLING else ()):
            size = bisect_left(ends, number)
            pair = (place, number)
            before[pair] = pairs[size - 1] if size else None
            # A later block of the same line comes to stand for the earlier: nearer to what follows.
            ends[size : size + 1], pairs[size : size + 1] = [number], [pair]
    row: list[tuple[int, int]] = []
    at = pairs[-1] if pairs else None
    while at is not None:
        row.append(at)
        at = before[at]
    return _first_at_the_end(dict(reversed(row)), before)


def holding(elements: Sequence[Element], blocks: Iterable[Block], share: float) -> list[int]:
    """The elements that hold this share of the blocks, by letters; inner ones behind those around them."""
    weights = [0] * len(elements)
    for block in blocks:
        weights[block.element] += len(block.text)
    least = share * sum(weights)
    # Elements open after those around them: from the last to the first, each is whole before it is added.
    for number in range(len(elements) - 1, 0, -1):
        weights[elements[number].parent] += weights[number]
    return [number for number, weight in enumerate(weights) if weight >= least]


def around_most(elements: Sequence[Element], blocks: Iterable[Block]) -> int:
    """The number of the innermost element around most of the blocks."""
    return holding(elements, blocks, _MOST)[-1]


def _first_at_the_end(row: dict[int, int], pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """The row with the first of the blocks that may end it, for nothing follows that the last would be nearer to."""
    if row:
        last, number = row.popitem()
        least = max(row, default=-1)
        row[min(place for place, line in pairs if line == number and least < place <= last)] = number
    return row


def _runs(words: tuple[str, ...], size: int) -> Iterator[tuple[str, ...]]:
    return (words[at : at + size] for at in range(len(words) - size + 1))
