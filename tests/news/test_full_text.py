"""Which pages are fetched, when again, and whether a page is that of its article."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from watchlist.model import Article, FullText, PageRecord
from watchlist.news.full_text import MAX_TRIES, choose_pages, has_more, is_same_article, is_summary, join_page, next_try

DAY = timedelta(days=1)
LONG = "The harbour office counted the ships of the week and found them all in their places. " * 10
FRESH_START = PageRecord()


def article(id: str = "a", text: str = "A line.", **changes: Any) -> Article:
    return Article(**{"id": id, "title": "Title", "text": text, "url": f"https://news.example/{id}", **changes})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Short.",
        LONG + "and so on…",
        LONG + "[...]",
        LONG + "Continue reading...",
        LONG + "Read more »",
        LONG + "\nWeiterlesen",
        LONG + "Lire la suite",
        LONG + "Читать далее",
        LONG + "续读 查看全文",
        LONG + "The post Ships counted appeared first on Harbour News.",
    ],
)
def test_a_short_or_broken_off_text_is_a_summary(text: str) -> None:
    assert is_summary(text)


@pytest.mark.parametrize("text", [LONG, LONG + "He said there was more to read in it.", "…and then " + LONG])
def test_a_long_text_with_an_end_is_none(text: str) -> None:
    assert not is_summary(text)


def test_summaries_want_their_page_and_full_texts_do_not(now: datetime) -> None:
    articles = [article("a"), article("b", LONG), article("c", url=None)]
    assert choose_pages(articles, FullText.AUTO, FRESH_START, now, oldest=None) == {"a"}
    assert choose_pages(articles, FullText.ALWAYS, FRESH_START, now, oldest=None) == {"a", "b"}
    assert choose_pages(articles, FullText.NEVER, FRESH_START, now, oldest=None) == frozenset()


@pytest.mark.parametrize("setting", [FullText.AUTO, FullText.ALWAYS])
def test_of_a_first_reading_only_what_is_dated_lately(now: datetime, setting: FullText) -> None:
    articles = [
        article("new", published_at=now - DAY),
        article("old", published_at=now - 3 * DAY),
        article("undated"),
    ]
    assert choose_pages(articles, setting, FRESH_START, now, oldest=now - 2 * DAY) == {"new"}


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (PageRecord(4, 0), {"a", "b"}),
        (PageRecord(5, 1), {"a", "b"}),
        (PageRecord(5, 0), {"a"}),
        (PageRecord(100, 19, None), {"a"}),
        (PageRecord(100, 20, None), {"a", "b"}),
    ],
)
def test_pages_that_were_not_worth_it_get_a_chance_in_a_while(
    now: datetime, record: PageRecord, expected: set[str]
) -> None:
    articles = [article("a"), article("b")]
    assert choose_pages(articles, FullText.AUTO, record, now, oldest=None) == expected
    assert choose_pages(articles, FullText.ALWAYS, record, now, oldest=None) == {"a", "b"}


def test_the_chance_comes_once_a_day(now: datetime) -> None:
    for ago, expected in ((timedelta(hours=23), frozenset()), (timedelta(hours=24), {"a"})):
        record = PageRecord(10, 0, now - ago)
        assert choose_pages([article("a")], FullText.AUTO, record, now, oldest=None) == expected


def test_tries_come_later_each_time_and_end(now: datetime) -> None:
    times = [next_try(now, tries, None) for tries in range(1, MAX_TRIES + 1)]
    assert times == [now + timedelta(minutes=30), now + timedelta(hours=6), None]
    assert next_try(now, 1, 3600.0) == now + timedelta(hours=1)
    assert next_try(now, 1, 5.0) == now + timedelta(minutes=30)
    assert next_try(now, 1, 1e12) == now + DAY


@pytest.mark.parametrize(
    ("title", "summary", "page", "same"),
    [
        (
            "Kaveron ships detained",
            "Two vessels held.",
            "The Kaveron ships were detained on Monday; two vessels.",
            True,
        ),
        ("Kaveron ships detained", "", "Ten recipes for summer evenings, with lemon.", False),
        ("港口扣押了两艘船", "", "周一，港口扣押了两艘船，官员说。", True),
        ("港口扣押了两艘船", "", "夏日晚餐的十个食谱。", False),
        ("", "", "Whatever the address leads to.", True),
        ("Update", "", "An update on the state of the harbour.", True),
    ],
)
def test_a_page_is_of_its_article_when_they_share_words(title: str, summary: str, page: str, same: bool) -> None:
    assert is_same_article(title, summary, page) is same


@pytest.mark.parametrize(
    ("summary", "page", "more"),
    [
        ("Two ships sailed.", "Two ships sailed. The third did not.", True),
        ("Two ships sailed on Monday morning.", "Two ships.", False),
        ("Two ships sailed.", "two SHIPS sailed, two ships sailed", False),
        ("", "Anything.", True),
    ],
)
def test_a_page_has_more_when_it_has_words_that_the_feed_lacks(summary: str, page: str, more: bool) -> None:
    assert has_more("", summary, page) is more


def test_a_summary_stays_in_front_unless_the_page_has_its_words() -> None:
    page = "The bank said on Tuesday that two ships of Kaveron were held."
    assert join_page("Ships", "Two ships of Kaveron were held", page) == (page, 0)
    assert join_page("Kaveron", "Kaveron: two ships were held.", page) == (page, 0)
    text, start = join_page("Ships", "Marrovsky is named.", page)
    assert (text, text[start:]) == (f"Marrovsky is named.\n{page}", page)
    assert join_page("Ships", "", page) == (page, 0)
