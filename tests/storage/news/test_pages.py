"""The queue of pages, and the words that they bring into their articles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from watchlist.model import (
    Access,
    Article,
    FeedFetchIntent,
    PageForFetch,
    PageHost,
    PageIntent,
    PageRecord,
    PageStatus,
    Scan,
)
from watchlist.storage.store import Store

ArticleFactory = Callable[..., Article]
MINUTE = timedelta(minutes=1)
SUMMARY = "Two ships were held."
PAGE = "Two ships were held in Marrow Bay on Monday.\nQuay Lines 1 owns one of them."

Pull = Callable[..., int]


@pytest.fixture
def pull(store: Store, feed_id: int) -> Pull:
    """Stores a good poll with these articles, whose pages are all wanted."""

    def record(*articles: Article, at: datetime, wanted: bool = True) -> int:
        pages = frozenset(each.id for each in articles) if wanted else frozenset[str]()
        found = tuple(replace(each, feed_id=each.feed_id or feed_id, fetched_at=at) for each in articles)
        return store.record_fetch(FeedFetchIntent(feed_id, at, at, status=200, articles=found, pages=pages))

    return record


@pytest.fixture
def screen_all(store: Store, now: datetime, scan: Callable[..., Scan]) -> Callable[[], list[Article]]:
    """Records that what waits was screened and nothing found; gives what waited."""

    def record() -> list[Article]:
        found = [*store.unscanned_articles(100)]
        for each in found:
            assert store.record_scan(scan(each), now) == ()
        return found

    return record


def due(store: Store, now: datetime) -> PageForFetch:
    (page,) = store.due_pages(now, 10)
    return page


def read(page: PageForFetch, at: datetime, text: str = PAGE, **changes: Any) -> PageIntent:
    return PageIntent(page, at, PageStatus.READ, **{"text": text, **changes})


def failed(page: PageForFetch, at: datetime, reason: str, next_at: datetime | None = None) -> PageIntent:
    status = PageStatus.WAITING if next_at else PageStatus.FAILED
    return PageIntent(page, at, status, reason=reason, next_at=next_at)


def test_pages_are_queued_for_new_and_edited_articles_that_want_them(
    store: Store, now: datetime, pull: Pull, article: ArticleFactory
) -> None:
    pull(article(1, SUMMARY), at=now)
    pull(article(2, SUMMARY), at=now, wanted=False)
    page = due(store, now)
    assert (page.url, page.title, page.summary, page.tries) == ("https://news.example/1", "Article 1", SUMMARY, 0)
    assert store.due_pages(now - MINUTE, 10) == ()
    store.record_page(failed(page, now, "gone"))
    pull(article(1, SUMMARY), at=now + MINUTE)
    assert store.due_pages(now + MINUTE, 10) == ()
    pull(article(1, SUMMARY + " A third followed."), article(2, SUMMARY + " So it was."), at=now + 2 * MINUTE)
    assert sorted(each.url[-1] for each in store.due_pages(now + 2 * MINUTE, 10)) == ["1", "2"]


def test_the_words_of_a_page_are_screened_and_the_same_summary_again_does_not_undo_them(
    store: Store, now: datetime, pull: Pull, article: ArticleFactory, screen_all: Callable[[], list[Article]]
) -> None:
    pull(article(1, SUMMARY), at=now)
    screen_all()
    assert store.record_page(read(due(store, now), now + MINUTE, lang="en", published_at=now)) is True
    (waiting,) = screen_all()
    assert (waiting.title, waiting.text, waiting.lang, waiting.published_at) == ("Article 1", PAGE, "en", now)
    state = store.page_state(waiting.id)
    assert state is not None
    assert (state.status, state.start, state.fetched_at, state.reason) == (PageStatus.READ, 0, now + MINUTE, None)
    for n in range(2, 5):
        assert pull(article(1, SUMMARY), at=now + n * MINUTE) == 0
    assert store.unscanned_articles(5) == ()
    assert store.due_pages(now + 9 * MINUTE, 10) == ()


def test_an_edit_of_the_summary_is_screened_at_once_with_the_pages_words_and_fetches_the_page_again(
    store: Store, now: datetime, pull: Pull, article: ArticleFactory, screen_all: Callable[[], list[Article]]
) -> None:
    pull(article(1, SUMMARY), at=now)
    store.record_page(read(due(store, now), now))
    screen_all()
    edited = "Marrovsky is named."
    assert pull(article(1, edited), at=now + MINUTE) == 1
    (waiting,) = screen_all()
    assert waiting.text == f"{edited}\n{PAGE}"
    page = due(store, now + MINUTE)
    assert (page.summary, page.text[page.start :]) == (edited, PAGE)
    newer = PAGE + "\nThe third sailed."
    assert store.record_page(read(page, now + 2 * MINUTE, newer)) is True
    assert [each.text for each in screen_all()] == [f"{edited}\n{newer}"]
    assert pull(article(1, edited), at=now + 3 * MINUTE) == 0


def test_when_the_page_cannot_be_had_again_its_former_words_stay(
    store: Store, now: datetime, pull: Pull, article: ArticleFactory, screen_all: Callable[[], list[Article]]
) -> None:
    pull(article(1, SUMMARY), at=now)
    store.record_page(read(due(store, now), now))
    pull(article(1, SUMMARY + " It rained."), at=now + MINUTE)
    store.record_page(failed(due(store, now + MINUTE), now + MINUTE, "gone"))
    (waiting,) = screen_all()
    assert waiting.text == f"{SUMMARY} It rained.\n{PAGE}"


def test_a_page_that_comes_after_its_article_was_edited_is_not_stored(
    store: Store, now: datetime, pull: Pull, article: ArticleFactory
) -> None:
    pull(article(1, SUMMARY), at=now)
    page = due(store, now)
    pull(article(1, "Other words."), at=now + MINUTE)
    assert store.record_page(read(page, now + MINUTE)) is False
    assert due(store, now + MINUTE).text == "Other words."


def test_what_another_feed_alone_says_is_screened_once_and_the_page_stays(
    store: Store, now: datetime, pull: Pull, article: ArticleFactory, screen_all: Callable[[], list[Article]]
) -> None:
    other = store.add_feed("https://other.example/feed.xml", None)
    pull(article(1, SUMMARY), at=now)
    store.record_page(read(due(store, now), now))
    screen_all()
    elsewhere = article(1, "Marrovsky is named.", feed_id=other.id)
    assert pull(elsewhere, at=now + MINUTE) == 1
    (waiting,) = screen_all()
    assert "Marrovsky is named." in waiting.text
    assert waiting.text.endswith(PAGE)
    for each in (article(1, SUMMARY), elsewhere, article(1, "ships in Marrow Bay", feed_id=other.id)):
        assert pull(each, at=now + 2 * MINUTE) == 0
    assert store.due_pages(now + 2 * MINUTE, 10) == ()


def test_a_failure_is_kept_with_its_reason_and_waits_its_time(
    store: Store, now: datetime, pull: Pull, article: ArticleFactory
) -> None:
    pull(article(1, SUMMARY), at=now)
    store.record_page(failed(due(store, now), now, "answered 502", now + 30 * MINUTE))
    assert store.due_pages(now + 29 * MINUTE, 10) == ()
    page = due(store, now + 30 * MINUTE)
    assert page.tries == 1
    store.record_page(failed(page, now + 30 * MINUTE, "answered 404"))
    assert store.due_pages(now + timedelta(days=900), 10) == ()
    state = store.page_state(page.article_id)
    assert state is not None
    assert (state.status, state.reason, state.tries) == (PageStatus.FAILED, "answered 404", 2)
    # The summary is screened whatever becomes of the page.
    assert [each.text for each in store.unscanned_articles(5)] == [SUMMARY]


def test_untried_pages_come_first_then_the_latest(
    store: Store, now: datetime, pull: Pull, article: ArticleFactory
) -> None:
    for n in range(3):
        pull(article(n, SUMMARY), at=now + n * MINUTE)
    first = store.due_pages(now + 5 * MINUTE, 1)[0]
    assert first.url.endswith("/2")
    store.record_page(failed(first, now, "down", now + MINUTE))
    assert [each.url[-1] for each in store.due_pages(now + 5 * MINUTE, 10)] == ["1", "0", "2"]


def test_how_pages_stand_and_how_those_of_a_feed_turned_out(
    store: Store, now: datetime, pull: Pull, article: ArticleFactory, feed_id: int
) -> None:
    pull(*(article(n, SUMMARY) for n in range(6)), at=now)
    pages = {each.url[-1]: each for each in store.due_pages(now, 10)}
    store.record_page(read(pages["0"], now))
    store.record_page(PageIntent(pages["1"], now + MINUTE, PageStatus.PLAIN))
    for n in "23":
        store.record_page(failed(pages[n], now, "a paywall"))
    store.record_page(failed(pages["4"], now, "down", now + MINUTE))
    counts = store.page_counts(1)
    assert counts.by_status == {
        PageStatus.READ: 1,
        PageStatus.PLAIN: 1,
        PageStatus.FAILED: 2,
        PageStatus.WAITING: 2,
    }
    assert counts.reasons == (("a paywall", 2),)
    assert store.page_records(now) == {feed_id: PageRecord(4, 1, now + MINUTE)}
    assert store.page_records(now + 2 * MINUTE) == {}


def test_sites_come_back_as_they_went_in_and_take_new_values(store: Store, now: datetime) -> None:
    host = PageHost("https://news.example", Access.RULES, "User-agent: *\n", now, now + MINUTE, None, now + MINUTE)
    closed = replace(
        host, origin="https://other.example", access=Access.CLOSED, rules="", reason="down", hold_until=None
    )
    for each in (host, closed, host):
        store.record_page_host(each)
    assert set(store.page_hosts([host.origin, closed.origin, "https://third.example"])) == {host, closed}
    store.record_page_host(replace(closed, access=Access.OPEN))
    assert store.page_hosts([closed.origin]) == (replace(closed, access=Access.OPEN),)


def test_what_a_first_reading_brought_is_marked_until_it_is_edited(
    store: Store, now: datetime, pull: Pull, article: ArticleFactory
) -> None:
    pull(article(1), article(2), at=now)
    pull(article(1), article(2, "Edited."), article(3), at=now + MINUTE)
    found = {each.title: each.first_reading for each in store.unscanned_articles(10)}
    assert found == {"Article 1": True, "Article 2": False, "Article 3": False}


def test_a_feed_that_is_always_damaged_has_one_first_reading(
    store: Store, now: datetime, feed_id: int, article: ArticleFactory
) -> None:
    for n in (1, 2):
        found = (article(n, feed_id=feed_id),)
        store.record_fetch(FeedFetchIntent(feed_id, now, now, 200, articles=found, error="damaged XML"))
    assert {each.title: each.first_reading for each in store.unscanned_articles(10)} == {
        "Article 1": True,
        "Article 2": False,
    }
