"""What on a page is not its article: menus, bars of buttons, and what leads to other articles.

Told by what an element is and what it calls itself; and where it says nothing, by how it is made. A card that leads to
another article has a headline that is a link and a picture or a "read more" with the same link; what holds such cards,
or links that read as headlines, and little else, is a list of them, with its heading and its buttons.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from watchlist.feeds.pages.article.blocks import Anchor, Block, Element, PageLink, ReadPage, letters
from watchlist.feeds.reading.extract import UNSEEN

#: What never belongs to an article, by its tag.
_TAGS = UNSEEN | frozenset({"nav", "footer", "form", "button", "select", "dialog", "head", "label", "fieldset"})
#: And by the words of its class, id, role or label. What ``has-ads`` is no ad.
_NAMES = re.compile(
    r"(?<![a-z])(?<!has-)(?<!with-)(?<!no-)(?:ads?|advert\w*|sponsor\w*|promo\w*|related|recommend\w*|reco|recirc\w*|teasers?|trending|popular|"
    r"most-?read|read-?(?:more|next|also)|more-?(?:on|from|stories)|see-?also|further|next|referenced|rich-?link|"
    r"newsletters?|subscri\w+|sign-?up|paywall|login|share|sharing|shariff|social|follow|"
    r"comments?|comm?entari\w+|comm?entaires?|kommentare?|disqus|repl(?:y|ies)|menu|nav\w*|breadcrumbs?|pagination|pager|"
    r"toc|tags?|topics?|keywords?|footer|cookies?|consent|banner|meta|by-?lines?|authors?|bio|date-?line|time-?stamp|"
    r"tools?|tool-?bar|buttons?|badges?|actions?|controls?|modal|dialog|fly-?out|tooltip|pop-?up|player|transcript|"
    r"outbrain|taboola)(?![a-z])",
    re.IGNORECASE,
)
#: What a box of such things is headed with.
_HEADED = re.compile(
    r"(?:related(?: (?:stor|article|news|content|coverage|post|topic|link|read|video)\w{0,9})?\W{0,3}$|recommended|"
    r"further reading|read (?:more|next|also)|see also|also (?:on|in)|most (?:read|popular)|"
    r"more (?:on|from|in|stories)|trending|up next|you (?:may|might)|don.t miss|"
    r"(?:auch|mehr) (?:zum|von|aus)|lesen sie|das könnte|"
    r"(?:à )?lire (?:aussi|également)|sur le même|leer? (?:más|también)|te puede|lea también|leggi (?:anche|altro)|"
    r"leia (?:mais|também)|lees ook|czytaj|читайте|по теме|اقرأ|مواضيع|بیشتر بخوانید|ilgili haber|"
    r"相关(?:新闻|阅读|文章|报道)|相關(?:新聞|閱讀|文章|報導)|関連(?:記事|ニュース)|관련 ?(?:기사|뉴스))",
    re.IGNORECASE,
)
_LONGEST_HEADING = 40
#: What stands in fewer words is a label, as a rule: "Advertisement", "Read more".
LEAST_WORDS = 4
#: A block of which more than this is links consists of links.
_LINKED = 0.8
#: A link of more words is the headline of another article, unless it is written as a name: with hardly a small letter
#: at the beginning of a word. One of fewer words is where most of them begin with small letters.
_LONGEST_NAME, _LONGEST_OF_ALL, _CAPITALS, _CAPITALS_OF_FEW = 8, 20, 0.7, 0.5
#: Names have no such marks; one that they may have, in a title or a law, counts in a longer link only.
_POINTS = re.compile(r"[:|»›→▸►▶▾▼…]|\.\.\.")
_SPOKEN = re.compile(r"[?!…“”„«»]|\.\.\.|\w[’'](?:re|ll|ve|t)\b")
_LEAST_SPOKEN = 6
#: A card is no longer than this; and of what holds cards and headlines these are so much, less if it is headed so.
_LONGEST_CARD, _MOST, _MOST_HEADED = 800, 0.6, 0.3


class Furniture:
    """Of each element of a page: whether it is furniture. ``own`` are the elements with the article's text."""

    def __init__(self, page: ReadPage, own: Collection[int]) -> None:
        self._elements = elements = page.elements
        #: Around the article's own text stands no furniture, whatever it is called.
        self._around = self._with_what_is_around(own)
        self._is = [
            number not in self._around
            and (element.tag in _TAGS or element.hidden or _NAMES.search(element.called) is not None)
            for number, element in enumerate(elements)
        ]
        self._spread(page.blocks, [*self._cards(page.anchors)])
        for number, element in enumerate(elements):
            self._is[number] = self._is[number] or (number > 0 and self._is[element.parent])

    def has(self, element: int) -> bool:
        """Whether an element is furniture, or stands in it."""
        return self._is[element]

    def _with_what_is_around(self, own: Collection[int]) -> set[int]:
        around: set[int] = {0}
        for number in own:
            while number not in around:
                around.add(number)
                number = self._elements[number].parent
        return around

    def _cards(self, anchors: Sequence[Anchor]) -> Iterator[int]:
        """The elements that hold two links to one place, one after the other."""
        last: dict[str, int] = {}
        for anchor in anchors:
            before = last.get(anchor.address) if anchor.address else None
            if before is not None and (card := self._around_both(before, anchor.element)) not in self._around:
                yield card
            last[anchor.address] = anchor.element

    def _around_both(self, one: int, other: int) -> int:
        while one != other:
            # Elements open after those around them: the later one is never around the earlier.
            one, other = sorted((one, other))
            other = self._elements[other].parent
        return one

    def _spread(self, blocks: Sequence[Block], cards: Sequence[int]) -> None:
        """Mark what consists of cards, of headlines and of what is headed as such."""
        elements = self._elements
        count = len(elements)
        total, leading, linked, headed = [0] * count, [0] * count, [0] * count, [False] * count
        for block in blocks:
            here = block.element
            size = letters(block.text)
            total[here] += size
            if leads_on(block):
                leading[here] += size
            # Links as long as headlines, whether they read as such or not.
            linked[here] += sum(letters(link.text) for link in block.links if len(link.text.split()) >= LEAST_WORDS)
            headed[here] = headed[here] or (
                len(block.text) <= _LONGEST_HEADING and _HEADED.match(block.text) is not None
            )
        is_card = [False] * count
        for card in cards:
            is_card[card] = True
        # Elements open after those around them: from the last to the first, each is whole before it is added.
        for number in range(count - 1, 0, -1):
            around = elements[number].parent
            if number not in self._around:
                if self._is[number]:
                    # It goes by itself, and shows nothing of what is around it.
                    continue
                if is_card[number] and total[number] <= _LONGEST_CARD and linked[number]:
                    leading[number] = total[number]
                if leading[number] > _MOST * total[number] or (
                    headed[number] and linked[number] > _MOST_HEADED * total[number]
                ):
                    self._is[number] = True
                    leading[number] = total[number]
            if around not in self._around:
                total[around] += total[number]
                leading[around] += leading[number]
                linked[around] += linked[number]
                headed[around] = headed[around] or headed[number]


