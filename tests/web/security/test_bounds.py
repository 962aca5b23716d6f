"""What is too large or too slow is cut off, and the others are answered meanwhile."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from urllib.parse import urlsplit

import httpx
import pytest
import uvicorn
from fastapi import Request

from tests.web.conftest import Served, csrf_of, serving_application
from watchlist.app import make_app
from watchlist.delivery.transports import full_config
from watchlist.web.application import make_application
from watchlist.web.security import bodies
from watchlist.web.security.wire import bounded_connections
from watchlist.web.site import Site

MOST = 20_000


@pytest.fixture(scope="module")
def site(worked: Callable[[], str]) -> Iterator[Served]:
    """A site with small bounds, and routes that read, or don't."""
    web = {"max_body": MOST, "body_time": "1s", "header_time": "0.5s"}
    parts = make_app(full_config()(database=worked(), web=web), declares=False, creates=False)
    application = make_application(Site(parts))

    @application.post("/api/v1/read")
    @application.post("/api/v1/larger")
    async def read(request: Request) -> dict[str, int]:
        return {"size": len(await request.body())}

    @application.post("/api/v1/json")
    def parsed(value: dict[str, str]) -> dict[str, int]:
        return {"size": len(value)}

    @application.get("/api/v1/much")
    def much() -> str:
        return "x" * 50_000_000

    original = uvicorn.Config

    def bounded(*args: object, **options: object) -> uvicorn.Config:
        return original(*args, http=bounded_connections(parts.config.web), **options)  # type: ignore[arg-type]

    patch = pytest.MonkeyPatch()
    patch.setattr(uvicorn, "Config", bounded)
    with closing(parts.store), serving_application(application, parts) as site:
        patch.undo()
        yield site


@pytest.fixture
def served(site: Served) -> Iterator[Served]:
    """The same for somebody who comes for the first time: a cookie makes a program a browser."""
    with httpx.Client(base_url=site.url, timeout=60, trust_env=False) as client:
        yield replace(site, client=client)


@contextmanager
def wire(site: Served) -> Iterator[socket.socket]:
    parts = urlsplit(site.url)
    with socket.create_connection((parts.hostname, parts.port), timeout=30) as opened:
        yield opened


def answered(connection: socket.socket) -> bytes:
    """All that comes until the other side closes."""
    found = b""
    try:
        while part := connection.recv(65536):
            found += part
    except ConnectionResetError:
        pass
    return found


HEAD = b"POST /api/v1/read HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"


def test_a_body_that_says_it_is_much_too_large_is_not_read(served: Served) -> None:
    with wire(served) as connection:
        connection.sendall(HEAD + b"Content-Length: %d\r\nConnection: close\r\n\r\n" % (3 * MOST))
        found = answered(connection)
    assert found.startswith(b"HTTP/1.1 413 ")
    assert b"application/problem+json" in found


def test_a_body_that_is_a_little_too_large_is_answered_when_it_has_come(served: Served) -> None:
    with wire(served) as connection:
        connection.sendall(HEAD + b"Content-Length: %d\r\nConnection: close\r\n\r\n" % (2 * MOST) + b"x" * MOST)
        connection.settimeout(0.3)
        with pytest.raises(TimeoutError):
            connection.recv(1)
        connection.settimeout(30)
        connection.sendall(b"x" * MOST)
        found = answered(connection)
    assert found.startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize("path", ["/api/v1/read", "/api/v1/json", "/no/such", "/login", "/api/v1/no/such"])
