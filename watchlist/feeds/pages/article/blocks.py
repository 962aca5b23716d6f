"""A page as its elements and its blocks, in order: what stands where, what of it are links, and where these lead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from watchlist.feeds.reading.extract import BLOCKS, UNSEEN, clean, one_line

#: What a reader of the page does not see, by what the page itself says of it.
_HIDDEN = re.compile(r"(?:^|;)\s{0,9}(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden)", re.IGNORECASE)
#: ``relatedContent`` is two words.
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
#: Links that do something instead of leading somewhere; one that hands on an address of a page shares that page.
_DOES = re.compile(
    r"\s{0,9}(?:javascript:|mailto:|tel:|whatsapp:|#|$)|[^?]{0,500}\?.{0,500}?=https?(?::|%3a)", re.IGNORECASE
)
_LONGEST_ADDRESS = 2000


@dataclass(frozen=True, slots=True)
class Element:
    """An element of a page, by its number in order of opening."""

    tag: str
    #: Its class, id, role and label.
    called: str
    #: The number of the element around it; its own at the top.
    parent: int
    #: How many elements are around it.
    depth: int
    #: Whether it says that it is not shown.
    hidden: bool


@dataclass(frozen=True, slots=True)
class PageLink:
    """A part of a block that is a link, or all of it."""

    text: str
    #: None for one that is a button rather than a link.
    address: str | None


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a page without a break in it."""

    text: str
    #: The number of the element that it stands in.
    element: int
    links: tuple[PageLink, ...]

    @property
    def linked(self) -> int:
        """How many letters of it are links."""
        return sum(letters(link.text) for link in self.links)


@dataclass(frozen=True, slots=True)
class Anchor:
    """An ``a`` that leads somewhere, whether it has words or a picture."""

    address: str
    element: int


@dataclass(frozen=True, slots=True)
class ReadPage:
    """All of a page, each in order."""

    elements: list[Element]
    blocks: list[Block]
    anchors: list[Anchor]


def letters(text: str) -> int:
    """How many letters and digits a text has."""
    return sum(map(str.isalnum, text))


def read_blocks(tree: Any) -> ReadPage:
    """What a page is made of. Goes down by a stack of its own, for pages may be deep."""
    reader = _Reader()
    stack: list[tuple[Any, bool]] = [(tree, False)]
    while stack:
        element, closing = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if closing:
            reader.close(tag)
        elif tag and tag not in UNSEEN:
            reader.open(tag, element)
            reader.take(element.text)
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(element))
            continue
        if element is not tree:
            reader.take(element.tail)
    return ReadPage(reader.elements, reader.blocks, reader.anchors)


class _Reader:
    """Gathers elements and blocks as a page is gone through."""

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.blocks: list[Block] = []
        self.anchors: list[Anchor] = []
        self._path: list[int] = []
        self._parts: list[str] = []
        #: The addresses of the links that are open, and the links of the block, each with its words.
        self._open: list[str | None] = []
        self._links: list[tuple[str | None, list[str]]] = []

    def open(self, tag: str, element: Any) -> None:
        """An element begins."""
        if tag in BLOCKS:
            self._end_block()
        names = filter(None, map(element.get, ("class", "id", "role", "aria-label")))
        hidden = (
            element.get("hidden") is not None
            or element.get("aria-hidden") == "true"
            or _HIDDEN.search((element.get("style") or "")[:_LONGEST_ADDRESS]) is not None
        )
        around = self._path[-1] if self._path else 0
        called = _HUMP.sub("-", " ".join(names))
        self.elements.append(Element(tag, called, around, len(self._path), hidden))
        self._path.append(len(self.elements) - 1)
        if tag == "a":
            address = _leads_to(element.get("href"))
            if address is not None:
                self.anchors.append(Anchor(address, self._path[-1]))
            self._open.append(address)
            self._links.append((address, []))

    def close(self, tag: str) -> None:
        """The innermost open element ends."""
        if tag in BLOCKS:
            self._end_block()
        self._path.pop()
        if tag == "a":
            self._open.pop()

    def take(self, text: str | None) -> None:
        """Text between tags."""
        if text:
            self._parts.append(text)
            if self._open:
                # A link goes on behind the block it began in, where a whole list stands inside it.
                self._links = self._links or [(self._open[-1], [])]
                self._links[-1][1].append(text)

    def _end_block(self) -> None:
        text = one_line(clean("".join(self._parts)))
        if text:
            links = tuple(PageLink("".join(parts), address) for address, parts in self._links)
            self.blocks.append(Block(text, self._path[-1] if self._path else 0, links))
        self._parts.clear()
        self._links = []


def _leads_to(address: str | None) -> str | None:
    # Without an address it may have had one that a script puts there: it is no button.
    if address is None:
        return ""
    if _DOES.match(address[:_LONGEST_ADDRESS]):
        return None
    return address.partition("#")[0]
