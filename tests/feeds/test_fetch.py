"""What is a feed's own in fetching it; the wire is tested in `http`."""

from __future__ import annotations

import gzip
from datetime import timedelta
from email.utils import format_datetime

import pytest

from watchlist.config import FetchConfig
from watchlist.errors import FeedFetchError
from watchlist.feeds.fetch import ACCEPT, FeedUnchanged, FetchedFeed, client_for, fetch
from watchlist.http.inflate import Packed, TooLargeError
from watchlist.model import FeedForFetch

BODY = b"<rss version='2.0'><channel><title>T</title></channel></rss>"


@pytest.fixture
def get(now, options, client):
    def get(url: str, etag: str | None = None, last_modified: str | None = None) -> FetchedFeed | FeedUnchanged:
        return fetch(FeedForFetch(1, url, etag, last_modified), now, options, client)

    return get


@pytest.fixture
def failure(get):
    def failure(url: str) -> FeedFetchError:
        with pytest.raises(FeedFetchError) as caught:
            get(url)
        assert caught.value.url == url
        return caught.value

    return failure


def test_returns_body_type_and_validators(server, get, options):
    url = server.answer(
        "/f", BODY, content_type="application/rss+xml", etag='W/"a b"', last_modified="Sun, 01 Mar 2026 10:00:00 GMT"
    )

    assert get(url) == FetchedFeed(
        url=url,
        status=200,
        content_type="application/rss+xml",
        body=Packed(BODY, "", options.max_bytes),
        etag='W/"a b"',
        last_modified="Sun, 01 Mar 2026 10:00:00 GMT",
    )
    (request,) = server.requests
    assert request.headers["user-agent"] == options.user_agent.encode()
    assert request.headers["accept"] == ACCEPT.encode()


def test_nothing_new_is_a_value(server, get):
    url = server.answer("/f", status="304 Not Modified")

    assert get(url, '"caf\xe9"', "noon") == FeedUnchanged()
    assert server.requests[0].headers["if-none-match"] == b'"caf\xe9"'
    assert server.requests[0].headers["if-modified-since"] == b"noon"


@pytest.mark.parametrize("validator", [None, ""])
def test_a_304_that_was_not_asked_for_is_an_error(server, now, options, client, validator):
    url = server.answer("/f", status="304 Not Modified")

    with pytest.raises(FeedFetchError, match="answered 304 Not Modified although nothing was asked of it") as caught:
        fetch(FeedForFetch(1, url, validator, validator), now, options, client)
    assert caught.value.status == 304


@pytest.mark.parametrize(
    ("status", "permanent"),
    [("404 Not Found", True), ("403 Forbidden", False), ("500 Internal Server Error", False), ("202 Accepted", False)],
)
def test_other_answers_are_named(server, failure, status, permanent):
    error = failure(server.answer("/f", BODY, status=status))

    assert (error.reason, error.status) == (f"answered {status}", int(status[:3]))
    assert (error.permanent, error.retry_after) == (permanent, None)


def test_a_copy_that_a_proxy_has_altered_is_taken(server, get):
    assert get(server.answer("/f", BODY, status="203 Non-Authoritative Information")).status == 203


def test_retry_after_is_told_and_a_date_counts_from_now(server, failure, now):
    late = format_datetime(now + timedelta(minutes=10), usegmt=True)
    error = failure(server.answer("/f", status="429 Too Many Requests", retry_after=late))

    assert (error.retry_after, error.reason) == (600, "answered 429 Too Many Requests and asks to wait 600 s")


def test_an_address_that_is_none(failure):
    error = failure("nonsense")

    assert error.reason.startswith("not an address that can be fetched")
    assert error.permanent


def test_a_feed_that_is_too_large(server, failure):
    error = failure(server.answer("/f", bytes(200_001)))

    assert (error.reason, error.status) == ("is larger than 200,000 bytes", 200)


def test_a_feed_is_unpacked_where_that_can_be_stopped(server, get, options):
    bomb = gzip.compress(bytes(30_000_000))

    found = get(server.answer("/f", bomb, content_encoding="gzip"))

    assert found.body == Packed(bomb, "gzip", options.max_bytes)
    with pytest.raises(TooLargeError, match="larger than 200,000 bytes"):
        found.body.unpacked()


def test_a_server_that_drips_is_left_at_the_deadline(server, now, client):
    def drip(request, connection):
        connection.send(b"HTTP/1.1 200 OK\r\n\r\n<rss")
        connection.drip(b" " * 1000, 0.1)

    with pytest.raises(FeedFetchError) as caught:
        fetch(FeedForFetch(1, server.script("/f", drip)), now, FetchConfig(deadline=0.5), client)
    assert (caught.value.reason, caught.value.status) == ("no complete answer within 0.5 s", None)


def test_a_feed_on_this_machine_is_fetched_and_what_it_redirects_to_is_guarded(server, now):
    elsewhere = server.url.replace("127.0.0.1", "localhost") + "/f"
    server.answer("/f", BODY)
    url = server.answer("/a", status="302 Found", location=elsewhere)
    with client_for(FetchConfig()) as client:
        assert fetch(FeedForFetch(1, server.url + "/f"), now, FetchConfig(), client).body.data == BODY
        with pytest.raises(FeedFetchError) as caught:
            fetch(FeedForFetch(1, url), now, FetchConfig(), client)
    assert caught.value.reason.startswith("not fetched: localhost is at ")
    with client_for(FetchConfig(allow=("localhost",))) as client:
        assert fetch(FeedForFetch(1, url), now, FetchConfig(), client).body.data == BODY


def test_a_move_for_good_is_told(server, get):
    server.answer("/a", status="301 Moved Permanently", location="/b")
    server.answer("/b", BODY)

    assert get(server.url + "/a").moved_to == server.url + "/b"


def test_a_feed_that_has_moved_is_fetched_from_there(server, now, options, client):
    server.answer("/new", BODY)
    feed = FeedForFetch(1, server.url + "/old", moved_to=server.url + "/new")

    assert fetch(feed, now, options, client).url == server.url + "/new"


def test_how_long_an_answer_stays_fresh(server, get):
    assert get(server.answer("/f", BODY, cache_control="max-age=1200")).fresh == 1200
