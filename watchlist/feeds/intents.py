"""What a poll came to, as what is to be stored. Pure: an answer and ``now`` in, an intent out."""

from __future__ import annotations

from collections.abc import Sequence
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
from watchlist.news.joined import distinct, joined


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
    """The feed's entries as articles, in their order, each article once: with the words of all its versions."""
    return tuple(_article(id, entries, feed, now) for id, entries in _versions(parsed, feed).items())


def chosen_entries(parsed: ParsedFeed, feed: FeedForFetch) -> dict[str, ParsedEntry]:
    """The entries that become articles, by the articles' ids: of several with one id the longest."""
    return {id: _longest(entries) for id, entries in _versions(parsed, feed).items()}


def _versions(parsed: ParsedFeed, feed: FeedForFetch) -> dict[str, list[ParsedEntry]]:
    versions: dict[str, list[ParsedEntry]] = {}
    for id, entry in zip(article_ids(parsed.entries, feed.url, parsed.home), parsed.entries, strict=True):
        if entry.title or entry.text:
            versions.setdefault(id, []).append(entry)
    return versions


def _longest(versions: Sequence[ParsedEntry]) -> ParsedEntry:
    return max(versions, key=lambda each: len(each.title) + len(each.text))


def _article(id: str, versions: Sequence[ParsedEntry], feed: FeedForFetch, now: datetime) -> Article:
    """One article of the entries that are it: the longest, with what only the others say."""
    entry = _longest(versions)
    text = entry.text
    if len(versions) > 1:
        others = (said for each in versions if each is not entry for said in (each.title, each.text))
        text = joined(entry.title, distinct((entry.text, *others)))
    return Article(
        id=id,
        title=entry.title,
        text=text,
        url=entry.url,
        feed_id=feed.id,
        guid=entry.guid,
        lang=entry.lang,
        published_at=entry.published_at,
        fetched_at=now,
    )
