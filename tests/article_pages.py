"""Articles and the untidy pages around them, for the tests of what is read out of pages."""

from __future__ import annotations

from datetime import UTC, datetime

from lxml import html

from watchlist.feeds.pages.article.blocks import ReadPage, read_blocks
from watchlist.feeds.pages.page import Page
from watchlist.feeds.pages.page_in_sandbox import read

NOW = datetime(2026, 3, 1, tzinfo=UTC)
HEADLINE = "Two ships detained in Marrow Bay"
PARAGRAPHS = (
    "The harbour office of Marrow Bay detained two ships on Monday, its director said in a statement.",
    "Both were on their way to the northern terminal with papers that named no owner, according to the office.",
    "One of them belongs to a shipping line that has been fined twice since the spring, the register shows.",
    "The crews were allowed to go ashore while their cargo is looked through, which may take until Friday.",
    "An insurer in the capital said that it had cancelled the cover of both ships a week before they sailed.",
    "The ministry of transport did not answer questions about the licences that it had given to the owners.",
    "Fishermen in the bay complained that the ships had lain at anchor without lights for several nights.",
    "A court will decide next week whether the cargo may be sold, a clerk told reporters after the hearing.",
)
LIST = (
    '<ul>\n<li><a href="/g">Kaveron Petroleum</a></li>\n<li><a href="/k">Zarrin <b>Steel</b>&nbsp;Works</a></li></ul>'
)


def page(inside: str, *, lead: str = "", end: str = "") -> str:
    """An article with a passage between its paragraphs, furniture around it, untidy as they are."""
    first, last = ("\n".join(f"<p>{text}</p>" for text in part) for part in (PARAGRAPHS[:4], PARAGRAPHS[4:]))
    return (
        "<!doctype html><html lang=en><head><title>Two ships detained - Gazette</title></head><body class='nav-open'>"
        "<header><nav><ul><li><a href=/>Home</a></li><li><a href=/topic/wexley>Wexley Oil</a></li></ul></nav></header>"
        f"<main><article class='story share-ready'><h1>{HEADLINE}</h1>{lead}"
        f"<div class=body>{first}{inside}{last}</div>{end}</article></main>"
        "<aside><h3>Most read</h3><ul><li><a href=/1>Wexley Oil</a></li><li><a href=/2>Tides</a></li></ul></aside>"
        "<footer><ul><li><a href=/i>Wexley Oil</a></li></ul>All rights reserved</footer></body></html>"
    )


def page_read(source: str) -> Page:
    """A page as it is read in the sandbox."""
    return read(source, "https://gazette.example/a", NOW)


def blocks_of(source: str) -> ReadPage:
    """A page as its elements and blocks."""
    return read_blocks(html.document_fromstring(source))
