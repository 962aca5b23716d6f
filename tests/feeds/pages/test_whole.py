"""Pages that say they are behind a paywall: which have the whole article all the same."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from watchlist.feeds.pages.barriers import PAYWALL
from watchlist.feeds.pages.outcome import judge
from watchlist.feeds.pages.page_in_sandbox import read
from watchlist.feeds.pages.whole import READ_ALL_THE_SAME, Told, is_plainly_whole
from watchlist.model import PageForFetch, PageIntent, PageStatus

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PAGE = PageForFetch("a", "https://gazette.example/a", "Two ships detained", "Two ships were detained in the bay.", "h")
SENTENCE = "The harbour office detained ship number {} in the bay on Monday, and its director named Kaveron Shipping. "
LONG = [SENTENCE.format(n) * 2 for n in range(20)]
COUNT = sum(len(each.split()) for each in LONG)


def source(paragraphs: list[str], closed: str = "", **declared: Any) -> str:
    told = json.dumps({"@type": "NewsArticle", "isAccessibleForFree": False, **declared})
    inside = "".join(f"<p>{each}</p>" for each in paragraphs)
    return (
        f'<html lang=en><head><title>Two ships</title><script type="application/ld+json">{told}</script></head>'
        f"<body><main><article><h1>Two ships</h1><div class=body>{inside}{closed}</div></article></main></body>"
    )


def intent(page: str, **options: Any) -> PageIntent:
    return judge(PAGE, read(page, PAGE.url, NOW), NOW, **options)


@pytest.mark.parametrize(
    "page",
    [
        source(LONG),
        source(LONG, wordCount=COUNT),
        source(LONG, wordCount=str(COUNT)),
        source(LONG, articleBody=" ".join(LONG)),
        source(
            LONG[:6],
            f"<div class='x paid'>{''.join(f'<p>{each}</p>' for each in LONG[6:])}</div>",
            hasPart={"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".paid"},
        ),
        source(LONG, "<div class=overlay>Subscribe to continue reading</div>"),
    ],
)
def test_the_whole_text_is_used_and_it_is_said(page: str) -> None:
    found = intent(page)
    assert (found.status, found.reason) == (PageStatus.READ, READ_ALL_THE_SAME)
    assert "ship number 19" in found.text


@pytest.mark.parametrize(
    "page",
    [
        source(LONG[:3]),
        source(LONG[:8], wordCount=COUNT),
        source(LONG[:12], articleBody=" ".join(f"Another sentence about matter {n} of the kind." for n in range(900))),
        source([*LONG[:-1], "The harbour office detained the last of them and its director…"]),
        source([*LONG[:-1], "Subscribe to continue reading this article about the harbour office today."]),
        source(LONG[:6], "<div class=paid></div>", hasPart={"isAccessibleForFree": False, "cssSelector": ".paid"}),
    ],
)
def test_a_beginning_is_not(page: str) -> None:
    found = intent(page)
    assert (found.status, found.reason) == (PageStatus.FAILED, PAYWALL)


def test_who_must_not_leaves_it() -> None:
    assert intent(source(LONG), reads_paywalled=False).reason == PAYWALL


def test_what_is_free_is_read_without_a_word() -> None:
    found = intent(source(LONG).replace("false", "true"))
    assert (found.status, found.reason) == (PageStatus.READ, None)


def test_without_a_sign_of_its_length_a_text_must_be_long_and_end() -> None:
    text = " ".join(LONG)
    assert is_plainly_whole(text, Told())
    assert not is_plainly_whole(text[:2000], Told())
    assert not is_plainly_whole(text.rstrip(". "), Told())
