from __future__ import annotations

import gzip
import socket
import struct
import threading
import time
import tracemalloc
import zlib
from datetime import timedelta
from email.utils import format_datetime

import httpcore
import httpx
import pytest

from watchlist.config import FetchConfig
from watchlist.errors import FeedFetchError
from watchlist.feeds.fetch import ACCEPT, MAX_REDIRECTS, Fetched, NotModified, fetch
from watchlist.http.addresses import Guard
from watchlist.http.client import make_client
from watchlist.model import FeedForFetch

#: Seconds that a deadline of half a second may take to be kept on a machine with much else to do.
PATIENCE = 30.0

BODY = b"<rss version='2.0'><channel><title>T</title></channel></rss>"


@pytest.fixture
def get(now, options, client):
    def get(url: str, etag: str | None = None, last_modified: str | None = None) -> Fetched | NotModified:
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


def test_returns_body_type_and_validators(server, get):
    url = server.answer(
        "/f", BODY, content_type="application/rss+xml", etag='W/"a b"', last_modified="Sun, 01 Mar 2026 10:00:00 GMT"
    )

    assert get(url) == Fetched(
        url=url,
        status=200,
        content_type="application/rss+xml",
        body=BODY,
        etag='W/"a b"',
        last_modified="Sun, 01 Mar 2026 10:00:00 GMT",
    )


def test_says_who_asks_and_for_what(server, get, options):
    get(server.answer("/f", BODY))

    (request,) = server.requests
    assert request.headers["user-agent"] == options.user_agent.encode()
    assert request.headers["accept"] == ACCEPT.encode()
    assert request.headers["accept-encoding"] == b"gzip, deflate"
    assert "if-none-match" not in request.headers
    assert "if-modified-since" not in request.headers


@pytest.mark.parametrize("etag", ['"plain"', 'W/"weak"', "unquoted", '"caf\xe9 \xff"', '"--gzip"'])
def test_echoes_validators_byte_for_byte(server, get, etag):
    url = server.answer("/f", BODY, etag=etag, last_modified="yesterday, about noon")
    first = get(url)
    assert isinstance(first, Fetched)
    server.answer("/f", status="304 Not Modified")

    assert get(url, first.etag, first.last_modified) == NotModified()
    assert server.requests[1].headers["if-none-match"] == etag.encode("latin-1")
    assert server.requests[1].headers["if-modified-since"] == b"yesterday, about noon"


def test_a_304_that_was_not_asked_for_is_an_error(server, failure):
    error = failure(server.answer("/f", status="304 Not Modified"))

    assert error.status == 304
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
        ("206 Partial Content", False),
    ],
)
def test_other_answers_are_named(server, failure, status, permanent):
    error = failure(server.answer("/f", BODY, status=status))

    assert error.reason == f"answered {status}"
    assert error.status == int(status[:3])
    assert error.permanent is permanent
    assert error.retry_after is None


def test_an_unknown_status_is_given_as_a_number(server, failure):
    assert failure(server.answer("/f", status="799 Whatever")).reason == "answered 799"


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_retry_after_in_seconds(server, failure, status):
    error = failure(server.answer("/f", status=status, retry_after="120"))

    assert error.retry_after == 120
    assert error.reason == f"answered {status} and asks to wait 120 s"


def test_retry_after_as_a_date_counts_from_now(server, failure, now):
    late = format_datetime(now + timedelta(minutes=10), usegmt=True)

    assert failure(server.answer("/f", status="429 Too Many Requests", retry_after=late)).retry_after == 600


@pytest.mark.parametrize(
    ("wish", "seconds"),
    [("soon", None), ("", None), ("-5", None), ("Sun, 01 Feb 2026 10:00:00 GMT", 0), ("9" * 400, 999999999)],
)
def test_odd_retry_after(server, failure, wish, seconds):
    assert failure(server.answer("/f", status="429 Too Many Requests", retry_after=wish)).retry_after == seconds


def test_follows_redirects_and_says_where_the_body_came_from(server, get):
    server.answer("/a", status="301 Moved Permanently", location="/b")
    server.answer("/b", status="302 Found", location=server.url + "/c")
    server.answer("/c", BODY)

    fetched = get(server.url + "/a")

    assert isinstance(fetched, Fetched)
    assert fetched.url == server.url + "/c"
    assert fetched.body == BODY