def names_of(element: Element) -> frozenset[str]:
    """The words by which an element calls itself furniture."""
    return frozenset(word.lower() for word in _NAMES.findall(element.called))


def consists_of_links(block: Block) -> bool:
    """Whether a block is links and hardly anything else."""
    return block.linked > _LINKED * letters(block.text)


def leads_on(block: Block) -> bool:
    """Whether a block is a link to another article: mostly links, of which one reads as a headline."""
    return 2 * block.linked > letters(block.text) and any(_is_headline(link.text) for link in block.links)


def is_button(block: Block) -> bool:
    """Whether a block consists of links that do something instead of leading somewhere."""
    return bool(block.links) and consists_of_links(block) and all(_is_button(link) for link in block.links)


def reads_as_name(text: str) -> bool:
    """Whether the words of a link are written as a name, and not as a label: "Zarrin Works", not "Learn more"."""
    words = text.split()
    return 2 * sum(not word[:1].islower() for word in words) > len(words) and not _POINTS.search(text)


def _is_button(link: PageLink) -> bool:
    return link.address is None or not link.text.strip()


def _is_headline(link: str) -> bool:
    words = link.split()
    if len(words) < LEAST_WORDS:
        return False
    if len(words) >= _LEAST_SPOKEN and _SPOKEN.search(link):
        return True
    capitals = sum(not word[:1].islower() for word in words)
    most = _CAPITALS if len(words) > _LONGEST_NAME else _CAPITALS_OF_FEW
    return len(words) > _LONGEST_OF_ALL or capitals < most * len(words)
