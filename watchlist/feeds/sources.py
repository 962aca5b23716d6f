"""The runner of discovery: asks an address what it is, and if it is a page, which feeds it names."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin

from watchlist.errors import FeedFetchError, FeedParseError
from watchlist.feeds.captures import with_captures
from watchlist.feeds.fetch import FetchedFeed, client_for, fetch
from watchlist.feeds.intents import good_poll
from watchlist.feeds.pages.robots import MOST_READ, READ_DEADLINE
from watchlist.feeds.poll import PollOptions
from watchlist.feeds.reading.discover import LinkedFeed, guesses, robots_sitemaps
from watchlist.feeds.reading.document import ParsedFeed, Source
from watchlist.feeds.sandbox.parse import parse_feed
from watchlist.feeds.sandbox.sandbox import Failed, Sandbox
from watchlist.model import FeedFetchIntent, FeedForFetch


@dataclass(frozen=True, slots=True)
class Discovery:
    """What there is at an address."""

    #: After redirects.
    url: str
    #: The feed, where the address is one itself.
    feed: ParsedFeed | None
    #: The feeds that the page names, where it is a page.
    candidates: tuple[LinkedFeed, ...]
    #: The answer it was read from.
    fetched: FetchedFeed


def discover(url: str, options: PollOptions, now: datetime, *, thorough: bool = False) -> Discovery:
    """Ask an address, once, whether it is a feed or which feeds it names.

    ``thorough`` asks robots.txt too, for news sitemaps, and adds guesses where nothing is named. Raises FeedFetchError
    when there is no answer, FeedParseError when it is neither a feed nor a page that could be read.
    """
    with client_for(options.fetch) as client, Sandbox(1) as sandbox:
        fetched = _fetched(fetch(FeedForFetch(0, url), now, options.fetch, client), url)
        source = Source(fetched.url, fetched.content_type, now)
        try:
            feed = parse_feed(fetched.body, source, sandbox, options.parse_deadline, places=options.keep)
            feed = with_captures(feed, fetched, now) if options.keep else feed
            return Discovery(fetched.url, feed, (), fetched)
        except FeedParseError as error:
            found = _read_page(fetched, sandbox, options.parse_deadline)
            if isinstance(found, Failed):
                raise FeedParseError(url, found.reason) from error
        if thorough:
            robots = urljoin(fetched.url, "/robots.txt")
            # A site without one, or that does not give it, names nothing there.
            with contextlib.suppress(FeedFetchError):
                answer = _fetched(fetch(FeedForFetch(0, robots, meant=url), now, options.fetch, client), robots)
                found += robots_sitemaps(_text(answer, sandbox), answer.url)
            found = found or guesses(fetched.url)
    return Discovery(fetched.url, None, found, fetched)


def first_poll(feed: FeedForFetch, found: Discovery, options: PollOptions, now: datetime) -> FeedFetchIntent | None:
    """The poll that discovery was, for a feed just added: so that its server is asked once, not twice.

    None where the feed must be polled to be read whole: a damaged document, or an index of sitemaps.
    """
    if found.feed is None or found.feed.damage or found.feed.children:
        return None
    return good_poll(feed, options.schedule.feeds, now, found.fetched.status, found.fetched, found.feed)


def _read_page(fetched: FetchedFeed, sandbox: Sandbox, deadline: float) -> tuple[LinkedFeed, ...] | Failed:
    arguments = {"url": fetched.url, "content_type": fetched.content_type}
    outcome = sandbox.run("links", arguments, fetched.body, deadline)
    return outcome if isinstance(outcome, Failed) else tuple(LinkedFeed(**each) for each in outcome)


def _text(fetched: FetchedFeed, sandbox: Sandbox) -> str:
    """The beginning of a text; nothing where it cannot be read."""
    arguments = {"content_type": fetched.content_type, "most": MOST_READ}
    outcome = sandbox.run("text", arguments, fetched.body, READ_DEADLINE)
    return "" if isinstance(outcome, Failed) else str(outcome)


def _fetched(answer: object, url: str) -> FetchedFeed:
    if not isinstance(answer, FetchedFeed):
        raise FeedFetchError(url, "answered 304 Not Modified although nothing was asked of it")
    return answer