def test_a_redirect_loop_ends(server, failure):
    error = failure(server.answer("/a", status="302 Found", location="/a"))

    assert "redirects" in error.reason
    assert len(server.requests) == MAX_REDIRECTS + 1


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/f", "gopher://127.0.0.1/"])
def test_redirects_leave_neither_http_nor_https(server, failure, target):
    error = failure(server.answer("/a", status="302 Found", location=target))

    assert error.reason == f"redirected to a {target.split(':')[0]} address"
    assert error.permanent


@pytest.mark.parametrize("url", ["ftp://example.org/f", "file:///etc/passwd", "http://", "nonsense"])
def test_an_address_that_is_none(failure, url):
    assert failure(url).reason.startswith("not an address that can be fetched")


def test_a_redirect_without_a_target(server, failure):
    assert failure(server.answer("/a", status="302 Found")).reason == "answered 302 Found"


def test_the_body_of_a_redirect_is_not_read(server, get):
    def endless(request, connection):
        connection.send(b"HTTP/1.1 302 Found\r\nLocation: /b\r\n\r\n")
        while connection.send(b"x" * 65536):
            pass

    server.answer("/b", BODY)

    assert get(server.script("/a", endless)).body == BODY


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(BODY)),
        ("x-gzip", gzip.compress(BODY)),
        ("gzip", gzip.compress(BODY[:20]) + gzip.compress(BODY[20:]) + b"\0\0\0"),
        ("deflate", zlib.compress(BODY)),
        ("deflate", zlib.compress(BODY)[2:-4]),
        ("identity", BODY),
        # Mislabelled, in both directions.
        ("identity", gzip.compress(BODY)),
        ("gzip", BODY),
    ],
)
def test_inflates(server, get, encoding, packed):
    assert get(server.answer("/f", packed, content_encoding=encoding)).body == BODY


def test_an_encoding_that_was_not_asked_for_is_refused(server, failure):
    assert "not asked for: br" in failure(server.answer("/f", b"abc", content_encoding="br")).reason


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_cut_off_compressed_body_is_an_error(server, failure, encoding):
    packed = (gzip.compress if encoding == "gzip" else zlib.compress)(BODY * 50)

    assert "cut off" in failure(server.answer("/f", packed[:-20], content_encoding=encoding)).reason


def test_a_damaged_compressed_body_is_an_error(server, failure):
    packed = gzip.compress(BODY)[:10] + b"\xff" * 40

    assert "damaged" in failure(server.answer("/f", packed, content_encoding="gzip")).reason


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
def test_a_bomb_is_refused_without_being_unpacked(server, failure, pack):
    encoding = "gzip" if pack is gzip.compress else "deflate"
    url = server.answer("/f", pack(bytes(30_000_000)), content_encoding=encoding)
    tracemalloc.start()
    error = failure(url)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert error.reason == "is larger than 200,000 bytes"
    assert peak < 3_000_000


def test_a_body_without_end_is_refused(server, failure):
    def endless(request, connection):
        connection.send(b"HTTP/1.1 200 OK\r\n\r\n")
        while connection.send(b"x" * 65536):
            pass

    assert failure(server.script("/f", endless)).reason == "is larger than 200,000 bytes"


DRIPS = {
    "headers": (b"", b"HTTP/1.1 200 OK\r\n" + b"X-Slow: 1\r\n" * 1000),
    "body": (b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n", b"x" * 5000),
    "chunks": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 1000),
    "one header line": (b"HTTP/1.1 200 OK\r\nX: ", b"x" * 5000),
    "silence": (b"", b""),
}


@pytest.mark.parametrize("part", DRIPS)
def test_the_deadline_holds_however_the_answer_drips(server, now, client, part):
    assert 0.4 < seconds_for_a_drip(server, now, client, part) < PATIENCE


@pytest.mark.timing
@pytest.mark.parametrize("part", DRIPS)
def test_the_deadline_is_kept_to_the_moment(server, now, client, part):
    assert seconds_for_a_drip(server, now, client, part) < 1.0


def seconds_for_a_drip(server, now, client, part):
    at_once, drop_by_drop = DRIPS[part]

    def drip(request, connection):
        connection.send(at_once)
        connection.drip(drop_by_drop, 0.02)
        connection.over.wait()

    url = server.script("/f", drip)
    start = time.monotonic()
    with pytest.raises(FeedFetchError) as caught:
        fetch(FeedForFetch(1, url), now, FetchConfig(deadline=0.5), client)

    seconds = time.monotonic() - start
    assert caught.value.reason == "no complete answer within 0.5 s"
    return seconds


