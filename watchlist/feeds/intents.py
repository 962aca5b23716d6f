"""What a poll came to, as what is to be stored. Pure: an answer and ``now`` in, an intent out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from http import HTTPStatus

from watchlist.feeds.captures import captures_of
from watchlist.feeds.fetch import FetchedFeed
from watchlist.feeds.reading.document import ParsedFeed
from watchlist.feeds.schedule import after_failed_poll, after_good_poll
from watchlist.model import Article, FeedFetchIntent, FeedForFetch
from watchlist.news.entry import ParsedEntry
from watchlist.news.identity import article_ids


def good_poll(
    feed: FeedForFetch,
    interval: float,
    now: datetime,
    status: int,
    fetched: FetchedFeed | None = None,
    parsed: ParsedFeed | None = None,
) -> FeedFetchIntent:
    """What is to be stored after a poll that went well; without a document when nothing had changed.

    ``interval`` is the shortest time between two polls, in seconds.
    """
    validators = fetched or feed
    hints = feed.hints
    if parsed is not None and fetched is not None:
        hints = replace(parsed.hints, fresh=max(parsed.hints.fresh or 0.0, fetched.fresh or 0.0) or None)
    plan = after_good_poll(feed, interval, hints, now)
    return FeedFetchIntent(
        feed_id=feed.id,
        checked_at=now,
        next_check_at=plan.at,
        reason=plan.reason,
        status=status,
        title=parsed.title if parsed else None,
        etag=validators.etag,
        last_modified=validators.last_modified,
        articles=make_articles(parsed, feed, now) if parsed else (),
        captures=captures_of(chosen_entries(parsed, feed)) if parsed else {},
        hints=hints,
        moved_to=fetched.moved_to if fetched is not None else None,
    )


def failed_poll(
    feed: FeedForFetch,
    interval: float,
    now: datetime,
    reason: str,
    status: int | None = None,
    retry_after: float | None = None,
) -> FeedFetchIntent:
    """What is to be stored after a poll that failed: the validators of the last good one stay."""
    plan = after_failed_poll(feed, interval, retry_after, now)
    return FeedFetchIntent(
        feed_id=feed.id,
        checked_at=now,
        next_check_at=plan.at,
        reason=plan.reason,
        status=status,
        etag=feed.etag,
        last_modified=feed.last_modified,
        error=reason,
        # Said twice, since a server in disorder may say anything once.
        gone=status == HTTPStatus.GONE and feed.last_status == HTTPStatus.GONE,
    )


def make_articles(parsed: ParsedFeed, feed: FeedForFetch, now: datetime) -> tuple[Article, ...]:
    """The feed's entries as articles, in their order, each article once: in its longest version."""
    return tuple(
        Article(
            id=id,
            title=entry.title,
            text=entry.text,
            url=entry.url,
            feed_id=feed.id,
            guid=entry.guid,
            lang=entry.lang,
            published_at=entry.published_at,
            fetched_at=now,
        )
        for id, entry in chosen_entries(parsed, feed).items()
    )


def chosen_entries(parsed: ParsedFeed, feed: FeedForFetch) -> dict[str, ParsedEntry]:
    """The entries that become articles, by the articles' ids: of several with one id the longest."""
    chosen: dict[str, ParsedEntry] = {}
    for id, entry in zip(article_ids(parsed.entries, feed.url, parsed.home), parsed.entries, strict=True):
        if id in chosen and len(chosen[id].title + chosen[id].text) >= len(entry.title + entry.text):
            continue
        if entry.title or entry.text:
            chosen[id] = entry
    return chosen
