"""Whether a page that says it is behind a paywall has the whole article all the same. Pure.

Many publishers send the article to everybody and let a script of the browser's count readers. What is plainly whole can
be screened; a beginning that is taken for the whole would hide that there is more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from watchlist.feeds.pages.barriers import asks_to_pay
from watchlist.news.full_text import is_summary

READ_ALL_THE_SAME = "the page says that it is behind a paywall, and has the whole text"

#: Of the words that the page says it has, so many must be there.
_MOST = 0.9
#: A text of fewer characters is a beginning, where the page says nothing of its length.
_LONG = 2500
#: So much stands in the part of the page that it names as closed, if that part is there.
_CLOSED = 600
_WORD = re.compile(r"\w+")
#: What an article ends with, and a text that was cut off seldom.
_ENDS = re.compile(r"[.!?。！？؟۔…\"”»’')\]]\s{0,9}\Z")
#: The end of a text, where a page asks for a subscription.
_END = 500


@dataclass(frozen=True, slots=True)
class Told:
    """What a page tells machines of the length of its article; None where it does not."""

    #: ``wordCount`` and the longest ``articleBody`` of schema.org.
    words: int | None = None
    body: str = ""
    #: Characters in the part that ``cssSelector`` names as closed.
    closed: int | None = None


def is_plainly_whole(text: str, told: Told) -> bool:
    """Whether the text is the whole article, by what the page tells, else by its length and how it ends."""
    if is_summary(text) or asks_to_pay(text[-_END:]):
        return False
    if told.words is not None:
        return len(_WORD.findall(text)) >= _MOST * told.words
    if len(told.body) >= _LONG and not _has(text, told.body):
        return False
    if told.closed is not None:
        return told.closed >= _CLOSED
    return len(text) >= _LONG and _ENDS.search(text[-20:]) is not None


def _has(text: str, body: str) -> bool:
    words = set(_WORD.findall(body.casefold()))
    return len(words & set(_WORD.findall(text.casefold()))) >= _MOST * len(words)
