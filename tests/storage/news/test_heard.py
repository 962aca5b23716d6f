"""When feeds brought something, also of what is gone and of what was edited since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from watchlist.model import Article, FeedNews, Purgeable, Scan
from watchlist.storage.store import Store

DAY = timedelta(days=1)


def test_news_is_known_by_what_was_stored_screened_and_removed(
    store: Store,
    feed_id: int,
    pull: Callable[..., int],
    scan: Callable[..., Scan],
    article: Callable[..., Article],
    now: datetime,
) -> None:
    assert store.feed_news(now, now + DAY) == {}

    def take(found: Article, at: datetime) -> None:
        found = replace(found, feed_id=feed_id, fetched_at=at)
        pull(found, at=at)
        store.record_scan(scan(found), at)

    take(article(1), now)
    take(article(2), now + 10 * DAY)
    # An edit takes the article to its own time; that it was there before is known by its screening.
    take(article(1, text="Other words."), now + 20 * DAY)
    expected: Any = {feed_id: FeedNews(now, True, now)}
    assert store.feed_news(now - DAY, now + DAY) == expected
    assert store.feed_news(now + DAY, now + 9 * DAY) == {feed_id: FeedNews(now, False, now)}
    assert store.feed_news(now + DAY, now + 30 * DAY) == {feed_id: FeedNews(now, True, now + 20 * DAY)}
    for _ in store.purge(store.start_purge(now), Purgeable.ARTICLES, {Purgeable.ARTICLES: now + 90 * DAY}, now):
        pass
    assert store.feed_news(now - DAY, now + DAY) == expected
    assert store.feed_news(now - 9 * DAY, now)[feed_id] == FeedNews(now, False, None)
