"""The queue between fetching and screening."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from watchlist.errors import StorageError
from watchlist.model import Article, FeedFetchIntent, Scan
from watchlist.storage.store import Store

ArticleFactory = Callable[..., Article]
Pull = Callable[..., int]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def screen(store: Store, now: datetime, scan: Callable[..., Scan]) -> Callable[[Article], None]:
    """Records that an article was screened and nothing found."""

    def record(article: Article) -> None:
        assert store.record_scan(scan(article), now) == ()

    return record


def waiting(store: Store) -> list[str]:
    return [each.title for each in store.unscanned_articles(100)]


def test_an_article_comes_back_as_it_went_in(
    store: Store, now: datetime, pull: Pull, article: ArticleFactory, feed_id: int
) -> None:
    whole = article(
        1,
        "Words “and”\nmore 🚢.",
        feed_id=feed_id,
        guid="tag:1",
        lang="en-GB",
        published_at=datetime.fromisoformat("2026-03-01T13:30:00+02:00"),
    )
    pull(whole)
    assert store.unscanned_articles(5) == (replace(whole, first_reading=True),)


def test_new_articles_wait_and_the_same_again_do_not(
    store: Store, pull: Pull, article: ArticleFactory, screen: Callable[[Article], None]
) -> None:
    first, second = article(1), article(2)
    assert pull(first, second) == 2
    for each in (first, second):
        screen(each)
    assert waiting(store) == []
    assert pull(second, first) == 0
    assert waiting(store) == []
    assert store.article_counts() == (2, 0)


@pytest.mark.parametrize("changes", [{"text": "Other words."}, {"title": "Another title"}])
def test_an_edited_article_waits_again_with_its_new_words(
    store: Store,
    now: datetime,
    pull: Pull,
    article: ArticleFactory,
    screen: Callable[[Article], None],
    changes: dict[str, str],
) -> None:
    pull(article(1))
    screen(article(1))
    edited = article(1, **changes)
    assert pull(edited, at=now + MINUTE) == 1
    (found,) = store.unscanned_articles(5)
    assert (found.title, found.text) == (edited.title, edited.text)
    assert store.article_counts() == (1, 1)


def test_what_is_no_words_does_not_make_an_article_wait_again(
    store: Store, now: datetime, pull: Pull, article: ArticleFactory, screen: Callable[[Article], None]
) -> None:
    pull(article(1))
    screen(article(1))
    assert pull(article(1, published_at=now, fetched_at=now + MINUTE, lang="fr")) == 0


def test_the_oldest_comes_first_and_the_limit_holds(
    store: Store, now: datetime, pull: Pull, article: ArticleFactory
) -> None:
    pull(*(article(n, fetched_at=now - n * MINUTE) for n in range(5)))
    assert [each.title for each in store.unscanned_articles(2)] == ["Article 4", "Article 3"]


def test_an_id_that_comes_twice_in_one_feed_is_one_article(store: Store, pull: Pull, article: ArticleFactory) -> None:
    assert pull(article(1, "First version."), article(1, "Second version.")) == 1
    assert [each.text for each in store.unscanned_articles(5)] == ["Second version."]


def test_more_articles_than_one_statement_takes(store: Store, pull: Pull, article: ArticleFactory) -> None:
    many = [article(n) for n in range(1100)]
    assert pull(*many) == 1100
    assert pull(*many) == 0
    assert store.article_counts() == (1100, 1100)


def test_an_article_that_cannot_be_screened_is_set_aside_with_its_error_until_it_is_edited(
    store: Store, now: datetime, pull: Pull, article: ArticleFactory
) -> None:
    pull(article(1), article(2))
    store.record_scan_error(article(1), "ValueError: odd", now)
    assert waiting(store) == ["Article 2"]
    assert store.scan_errors(5) == (("https://news.example/1", "ValueError: odd"),)
    assert pull(article(1)) == 0
    assert pull(article(1, "Mended.")) == 1
    assert store.scan_errors(5) == ()


def test_an_error_of_old_words_does_not_set_new_ones_aside(
    store: Store, now: datetime, pull: Pull, article: ArticleFactory
) -> None:
    pull(article(1))
    pull(article(1, "New words."))
    store.record_scan_error(article(1), "ValueError: odd", now)
    assert [each.text for each in store.unscanned_articles(5)] == ["New words."]
    assert store.scan_errors(5) == ()


def test_a_time_without_zone_is_refused_and_nothing_of_it_stored(
    store: Store, now: datetime, feed_id: int, article: ArticleFactory
) -> None:
    naive = datetime(2026, 3, 1)  # noqa: DTZ001
    with pytest.raises(StorageError, match="without zone"):
        store.record_fetch(
            FeedFetchIntent(feed_id, now, now, 200, articles=(article(1), article(2, published_at=naive)))
        )
    assert store.article_counts() == (0, 0)
    assert store.feed("News").last_checked_at is None


def test_the_error_of_a_value_that_cannot_be_stored_does_not_repeat_the_statement(
    store: Store, now: datetime, feed_id: int, article: ArticleFactory
) -> None:
    naive = datetime(2026, 3, 1)  # noqa: DTZ001
    with pytest.raises(StorageError) as refused:
        store.record_fetch(FeedFetchIntent(feed_id, now, now, 200, articles=(article(1, published_at=naive),)))
    assert "INSERT" not in str(refused.value)
    assert "Quay Lines" not in str(refused.value)


def test_times_come_back_aware_and_in_utc(store: Store, pull: Pull, article: ArticleFactory) -> None:
    pull(article(1, published_at=datetime.fromisoformat("2026-01-01T01:00:00+05:30")))
    (found,) = store.unscanned_articles(1)
    assert found.published_at is not None
    assert found.published_at.isoformat() == "2025-12-31T19:30:00+00:00"
