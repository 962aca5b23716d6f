"""One request and its answer: whole, broken, too large, or not at all."""

from __future__ import annotations

import gzip
import socket
import struct
import time
import tracemalloc
import zlib

import pytest

from tests.http.conftest import NOW
from watchlist.http.exchange import exchange, new_request
from watchlist.http.failures import Failure, HttpError
from watchlist.http.limits import Limits

BODY = b"<rss version='2.0'><channel><title>T</title></channel></rss>"


class TestBodies:
    def test_what_is_packed_is_inflated_also_where_the_label_is_wrong(self, server, ask):
        url = server.answer("/f", gzip.compress(BODY), content_encoding="identity")
        assert ask(url).body == BODY

    @pytest.mark.parametrize(
        ("encoding", "body", "words"),
        [
            ("br", b"\x8b\x03\x80abc\x03", "not asked for: br"),
            ("gzip", gzip.compress(BODY)[:-4], "cut off"),
            ("deflate", zlib.compress(BODY)[:-8], "cut off"),
            ("gzip", gzip.compress(BODY)[:10] + b"\xff" * 40, "damaged"),
        ],
    )
    def test_a_body_that_cannot_be_read(self, server, failure, encoding, body, words):
        error = failure(server.answer("/f", body, content_encoding=encoding))

        assert (error.kind, error.status) == (Failure.BODY, 200)
        assert words in error.reason

    @pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
    def test_a_bomb_is_refused_without_being_unpacked(self, server, failure, encoding, pack):
        url = server.answer("/f", pack(bytes(30_000_000)), content_encoding=encoding)
        tracemalloc.start()
        error = failure(url)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()

        assert error.reason == "is larger than 200,000 bytes"
        assert peak < 3_000_000

    def test_a_body_without_end_is_refused(self, server, failure):
        def endless(request, connection):
            connection.send(b"HTTP/1.1 200 OK\r\n\r\n")
            while connection.send(b"x" * 65536):
                pass

        assert failure(server.script("/f", endless)).reason == "is larger than 200,000 bytes"


class TestBrokenAnswers:
    @pytest.mark.parametrize(
        "sent",
        [
            b"",
            b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<rss",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\n<rss",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n<rss>\r\n0\r\n\r\n",
            b"SSH-2.0-OpenSSH_9.6\r\n",
            b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000,
        ],
        ids=["nothing", "short body", "short chunk", "chunked garbage", "no http", "endless headers"],
    )
    def test_they_are_errors(self, server, failure, sent):
        error = failure(server.script("/f", lambda request, connection: connection.send(sent) or None))

        assert error.kind is Failure.CONNECTION
        assert error.reason.startswith("the answer is broken off or is no HTTP")

    def test_a_connection_reset_before_the_answer(self, server, failure):
        def reset(request, connection):
            connection.raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            socket.close(connection.raw.detach())

        error = failure(server.script("/f", reset))

        assert (error.kind, error.reason) == (Failure.CONNECTION, "the server broke off the connection")

    def test_http_1_0_is_read(self, server, ask):
        url = server.script("/f", lambda _, connection: connection.send(b"HTTP/1.0 200 OK\r\n\r\n" + BODY) or None)

        assert ask(url).body == BODY


class TestSending:
    """What a channel needs of the same client."""

    def test_a_message_is_posted_and_the_answer_read(self, server, client):
        url = server.answer("/hook", b'{"ok": true}', status="202 Accepted")
        limits = Limits.starting_now(5.0, 1000)
        headers = [(b"Content-Type", b"application/json")]
        request = new_request(client, "POST", url, limits, headers=headers, content=b'{"text": "alert"}')
        with exchange(client, request, limits) as answer:
            assert (answer.status, answer.read()) == (202, b'{"ok": true}')

        (asked,) = server.requests
        assert (asked.method, asked.path, asked.body) == ("POST", "/hook", b'{"text": "alert"}')
        assert asked.headers["content-type"] == b"application/json"

    def test_an_answer_says_whether_and_when_to_send_again(self, server, client):
        url = server.answer("/hook", status="429 Too Many Requests", retry_after="30")
        limits = Limits.starting_now(5.0, 1000)
        with exchange(client, new_request(client, "POST", url, limits, content=b"x"), limits) as answer:
            error = answer.failure(NOW)

        assert (error.status, error.retry_after, error.permanent) == (429, 30, False)

    def test_a_redirect_is_an_answer_and_not_followed(self, server, client):
        url = server.answer("/hook", status="302 Found", location="/elsewhere")
        limits = Limits.starting_now(5.0, 1000)
        with exchange(client, new_request(client, "POST", url, limits, content=b"x"), limits) as answer:
            assert answer.status == 302
        assert server.paths() == ["/hook"]

    def test_it_ends_at_the_deadline_and_within_bounds(self, server, client):
        def drip(request, connection):
            connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")
            connection.drip(b"x" * 5000, 0.02)

        for answers, limits, kind in (
            (server.script("/slow", drip), Limits.starting_now(0.5, 10_000), Failure.LATE),
            (server.answer("/large", b"x" * 5000), Limits.starting_now(30.0, 1000), Failure.BODY),
        ):
            started = time.monotonic()
            request = new_request(client, "POST", answers, limits, content=b"x")
            with pytest.raises(HttpError) as caught, exchange(client, request, limits) as answer:
                answer.read()
            assert caught.value.kind is kind
            assert time.monotonic() - started < 20
