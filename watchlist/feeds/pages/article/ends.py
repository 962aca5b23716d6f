"""What an extraction takes above and behind an article: its date and its author, then cards of others.

Between paragraphs, what an extraction takes for text is believed to be text. Above the first and behind the last it
often is not: cards of other articles have sentences, and so have the author's life and the offers of the publisher.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from watchlist.feeds.pages.article.blocks import Block, ReadPage
from watchlist.feeds.pages.article.furniture import Furniture, names_of
from watchlist.feeds.pages.article.places import ITEMS, TELLING, around_most, holding, key, places

#: Above the headline stand a rubric and a date, at most.
_HIGHEST = 3
#: A headline has so many letters, and so much of its page's title, which goes on with the name of the site.
_LEAST_LETTERS, _MOST_OF_TITLE = 6, 0.4
#: An article has begun with a line of so many letters; what stands above it has so many lines.
_PARAGRAPH, _ABOVE = 80, 8
#: What holds so much of a text is no furniture, whatever it is called, and what stands behind it is no more than this.
_TOO_MUCH, _MOST_BEHIND = 0.25, 0.5
#: Where so much of a text stands among its paragraphs in elements of a name, that name says nothing on this page.
_AMONG = 0.1
#: So many paragraphs show where an article is; what is short and stands outside of there, behind them, is a label.
_ENOUGH = 3
#: A few words with a time of day, or with a year and another number, and no end of a sentence.
_TIME = re.compile(r"\d{1,2}[:.]\d{2}(?!\d)|\b(?:19|20)\d\d\b")
_NUMBER = re.compile(r"\d+")
_MOST_OF_STAMP = 10
#: How a row of a table begins in what an extraction gives.
_ROW = "|"
_ENDS = re.compile(r"[.!?。！？؟۔…\"”»’)\]]\Z")


def says_when(text: str) -> bool:
    """Whether a line says when an article was put on its page: "Posted March 3, 2026, 14:05 by the desk"."""
    if _ENDS.search(text) or len(text.split()) > _MOST_OF_STAMP:
        return False
    return _TIME.search(text) is not None and len(_NUMBER.findall(text)) > 1


def headline_of(page: ReadPage, lines: Sequence[str], title: str) -> int | None:
    """The number of the line that is the headline: it stands in a heading, or the page's title begins with it."""
    letters = "".join(key(title))
    above = {key(block.text) for block in page.blocks if _is_in_heading(page, block.element)}
    for number, line in enumerate(lines[:_HIGHEST]):
        found = "".join(key(line))
        is_title = letters.startswith(found) and len(found) > _MOST_OF_TITLE * len(letters)
        if len(found) >= _LEAST_LETTERS and (is_title or key(line) in above):
            return number
    return None


def without_what_is_around(page: ReadPage, lines: Sequence[str]) -> list[str]:
    """The lines of an article, which has no headline, without what only an extraction takes for its text."""
    at = places(lines, page.blocks)
    found = [page.blocks[number] for number in at]
    if not found:
        return [*lines]
    core = around_most(page.elements, found)
    inside = _inside(page, core)
    own = {*holding(page.elements, found, _TOO_MUCH)}
    for _ in range(2):
        furniture = Furniture(page, own)
        good = [number for number in at if not furniture.has(page.blocks[number].element)]
        if not good:
            return [*lines]
        last = next((number for number in reversed(good) if inside[page.blocks[number].element]), good[-1])
        before = [page.blocks[number] for number in at if number < last and number not in good]
        own |= _called_so_and_text(page, before, _AMONG * sum(len(block.text) for block in found))
    first = next((number for number in good if len(lines[at[number]]) >= _PARAGRAPH), good[0])
    begin, end = min(at[first], _ABOVE), at[last] + 1
    above = _only_in_furniture(page.blocks[:first], furniture)
    behind = _only_in_furniture(page.blocks[last + 1 :], furniture)
    beside = _labels_beside(page, core, last) if len(good) >= _ENOUGH else set()
    head = [line for line in lines[:begin] if len(line) >= _PARAGRAPH or not _is_above(line, above)]
    tail = [line for line in lines[end:] if key(line) not in behind and key(line) not in beside]
    cut = sum(map(len, lines[end:])) - sum(map(len, tail))
    return [*head, *lines[begin:end], *(tail if cut <= _MOST_BEHIND * sum(map(len, lines)) else lines[end:])]


def _called_so_and_text(page: ReadPage, blocks: Sequence[Block], least: float) -> set[int]:
    """The elements with no names but those under which so much of these blocks stands, which are among the text."""
    weights: Counter[str] = Counter()
    names = [names_of(element) for element in page.elements]
    for block in blocks:
        around: set[str] = set()
        number = block.element
        while number:
            around |= names[number]
            number = page.elements[number].parent
        for name in around:
            weights[name] += len(block.text)
    misleading = {name for name, weight in weights.items() if weight > least}
    return {number for number, each in enumerate(names) if each and each <= misleading}


def _only_in_furniture(blocks: Sequence[Block], furniture: Furniture) -> set[tuple[str, ...]]:
    """What stands in furniture and nowhere else: the headings of an article stand in its table of contents, too."""
    found = {key(block.text) for block in blocks if furniture.has(block.element)}
    return found - {key(block.text) for block in blocks if not furniture.has(block.element)}


def _labels_beside(page: ReadPage, core: int, last: int) -> set[tuple[str, ...]]:
    """What is short, no sentence and no item, and stands behind the last paragraph and nowhere in the article."""
    inside = _inside(page, _article_around(page, core))
    labels, known = set(), set()
    for block in page.blocks[last + 1 :]:
        is_label = len(block.text) < TELLING and not _ENDS.search(block.text)
        if inside[block.element] or page.elements[block.element].tag in ITEMS or not is_label:
            known.add(key(block.text))
        else:
            labels.add(key(block.text))
    return labels - known


def _is_above(line: str, above: set[tuple[str, ...]]) -> bool:
    if line.startswith(_ROW):
        return False
    return says_when(line) or (key(line) in above and not _ENDS.search(line))


def _inside(page: ReadPage, around: int) -> list[bool]:
    inside = [False] * len(page.elements)
    for number, element in enumerate(page.elements):
        inside[number] = number == around or inside[element.parent]
    return inside


def _article_around(page: ReadPage, core: int) -> int:
    around = core
    while around and page.elements[around].tag != "article":
        around = page.elements[around].parent
    return around or core


def _is_in_heading(page: ReadPage, element: int) -> bool:
    while element and page.elements[element].tag != "h1":
        element = page.elements[element].parent
    return page.elements[element].tag == "h1"
