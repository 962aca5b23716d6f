"""FEED -> BYTES: one conditional GET, bounded in time, size and redirects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import httpx

from watchlist.config import FetchConfig
from watchlist.errors import FeedFetchError
from watchlist.http.addresses import Guard
from watchlist.http.client import make_client
from watchlist.http.exchange import Validators
from watchlist.http.failures import HttpError
from watchlist.http.freshness import freshness
from watchlist.http.get import Wanted, get
from watchlist.http.inflate import Packed
from watchlist.http.limits import Limits
from watchlist.model import FeedForFetch

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
)

#: A copy that a proxy has altered (203) is still a feed or a page.
GOOD = frozenset({200, 203})


@dataclass(frozen=True, slots=True)
class FetchedFeed:
    """A body that came back, as it came, with what the next conditional request needs."""

    #: Where the body came from, after redirects.
    url: str
    status: int
    content_type: str | None
    body: Packed
    #: The server's validators byte for byte, as Latin-1.
    etag: str | None
    last_modified: str | None
    #: Seconds that the answer stays fresh, by its headers.
    fresh: float | None = None
    #: Where the feed has moved, if every redirect on the way said so for good (301, 308).
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class FeedUnchanged:
    """The server's word that nothing changed since the validators that were sent."""

    status: int = 304


def client_for(options: FetchConfig) -> httpx.Client:
    """The client for what strangers name: kept to the public internet, save for what ``options`` allow."""
    return make_client(options.user_agent, deadline=options.deadline, guard=Guard.allowing(options.allow))


def fetch(feed: FeedForFetch, now: datetime, options: FetchConfig, client: httpx.Client) -> FetchedFeed | FeedUnchanged:
    """Get the feed, or learn that it has not changed since the validators it carries.

    ``client`` comes from `client_for`; ``now`` is what a Retry-After date counts from. Raises
    FeedFetchError with a reason a person understands.
    """
    wanted = Wanted(
        feed.moved_to or feed.url,
        accept=ACCEPT,
        validators=Validators(feed.etag or None, feed.last_modified or None),
        meant=feed.url if feed.meant is None else feed.meant,
        good=GOOD,
    )
    limits = Limits.starting_now(options.deadline, options.max_bytes)
    try:
        with get(client, wanted, limits, now=now) as answer:
            if answer.not_modified:
                return FeedUnchanged(answer.status)
            return FetchedFeed(
                url=answer.url,
                status=answer.status,
                content_type=answer.header("content-type"),
                body=answer.packed(),
                etag=answer.validators.etag,
                last_modified=answer.validators.last_modified,
                fresh=freshness(answer.header("cache-control"), answer.header("expires"), now),
                moved_to=answer.moved_to,
            )
    except HttpError as error:
        raise FeedFetchError(
            feed.url,
            error.reason,
            status=error.status,
            retry_after=error.retry_after,
            permanent=error.permanent,
        ) from error
