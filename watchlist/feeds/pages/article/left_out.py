"""What an extraction leaves out of an article: names in lists of links, captions, boxes, lists inside tables.

An extraction tells text from furniture by the share of links and by the kind of element, and so loses a list of
companies of which each is a link. Here the page is read once more: what stands between the paragraphs that were taken
is put back in its place, and so is a list or a table that follows the last of them at once. What is `furniture` stays
out, and a link that reads as the headline of another article. The time taken is in proportion to the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from watchlist.feeds.pages.article.blocks import Block, Element, ReadPage
from watchlist.feeds.pages.article.ends import says_when
from watchlist.feeds.pages.article.furniture import (
    LEAST_WORDS,
    Furniture,
    consists_of_links,
    is_button,
    leads_on,
    reads_as_name,
)
from watchlist.feeds.pages.article.places import ITEMS, TELLING, all_in, around_most, key, places, runs_of

_CAPTION = re.compile(r"(?<![a-z])captions?(?![a-z])", re.IGNORECASE)
#: A label stands on a page as often as this: "Read the rest".
_OFTEN = 3


def with_what_is_left_out(page: ReadPage, lines: Sequence[str], headline: str) -> list[str]:
    """The lines of a page's article, one for each block, with what was left out in its place."""
    blocks = page.blocks
    at = places(lines, blocks)
    if not at:
        return [*lines]
    article = around_most(page.elements, (blocks[number] for number in at))
    kinds = _Kinds(page.elements, article, Furniture(page, {blocks[number].element for number in at}))
    times = Counter(block.text for block in blocks)
    inside = [number for number in at if kinds.inside(blocks[number].element)]
    # Over the ends of lines: what is one block here may have been taken as several lines, as a passage of code is.
    taken = runs_of(key("\n".join((headline, *lines))))
    added: dict[int, list[str]] = {}
    line = at[inside[0]]
    for number, block in enumerate(blocks[: inside[-1]]):
        if number >= inside[0] and number in at:
            line = at[number]
            continue
        often = times[block.text] >= _OFTEN
        if kinds.belongs(block, between=number > inside[0], often=often) and not all_in(taken, key(block.text)):
            added.setdefault(line, []).append(block.text)
    line = at[inside[-1]]
    for block in blocks[inside[-1] + 1 :]:
        if all_in(taken, key(block.text)):
            continue
        if not kinds.follows(block):
            break
        added.setdefault(line, []).append(block.text)
    return [*_merged(lines, added, {*at.values()})]


def _merged(lines: Sequence[str], added: dict[int, list[str]], whole: set[int]) -> Iterator[str]:
    """The lines with what was added, once: where a block was taken in part, without that part."""
    known: set[tuple[str, ...]] = set()
    runs: set[tuple[str, ...]] = set()
    for number, line in enumerate(lines):
        if number in whole or not (words := key(line)) or not all_in(runs, words):
            yield line
        if number in whole:
            runs = set()
        for text in added.get(number, ()):
            words = key(text)
            runs |= runs_of(words)
            if len(text) < TELLING or words not in known:
                yield text
            known.add(words)


class _Kinds:
    """Of the elements inside the article: which are of the kinds that are left out.

    Pictures may stand above the element with the paragraphs, in an ``article`` around both.
    """

    def __init__(self, elements: Sequence[Element], paragraphs: int, furniture: Furniture) -> None:
        path = [paragraphs]
        while path[-1]:
            path.append(elements[path[-1]].parent)
        article = next((number for number in path if elements[number].tag == "article"), paragraphs)
        count = len(elements)
        self._elements, self._furniture = elements, furniture
        self._inside, self._caption = [False] * count, [False] * count
        self._box, self._item, self._near = [False] * count, [False] * count, [False] * count
        self._inside[article] = self._near[paragraphs] = True
        for number in range(article + 1, count):
            element, around = elements[number], elements[number].parent
            self._inside[number] = self._inside[around]
            named = bool(_CAPTION.search(element.called))
            self._caption[number] = self._caption[around] or element.tag == "figcaption" or named
            self._box[number] = self._box[around] or element.tag == "aside"
            self._item[number] = self._item[around] or element.tag in ITEMS
            self._near[number] = self._near[number] or self._near[around]

    def inside(self, element: int) -> bool:
        """Whether an element is the article or inside it."""
        return self._inside[element]

    def belongs(self, block: Block, *, between: bool, often: bool) -> bool:
        """Whether a block is text of a kind that extractions leave out.

        ``between`` paragraphs more is than before; what stands on the page ``often`` is a label, if it is no item.
        """
        at = block.element
        if not self._inside[at] or self._is_none(block):
            return False
        if self._caption[at]:
            return True
        if not between or (often and not self._item[at]):
            return False
        return self._is_part(block) or (len(key(block.text)) >= LEAST_WORDS and not says_when(block.text))

    def follows(self, block: Block) -> bool:
        """Whether a block behind the last paragraph, and behind nothing else, is still the article's."""
        return (
            self._near[block.element]
            and not self._is_none(block)
            and (self._caption[block.element] or self._is_part(block))
        )

    def _is_none(self, block: Block) -> bool:
        return self._furniture.has(block.element) or leads_on(block) or is_button(block)

    def _is_part(self, block: Block) -> bool:
        at = block.element
        if self._box[at] or self._item[at]:
            return True
        alone = len(block.text.split()) == 1 and self._elements[at].tag != "p"
        return consists_of_links(block) and reads_as_name(block.text) and not alone
