"""Connections of the one client: until when, to which addresses, and through which proxy."""

from __future__ import annotations

import socket
import time

import httpcore
import httpx
import pytest

from tests.http.conftest import ask_with
from watchlist.http.addresses import Guard
from watchlist.http.client import make_client
from watchlist.http.failures import Failure, HttpError

BODY = b"<rss/>"

DRIPS = {
    "headers": (b"", b"HTTP/1.1 200 OK\r\n" + b"X-Slow: 1\r\n" * 1000),
    "body": (b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n", b"x" * 5000),
    "body without length": (b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", b"x" * 5000),
    "chunks": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 1000),
    "one header line": (b"HTTP/1.1 200 OK\r\nX: ", b"x" * 5000),
    "silence": (b"", b""),
}


class TestDeadline:
    @pytest.mark.parametrize("part", DRIPS)
    def test_it_holds_however_the_answer_drips(self, server, failure, part):
        at_once, drop_by_drop = DRIPS[part]

        def drip(request, connection):
            connection.send(at_once)
            connection.drip(drop_by_drop, 0.02)
            connection.over.wait(30)

        start = time.monotonic()
        error = failure(server.script("/f", drip), seconds=0.5)

        assert 0.4 < time.monotonic() - start < 10
        assert (error.kind, error.reason) == (Failure.LATE, "no complete answer within 0.5 s")

    def test_it_covers_all_redirects_together(self, server, failure):
        def slow(request, connection):
            connection.over.wait(0.2)
            connection.send(b"HTTP/1.1 302 Found\r\nLocation: /f\r\nContent-Length: 0\r\n\r\n")

        assert failure(server.script("/f", slow), seconds=0.5).kind is Failure.LATE

    def test_a_look_up_without_answer_keeps_it(self, failure, monkeypatch):
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(20) or [])
        start = time.monotonic()

        assert failure("http://slow.invalid/", seconds=0.3).kind is Failure.LATE
        assert time.monotonic() - start < 10

    def test_connecting_may_be_bounded_more_closely_and_is_no_end(self, failure, monkeypatch):
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(20) or [])
        error = failure("http://slow.invalid/", connecting=0.3)

        assert (error.kind, error.reason) == (Failure.CONNECTION, "no connection within 0.3 s")

    def test_but_who_is_connected_may_be_silent_for_longer(self, server, client):
        def slow(request, connection):
            connection.over.wait(0.6)
            connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n")
            connection.over.wait(0.6)
            connection.send(b"ok")

        assert ask_with(client, server.script("/f", slow), connecting=0.3).body == b"ok"

    def test_whether_a_silent_server_is_still_there_is_looked_at(self, server, client, monkeypatch):
        looked = []
        connect = httpcore.SyncBackend.connect_tcp

        def connect_and_look(*args):
            stream = connect(*args)
            looked.append(stream.get_extra_info("socket").getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE))
            return stream

        monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect_and_look)
        url = server.script("/f", lambda _, c: c.send(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"))

        assert ask_with(client, url).body == b"ok"
        assert looked == [1]

    def test_a_request_needs_none_of_its_own(self, server):
        with make_client("test", deadline=0.3, proxies={}) as client:
            url = server.script("/f", lambda request, connection: connection.over.wait(30) and None)
            with pytest.raises(httpx.ReadTimeout):
                client.get(url)


class TestNoConnection:
    def test_a_refused_connection(self, failure, dead_url):
        error = failure(dead_url)

        assert (error.kind, error.reason) == (Failure.CONNECTION, "connection refused")
        assert "Connection refused" in error.detail

    def test_a_name_that_does_not_exist(self, failure, monkeypatch):
        def unknown(*_, **__):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

        monkeypatch.setattr(socket, "getaddrinfo", unknown)

        assert failure("http://news.invalid/feed").reason == "host name not found"

    def test_a_server_that_speaks_no_tls(self, server, failure):
        server.answer("/f", BODY)

        assert failure(server.url.replace("http:", "https:") + "/f").reason.startswith("no TLS connection")

    def test_the_next_address_of_a_host_is_tried(self, server, ask, monkeypatch):
        url = server.answer("/f", BODY)
        port = int(url.split(":")[2].split("/")[0])
        with socket.socket() as deaf:
            # Bound but not listening: it refuses.
            deaf.bind(("127.0.0.2", port))
            found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port)) for host in ("127.0.0.2", "127.0.0.1")]
            real = socket.getaddrinfo
            monkeypatch.setattr(
                socket,
                "getaddrinfo",
                lambda host, *rest, **options: found if host == "two.invalid" else real(host, *rest, **options),
            )

            assert ask(f"http://two.invalid:{port}/f").body == BODY


