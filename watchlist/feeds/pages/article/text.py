"""TREE -> HEADLINE, TEXT: what an extraction takes of a page, mended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import trafilatura
from lxml import html

from watchlist.feeds.pages.article.blocks import read_blocks
from watchlist.feeds.pages.article.ends import headline_of, without_what_is_around
from watchlist.feeds.pages.article.left_out import with_what_is_left_out
from watchlist.feeds.reading.extract import clean, one_line

#: The text of a whole book; what is longer is no article, and would keep the scan busy.
_LONGEST_TEXT = 500_000


@dataclass(frozen=True, slots=True)
class ArticleText:
    """An article without what stands around it."""

    #: As it stands above the text; empty where none does.
    headline: str
    #: A line for each block.
    text: str


def article_of(tree: Any, url: str, title: str) -> ArticleText:
    """The article of a page that has this title; both are empty where none could be made out."""
    # A copy: the extraction takes the tree apart.
    found = trafilatura.extract(
        html.fromstring(html.tostring(tree, encoding="unicode")), url=url, include_comments=False, include_tables=True
    )
    tidy = (one_line(line.removeprefix("- ")) for line in clean(found or "").splitlines())
    lines = cut("\n".join(line for line in tidy if line)).splitlines()
    page = read_blocks(tree)
    at = headline_of(page, lines, title) if len(lines) > 1 else None
    headline = "" if at is None else lines.pop(at)
    lines = with_what_is_left_out(page, without_what_is_around(page, lines), headline)
    return ArticleText(headline, cut("\n".join(lines)))


def cut(text: str) -> str:
    """The text, no longer than a text may be."""
    return text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT].rpartition("\n")[0] or text[:_LONGEST_TEXT]
