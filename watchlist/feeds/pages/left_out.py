"""What an extraction leaves out of an article: names in lists of links, captions, boxes, lists inside tables.

An extraction tells text from furniture by the share of links and by the kind of element, and so loses a list of
companies of which each is a link. Here the page is read once more: what stands between the paragraphs that were taken
is put back in its place, and so is a list or a table that follows the last of them at once. A link that reads as a
headline leads to another article and stays out, as does what calls itself related, recommended and the like. The time
taken is in proportion to the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from watchlist.feeds.reading.extract import BLOCKS, UNSEEN, clean, one_line

#: What never belongs to an article, by its tag.
_FURNITURE_TAGS = UNSEEN | frozenset({"nav", "footer", "form", "button", "select", "dialog", "head"})
#: And by the words of its class, id or role.
_FURNITURE = re.compile(
    r"(?<![a-z])(?:ads?|advert\w*|sponsor\w*|promo\w*|related|recommend\w*|recirc\w*|teasers?|trending|popular|most-?read|"
    r"read-?(?:more|next|also)|more-?(?:on|from|stories)|see-?also|newsletters?|subscri\w+|sign-?up|paywall|login|share|"
    r"sharing|social|follow|comments?|menu|nav\w*|breadcrumbs?|tags?|topics?|keywords?|footer|cookies?|consent|banner|"
    r"by-?lines?|authors?|bio|outbrain|taboola)(?![a-z])",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"(?<![a-z])captions?(?![a-z])", re.IGNORECASE)
#: A block of which more than this is links consists of links.
_LINKED = 0.8
#: A link of more words is the headline of another article, unless it is written as a name: with hardly a small letter
#: at the beginning of a word. One of fewer words is where most of them begin with small letters.
_LONGEST_NAME, _LONGEST_OF_ALL, _CAPITALS, _CAPITALS_OF_FEW = 8, 20, 0.7, 0.5
#: What stands alone in fewer words is a button or a label, as a rule: "Advertisement", "Read more".
_LEAST_WORDS = 4
#: What holds items, each of which may be as short as a name.
_ITEMS = frozenset({"li", "td", "th", "dt", "dd"})
#: A paragraph with fewer letters stands in many places: it does not show where the article is.
_TELLING = 30
#: So much of the article's telling paragraphs is inside the element that is taken for the article.
_MOST = 0.8
_SHINGLE = 3
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Element:
    """An element of a page, by its number in order of opening."""

    tag: str
    #: Its class, id and role.
    called: str
    #: The number of the element around it; its own at the top.
    parent: int


@dataclass(frozen=True, slots=True)
class _Block:
    """A stretch of a page without a break in it."""

    text: str
    #: The number of the element that it stands in.
    element: int
    #: How many letters of it are links, and whether one of these reads as a headline.
    linked: int
    leads_on: bool


def with_what_is_left_out(tree: Any, extracted: str) -> str:
    """The extracted text of a page's article, a line for each block, with what was left out in its place."""
    lines = extracted.splitlines()
    numbers = {_key(line): number for number, line in reversed([*enumerate(lines)])}
    elements, blocks = _read(tree)
    at = [numbers.get(_key(block.text)) if len(block.text) >= _TELLING else None for block in blocks]
    known = [number for number, line in enumerate(at) if line is not None]
    if not known:
        return extracted
    article = _article(elements, [blocks[number] for number in known])
    kinds = _Kinds(elements, article)
    inside = [number for number in known if kinds.inside(blocks[number].element)]
    taken = {run for line in lines for size in range(1, _SHINGLE + 1) for run in _runs(_key(line), size)}
    added: dict[int, list[str]] = {}
    line = at[inside[0]] or 0
    for number, block in enumerate(blocks[: inside[-1]]):
        found = at[number]
        if found is not None and number >= inside[0]:
            line = found
        elif kinds.belongs(block, between=number > inside[0]) and not _all_in(taken, _key(block.text)):
            added.setdefault(line, []).append(block.text)
    line = at[inside[-1]] or 0
    for block in blocks[inside[-1] + 1 :]:
        if _all_in(taken, _key(block.text)):
            line = numbers.get(_key(block.text), line)
        elif kinds.follows(block):
            added.setdefault(line, []).append(block.text)
        else:
            break
    return "\n".join(text for number, line_ in enumerate(lines) for text in (line_, *added.get(number, ())))


def _key(text: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _WORD.findall(text))


def _runs(words: tuple[str, ...], size: int) -> Iterator[tuple[str, ...]]:
    return (words[at : at + size] for at in range(len(words) - size + 1))


def _all_in(taken: set[tuple[str, ...]], words: tuple[str, ...]) -> bool:
    """Whether the words were extracted, as a line or as a part of one."""
    return all(run in taken for run in _runs(words, min(_SHINGLE, len(words)) or 1))


def _article(elements: list[_Element], blocks: list[_Block]) -> int:
    """The number of the innermost element around most of the blocks, by letters."""
    weights = [0] * len(elements)
    for block in blocks:
        weights[block.element] += len(block.text)
    least = _MOST * sum(weights)
    # Elements open after those around them: from the last to the first, each is whole before it is added.
    for number in range(len(elements) - 1, 0, -1):
        if weights[number] >= least:
            return number
        weights[elements[number].parent] += weights[number]
    return 0