class TestGuard:
    @pytest.fixture
    def guarded(self):
        with make_client("test", deadline=60, guard=Guard(), proxies={}) as client:
            yield lambda url, **options: ask_with(client, url, **options)

    def test_it_sees_every_hop(self, server):
        server.answer("/a", status="302 Found", location=server.url.replace("127.0.0.1", "localhost") + "/b")
        server.answer("/b", BODY)
        seen = []
        with make_client("test", deadline=60, guard=lambda _, address: seen.append(address), proxies={}) as client:
            ask_with(client, server.url + "/a")

        # The address asked for is the operator's word; the hop is not.
        assert seen
        assert set(seen) <= {"127.0.0.1", "::1"}
        assert server.paths() == ["/a", "/b"]

    def test_what_it_refuses_is_not_connected_to(self, server):
        def refuse(host: str, address: str) -> None:
            raise httpcore.ConnectError(f"{address} is not allowed")

        server.answer("/f", status="302 Found", location=server.url.replace("127.0.0.1", "localhost") + "/b")
        with (
            make_client("test", deadline=60, guard=refuse, proxies={}) as client,
            pytest.raises(HttpError, match=r"127\.0\.0\.1 is not allowed"),
        ):
            ask_with(client, server.url + "/f")
        assert server.paths() == ["/f"]

    def test_what_is_itself_asked_for_on_this_machine_is_fetched(self, server, guarded):
        server.answer("/a", status="301 Moved Permanently", location="/f")
        server.answer("/f", BODY)

        assert guarded(server.url + "/a").body == BODY
        assert guarded(server.url.replace("127.0.0.1", "localhost") + "/f").body == BODY

    @pytest.mark.parametrize("meant", ["https://news.example/rss", "http://127.0.0.1:9/rss", ""])
    def test_what_others_name_there_is_not(self, server, guarded, meant):
        with pytest.raises(HttpError) as caught:
            guarded(server.answer("/f", BODY), meant=meant)

        assert caught.value.kind is Failure.REFUSED
        assert "this machine itself" in caught.value.reason
        assert server.requests == []

    @pytest.mark.parametrize("host", ["127.0.0.2", "localhost", "10.0.0.1", "169.254.169.254", "[::ffff:127.0.0.1]"])
    def test_a_redirect_to_an_address_that_is_not_public_is_refused(self, server, guarded, host):
        port = server.url.rpartition(":")[2]
        url = server.answer("/a", status="302 Found", location=f"http://{host}:{port}/f")
        server.answer("/f", BODY)

        for trusted_by_name in (False, True):
            with pytest.raises(HttpError, match=r"^not fetched: .*put .* into 'allow' under 'fetch'") as caught:
                guarded(url, trusted_by_name=trusted_by_name)
            assert caught.value.kind is Failure.REFUSED
        assert set(server.paths()) == {"/a"}

    @pytest.mark.parametrize("trusted", [False, True])
    def test_a_host_name_at_such_an_address_is_refused_unless_names_are_trusted(
        self, server, guarded, monkeypatch, trusted
    ):
        port = int(server.url.rpartition(":")[2])
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
        server.answer("/f", BODY)
        url = f"http://news.invalid:{port}/f"

        if trusted:
            assert guarded(url, trusted_by_name=True).body == BODY
        else:
            with pytest.raises(HttpError, match=r"news\.invalid is at 127\.0\.0\.1, this machine itself"):
                guarded(url)
            assert server.requests == []


class TestProxy:
    def test_it_is_gone_through_but_not_to_this_machine(self, server):
        server.answer("http://news.invalid/f", BODY)
        server.answer("/f", BODY + b" ")
        with make_client("test", deadline=60, proxies={"http": server.url}) as client:
            assert ask_with(client, "http://news.invalid/f").body == BODY
            assert ask_with(client, server.url + "/f").body == BODY + b" "
        assert server.paths() == ["http://news.invalid/f", "/f"]

    def test_an_address_behind_it_is_guarded_too(self, server):
        server.answer("/a", status="302 Found", location="http://10.0.0.1/f")
        with (
            make_client("test", deadline=60, guard=Guard(), proxies={"http": server.url}) as client,
            pytest.raises(HttpError, match=r"10\.0\.0\.1, an address of a private network"),
        ):
            ask_with(client, server.url + "/a")
        assert server.paths() == ["/a"]
