"""One conditional GET, from a real server on loopback."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime

import pytest

from tests.http.conftest import NOW
from watchlist.http.exchange import Validators
from watchlist.http.failures import Failure
from watchlist.http.get import MAX_REDIRECTS

BODY = b"<rss version='2.0'><channel><title>T</title></channel></rss>"


def test_returns_body_and_validators(server, ask):
    url = server.answer("/f", BODY, etag='W/"a b"', last_modified="Sun, 01 Mar 2026 10:00:00 GMT")
    got = ask(url)

    assert (got.url, got.status, got.body, got.moved_to) == (url, 200, BODY, None)
    assert got.validators == Validators('W/"a b"', "Sun, 01 Mar 2026 10:00:00 GMT")
    assert not got.not_modified


def test_says_who_asks_and_for_what(server, ask):
    ask(server.answer("/f", BODY), accept="text/html")

    (request,) = server.requests
    assert (request.method, request.headers["user-agent"]) == ("GET", b"test/1.0")
    assert request.headers["accept"] == b"text/html"
    assert request.headers["accept-encoding"] == b"gzip, deflate"
    assert "if-none-match" not in request.headers
    assert "if-modified-since" not in request.headers


@pytest.mark.parametrize("etag", ['"plain"', 'W/"weak"', "unquoted", '"caf\xe9 \xff"', '"--gzip"'])
def test_echoes_validators_byte_for_byte(server, ask, etag):
    url = server.answer("/f", BODY, etag=etag, last_modified="yesterday, about noon")
    first = ask(url)
    server.answer("/f", status="304 Not Modified")

    assert ask(url, validators=first.validators).not_modified
    assert server.requests[1].headers["if-none-match"] == etag.encode("latin-1")
    assert server.requests[1].headers["if-modified-since"] == b"yesterday, about noon"


def test_a_validator_that_is_very_long_is_not_kept(server, ask):
    assert ask(server.answer("/f", BODY, etag="x" * 1001, last_modified="")).validators == Validators()


def test_a_304_that_was_not_asked_for_is_an_error(server, failure):
    error = failure(server.answer("/f", status="304 Not Modified"))

    assert (error.kind, error.status) == (Failure.UNASKED, 304)
    assert "304 Not Modified" in error.reason


@pytest.mark.parametrize(
    ("status", "permanent"),
    [
        ("404 Not Found", True),
        ("410 Gone", True),
        ("403 Forbidden", False),
        ("500 Internal Server Error", False),
        ("503 Service Unavailable", False),
        ("202 Accepted", False),
        ("203 Non-Authoritative Information", False),
        ("206 Partial Content", False),
    ],
)
def test_other_answers_are_named(server, failure, status, permanent):
    error = failure(server.answer("/f", BODY, status=status))

    assert (error.kind, error.status, error.retry_after) == (Failure.STATUS, int(status[:3]), None)
    assert (error.reason, error.detail, error.permanent) == (f"answered {status}", status, permanent)


def test_what_is_a_good_answer_can_be_said(server, ask):
    url = server.answer("/f", BODY, status="203 Altered")

    assert ask(url, good=frozenset({200, 203})).status == 203


def test_an_unknown_status_is_given_as_a_number_and_in_the_servers_words(server, failure):
    error = failure(server.answer("/f", status="799 Whatever"))

    assert (error.reason, error.detail) == ("answered 799", "799 Whatever")


@pytest.mark.parametrize("wish", ["600", format_datetime(NOW + timedelta(minutes=10), usegmt=True)])
@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_a_wish_for_patience(server, failure, status, wish):
    error = failure(server.answer("/f", status=status, retry_after=wish))

    assert (error.retry_after, error.reason) == (600, f"answered {status} and asks to wait 600 s")


def test_follows_redirects_and_says_where_the_body_came_from(server, ask):
    server.answer("/a", status="301 Moved Permanently", location="/b")
    server.answer("/b", status="302 Found", location=server.url + "/c")
    server.answer("/c", BODY)
    got = ask(server.url + "/a")

    assert (got.url, got.body) == (server.url + "/c", BODY)


def test_a_redirect_loop_ends(server, failure):
    error = failure(server.answer("/a", status="302 Found", location="/a"))

    assert (error.kind, error.status, error.reason) == (Failure.REDIRECT, 302, "more than 5 redirects")
    assert len(server.requests) == MAX_REDIRECTS + 1


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/f", "gopher://127.0.0.1/"])
def test_redirects_leave_neither_http_nor_https(server, failure, target):
    error = failure(server.answer("/a", status="302 Found", location=target))

    assert (error.kind, error.reason) == (Failure.REDIRECT, f"redirected to a {target.split(':')[0]} address")
    assert error.permanent


@pytest.mark.parametrize("url", ["ftp://example.org/f", "file:///etc/passwd", "http://", "nonsense", "http://[::1"])
def test_an_address_that_is_none(failure, url):
    error = failure(url)

    assert (error.kind, error.permanent) == (Failure.ADDRESS, True)
    assert error.reason.startswith("not an address that can be fetched")


def test_a_redirect_without_a_target(server, failure):
    assert failure(server.answer("/a", status="302 Found")).reason == "answered 302 Found"


def test_the_body_of_a_redirect_is_not_read(server, ask):
    def endless(request, connection):
        connection.send(b"HTTP/1.1 302 Found\r\nLocation: /b\r\n\r\n")
        while connection.send(b"x" * 65536):
            pass

    server.answer("/b", BODY)

    assert ask(server.script("/a", endless)).body == BODY


@pytest.mark.parametrize(
    ("first", "second", "moved"),
    [
        ("301 Moved Permanently", "308 Permanent Redirect", True),
        ("301 Moved Permanently", "302 Found", False),
        ("307 Temporary Redirect", "301 Moved Permanently", False),
    ],
)
def test_a_move_for_good_is_one_only_if_every_redirect_says_so(server, ask, first, second, moved):
    server.answer("/a", status=first, location="/b")
    server.answer("/b", status=second, location="/c")
    server.answer("/c", BODY)

    assert ask(server.url + "/a").moved_to == (server.url + "/c" if moved else None)
    assert ask(server.url + "/c").moved_to is None


def test_an_address_with_a_log_in_is_not_remembered(server, ask):
    server.answer("/a", status="301 Moved Permanently", location="/b")
    server.answer("/b", BODY)

    assert ask(server.url.replace("http://", "http://bob:secret@") + "/a").moved_to is None