def test_the_deadline_covers_all_redirects_together(server, now, client):
    def slow(request, connection):
        connection.over.wait(0.2)
        connection.send(b"HTTP/1.1 302 Found\r\nLocation: /f\r\nContent-Length: 0\r\n\r\n")

    url = server.script("/f", slow)
    # Without a deadline for all, they would end as too many redirects.
    with pytest.raises(FeedFetchError, match="no complete answer within"):
        fetch(FeedForFetch(1, url), now, FetchConfig(deadline=0.5), client)


def test_a_look_up_without_answer_keeps_the_deadline(now, monkeypatch, client):
    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: over.wait(2 * PATIENCE) and [])
    start = time.monotonic()
    with pytest.raises(FeedFetchError, match="no complete answer within"):
        fetch(FeedForFetch(1, "http://slow.invalid/"), now, FetchConfig(deadline=0.3), client)
    assert time.monotonic() - start < PATIENCE
    over.set()


def test_a_connection_reset_before_the_answer(server, failure):
    def reset(request, connection):
        connection.raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        socket.close(connection.raw.detach())

    assert failure(server.script("/f", reset)).reason == "the server broke off the connection"


BROKEN = {
    "nothing": b"",
    "short body": b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<rss",
    "short chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\n<rss",
    "chunked garbage": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n<rss>\r\n0\r\n\r\n",
    "no http": b"SSH-2.0-OpenSSH_9.6\r\n",
    "endless headers": b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000,
}


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_answers_are_errors(server, failure, kind):
    url = server.script("/f", lambda request, connection: connection.send(BROKEN[kind]) or None)

    assert failure(url).reason.startswith("the answer is broken off or is no HTTP")


def test_reads_http_1_0(server, get):
    url = server.script("/f", lambda request, connection: connection.send(b"HTTP/1.0 200 OK\r\n\r\n" + BODY) or None)

    assert get(url).body == BODY


def test_a_refused_connection(failure):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    assert failure(f"http://127.0.0.1:{port}/f").reason == "connection refused"


def test_a_name_that_does_not_exist(failure, monkeypatch):
    def unknown(*_, **__):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)

    assert failure("http://news.invalid/feed").reason == "host name not found"


def test_a_server_that_speaks_no_tls(server, failure):
    server.answer("/f", BODY)

    assert failure(server.url.replace("http:", "https:") + "/f").reason.startswith("no TLS connection")


def test_the_address_guard_sees_every_hop(server, now, options):
    server.answer("/a", status="302 Found", location=server.url.replace("127.0.0.1", "localhost") + "/b")
    server.answer("/b", BODY)
    seen = []

    with make_client("test", deadline=60, guard=lambda host, address: seen.append(address), proxies={}) as client:
        fetch(FeedForFetch(1, server.url + "/a"), now, options, client)

    # The feed's own address is the operator's word; the hop is not.
    assert seen
    assert set(seen) <= {"127.0.0.1", "::1"}
    assert server.paths() == ["/a", "/b"]


def test_what_the_address_guard_refuses_is_not_connected_to(server, now, options):
    def refuse(host: str, address: str) -> None:
        raise httpcore.ConnectError(f"{address} is not allowed")

    server.answer("/f", status="302 Found", location=server.url.replace("127.0.0.1", "localhost") + "/b")
    with (
        make_client("test", deadline=60, guard=refuse, proxies={}) as client,
        pytest.raises(FeedFetchError, match=r"127\.0\.0\.1 is not allowed"),
    ):
        fetch(FeedForFetch(1, server.url + "/f"), now, options, client)
    assert server.paths() == ["/f"]


@pytest.fixture
def guarded(now, options):
    with make_client("test", deadline=60, guard=Guard(), proxies={}) as client:
        yield lambda url: fetch(FeedForFetch(1, url), now, options, client)


def test_a_feed_that_is_itself_on_this_machine_is_fetched(server, guarded):
    server.answer("/a", status="301 Moved Permanently", location="/f")
    server.answer("/f", BODY)

    assert guarded(server.url + "/a").body == BODY
    assert guarded(server.url.replace("127.0.0.1", "localhost") + "/f").body == BODY