class _Kinds:
    """Of the elements inside the article: which are furniture, and which of the kinds that are left out.

    Pictures may stand above the element with the paragraphs, in an ``article`` around both.
    """

    def __init__(self, elements: list[_Element], paragraphs: int) -> None:
        path = [paragraphs]
        while path[-1]:
            path.append(elements[path[-1]].parent)
        article = next((number for number in path if elements[number].tag == "article"), paragraphs)
        around_them = frozenset(path)
        count = len(elements)
        self._inside, self._furniture, self._caption = [False] * count, [False] * count, [False] * count
        self._box, self._item, self._near = [False] * count, [False] * count, [False] * count
        self._inside[article] = self._near[paragraphs] = True
        for number in range(article + 1, count):
            element, around = elements[number], elements[number].parent
            self._inside[number] = self._inside[around]
            tag, called = element.tag, element.called
            # What holds the article's own paragraphs is none, whatever it is called.
            own = number not in around_them and (tag in _FURNITURE_TAGS or bool(_FURNITURE.search(called)))
            self._furniture[number] = self._furniture[around] or own
            self._caption[number] = self._caption[around] or tag == "figcaption" or bool(_CAPTION.search(called))
            self._box[number] = self._box[around] or tag == "aside"
            self._item[number] = self._item[around] or tag in _ITEMS
            self._near[number] = self._near[number] or self._near[around]

    def inside(self, element: int) -> bool:
        """Whether an element is the article or inside it."""
        return self._inside[element]

    def belongs(self, block: _Block, *, between: bool) -> bool:
        """Whether a block is text of a kind that extractions leave out; ``between`` paragraphs more is than before."""
        at = block.element
        if not self._inside[at] or self._furniture[at]:
            return False
        if block.leads_on:
            return False
        if self._caption[at]:
            return True
        is_part = self._box[at] or self._item[at] or _consists_of_links(block)
        return between and (is_part or len(_key(block.text)) >= _LEAST_WORDS)

    def follows(self, block: _Block) -> bool:
        """Whether a block behind the last paragraph, and behind nothing else, is still the article's."""
        at = block.element
        if not self._near[at] or self._furniture[at] or block.leads_on:
            return False
        return self._caption[at] or self._box[at] or self._item[at] or _consists_of_links(block)


def _consists_of_links(block: _Block) -> bool:
    return block.linked > _LINKED * sum(map(str.isalnum, block.text))


def _is_headline(link: str) -> bool:
    words = link.split()
    if len(words) < _LEAST_WORDS:
        return False
    capitals = sum(not word[:1].islower() for word in words)
    most = _CAPITALS if len(words) > _LONGEST_NAME else _CAPITALS_OF_FEW
    return len(words) > _LONGEST_OF_ALL or capitals < most * len(words)


def _read(tree: Any) -> tuple[list[_Element], list[_Block]]:
    """The elements of a page and its blocks, in order. Goes down by a stack of its own, for pages may be deep."""
    reader = _Reader()
    stack: list[tuple[Any, bool]] = [(tree, False)]
    while stack:
        element, closing = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if closing:
            reader.close(tag)
        elif tag and tag not in UNSEEN:
            reader.open(tag, " ".join(filter(None, (element.get("class"), element.get("id"), element.get("role")))))
            reader.take(element.text)
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(element))
            continue
        if element is not tree:
            reader.take(element.tail)
    return reader.elements, reader.blocks


class _Reader:
    """Gathers elements and blocks as a page is gone through."""

    def __init__(self) -> None:
        self.elements: list[_Element] = []
        self.blocks: list[_Block] = []
        self._path: list[int] = []
        self._parts: list[str] = []
        #: The words of each link of the block, and how many links are open.
        self._links: list[list[str]] = []
        self._open_links = 0

    def open(self, tag: str, called: str) -> None:
        """An element begins."""
        if tag in BLOCKS:
            self._end_block()
        self.elements.append(_Element(tag, called, self._path[-1] if self._path else 0))
        self._path.append(len(self.elements) - 1)
        if tag == "a":
            self._open_links += 1
            self._links.append([])

    def close(self, tag: str) -> None:
        """The innermost open element ends."""
        if tag in BLOCKS:
            self._end_block()
        self._path.pop()
        self._open_links -= tag == "a"

    def take(self, text: str | None) -> None:
        """Text between tags."""
        if text:
            self._parts.append(text)
            if self._open_links:
                # A link goes on behind the block it began in, where a whole list stands inside it.
                self._links = self._links or [[]]
                self._links[-1].append(text)

    def _end_block(self) -> None:
        text = one_line(clean("".join(self._parts)))
        if text:
            links = ["".join(parts) for parts in self._links]
            linked = sum(map(str.isalnum, "".join(links)))
            leads_on = 2 * linked > sum(map(str.isalnum, text)) and any(map(_is_headline, links))
            self.blocks.append(_Block(text, self._path[-1] if self._path else 0, linked, leads_on))
        self._parts.clear()
        self._links = []