def test_a_body_that_does_not_say_is_cut_off(served: Served, path: str) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(MOST // 1000 + 2):
            yield b"x" * 1000

    reply = served.client.post(path, content=pieces(), headers={"Content-Type": "application/json"})
    assert reply.status_code in ((413,) if path in ("/api/v1/read", "/api/v1/json") else (403, 404, 413))


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_a_form_is_cut_off_before_a_route_sees_it(served: Served, kind: str) -> None:
    csrf_of(served.client)

    def pieces() -> Iterator[bytes]:
        for _ in range(MOST // 1000 + 2):
            yield b"x" * 1000

    reply = served.client.post("/login", content=pieces(), headers={"Content-Type": kind})
    assert reply.status_code == 413


def test_what_is_no_length_is_refused(served: Served) -> None:
    with wire(served) as connection:
        connection.sendall(HEAD + b"Content-Length: -1\r\n\r\n")
        assert answered(connection).split(b" ", 2)[1] in (b"400", b"413")


def test_a_place_that_takes_more_says_so(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(bodies.LARGER, "/api/v1/larger", MOST * 4)
    assert bodies.most_at("/api/v1/articles", MOST) > MOST
    assert bodies.most_at("/api/v1/articles/bulk", MOST) > MOST
    assert bodies.most_at("/api/v1/articlesx", MOST) == MOST
    reply = served.client.post("/api/v1/larger", content=b"x" * (MOST * 4), headers={"X-CSRF-Token": served.csrf})
    assert reply.json() == {"size": MOST * 4}


@pytest.mark.parametrize("kind", [b"application/json", b"application/x-www-form-urlencoded"])
def test_a_body_that_drips_is_cut_off(served: Served, kind: bytes) -> None:
    head = HEAD.replace(b"application/json", kind)
    begun = time.monotonic()
    with wire(served) as connection:
        connection.sendall(head + b"Content-Length: 1000\r\n\r\n")
        found = b""
        connection.settimeout(0.1)
        while time.monotonic() < begun + 20:
            try:
                connection.sendall(b"x")
                part = connection.recv(65536)
            except TimeoutError:
                continue
            except (BrokenPipeError, ConnectionResetError):
                break
            if not part:
                break
            found += part
            # Others are answered meanwhile, and afterwards.
            assert served.client.get("/healthz").status_code == 200
    assert found.startswith(b"HTTP/1.1 408 ")
    assert time.monotonic() < begun + 15


@pytest.mark.parametrize("first", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nA: "])
def test_a_head_that_does_not_come_is_cut_off(served: Served, first: bytes) -> None:
    begun = time.monotonic()
    with wire(served) as connection:
        connection.sendall(first)
        found = answered(connection)
    assert found.startswith(b"HTTP/1.1 408 " if first else b"")
    assert bool(found) == bool(first)
    assert 0.3 < time.monotonic() - begun < 15


def test_a_head_that_drips_is_cut_off(served: Served) -> None:
    """Also the second of a connection, and however often a byte of it comes."""
    begun = time.monotonic()
    with wire(served) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert connection.recv(65536).startswith(b"HTTP/1.1 200 ")
        connection.sendall(b"GET /healthz HTTP/1.1\r\n")
        closed = False
        while not closed and time.monotonic() < begun + 20:
            try:
                connection.sendall(b"a: b\r\n")
                time.sleep(0.1)
            except (BrokenPipeError, ConnectionResetError):
                closed = True
    assert closed
    assert time.monotonic() < begun + 15


def test_a_head_without_end_is_cut_off(served: Served) -> None:
    with wire(served) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n")
        found = b""
        try:
            for _ in range(100):
                connection.sendall(b"a: " + b"b" * 5000 + b"\r\n")
        except (BrokenPipeError, ConnectionResetError):
            pass
        found = answered(connection)
    assert not found or found.split(b" ", 2)[1] in (b"431", b"400")


def test_a_long_head_is_cut_off_whichever_library_reads_it(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """One library has a bound of its own, another has none: ours is the one that counts."""
    monkeypatch.setattr("watchlist.web.security.wire._LONGEST_HEAD", 10_000)
    with wire(served) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\na: " + b"b" * 12_000)
        found = answered(connection)
    assert found.startswith(b"HTTP/1.1 431 ")


def test_an_answer_that_is_not_taken_is_given_up(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("watchlist.web.security.wire._LONGEST_PAUSE", 0.3)
    with wire(served) as connection:
        connection.sendall(b"GET /api/v1/much HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        time.sleep(1.5)
        found = answered(connection)
    assert len(found) < 50_000_000
    assert replace(served).client.get("/healthz").status_code == 200