@pytest.mark.parametrize("host", ["127.0.0.2", "localhost", "10.0.0.1", "169.254.169.254", "[::ffff:127.0.0.1]"])
def test_a_redirect_to_an_address_that_is_not_public_is_refused(server, guarded, host):
    port = server.url.rpartition(":")[2]
    url = server.answer("/a", status="302 Found", location=f"http://{host}:{port}/f")
    server.answer("/f", BODY)

    with pytest.raises(FeedFetchError, match=r"not fetched: .*put .* into 'allow' under 'fetch'"):
        guarded(url)
    assert server.paths() == ["/a"]


def test_a_host_name_at_an_address_that_is_not_public_is_refused(server, guarded, monkeypatch):
    port = int(server.url.rpartition(":")[2])
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)

    with pytest.raises(FeedFetchError, match=r"news\.invalid is at 127\.0\.0\.1, this machine itself"):
        guarded(f"http://news.invalid:{port}/f")
    assert server.requests == []


def test_an_address_behind_a_proxy_is_guarded_too(server, now, options):
    server.answer("/a", status="302 Found", location="http://10.0.0.1/f")
    with (
        make_client("test", deadline=60, guard=Guard(), proxies={"http": server.url}) as client,
        pytest.raises(FeedFetchError, match=r"10\.0\.0\.1, an address of a private network"),
    ):
        fetch(FeedForFetch(1, server.url + "/a"), now, options, client)
    assert server.paths() == ["/a"]


def test_tries_the_next_address_of_a_host(server, now, options, monkeypatch):
    url = server.answer("/f", BODY)
    port = int(url.split(":")[2].split("/")[0])
    with socket.socket() as deaf:
        # Bound but not listening: it refuses.
        deaf.bind(("127.0.0.2", port))
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port)) for host in ("127.0.0.2", "127.0.0.1")]
        real = socket.getaddrinfo

        def look_up(host, *rest, **options):
            return found if host == "two.invalid" else real(host, *rest, **options)

        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        with make_client("test", deadline=60, proxies={}) as client:
            fetched = fetch(FeedForFetch(1, f"http://two.invalid:{port}/f"), now, options, client)

    assert fetched.body == BODY


def test_goes_through_a_proxy_but_not_to_loopback(server, now, options):
    server.answer("http://news.invalid/f", BODY)
    server.answer("/f", BODY + b" ")

    with make_client("test", deadline=60, proxies={"http": server.url}) as client:
        through = fetch(FeedForFetch(1, "http://news.invalid/f"), now, options, client)
        direct = fetch(FeedForFetch(1, server.url + "/f"), now, options, client)

    assert (through.body, direct.body) == (BODY, BODY + b" ")
    assert server.paths() == ["http://news.invalid/f", "/f"]


def test_a_client_needs_no_deadline_in_its_requests(server):
    with make_client("test", deadline=0.3, proxies={}) as client:
        url = server.script("/f", lambda request, connection: connection.over.wait() and None)
        with pytest.raises(httpx.ReadTimeout):
            client.get(url)


@pytest.mark.parametrize(
    ("first", "second", "moved"),
    [
        ("301 Moved Permanently", "308 Permanent Redirect", True),
        ("301 Moved Permanently", "302 Found", False),
        ("307 Temporary Redirect", "301 Moved Permanently", False),
    ],
)
def test_a_move_for_good_is_one_only_if_every_redirect_says_so(server, get, first, second, moved):
    server.answer("/a", status=first, location="/b")
    server.answer("/b", status=second, location="/c")
    server.answer("/c", BODY)

    assert get(server.url + "/a").moved_to == (server.url + "/c" if moved else None)
    assert get(server.url + "/c").moved_to is None


def test_a_feed_that_has_moved_is_fetched_from_there(server, now, options, client):
    server.answer("/new", BODY)
    feed = FeedForFetch(1, server.url + "/old", moved_to=server.url + "/new")

    assert fetch(feed, now, options, client).url == server.url + "/new"


def test_how_long_an_answer_stays_fresh(server, get):
    assert get(server.answer("/f", BODY, cache_control="max-age=1200")).fresh == 1200


def test_an_address_with_a_log_in_is_not_remembered(server, get):
    server.answer("/a", status="301 Moved Permanently", location="/b")
    server.answer("/b", BODY)

    assert get(server.url.replace("http://", "http://bob:secret@") + "/a").moved_to is None


def test_what_is_refused_is_told_without_more_words(server, guarded):
    url = server.answer("/a", status="302 Found", location="http://10.0.0.1/x")

    with pytest.raises(FeedFetchError) as caught:
        guarded(url)
    assert caught.value.reason.startswith("not fetched: 10.0.0.1")
