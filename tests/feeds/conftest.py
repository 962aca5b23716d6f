"""A real HTTP server on loopback that answers as it is told, well or badly."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from watchlist.config import FetchConfig, ScheduleConfig
from watchlist.feeds.poll import PollOptions
from watchlist.feeds.sandbox.sandbox import Sandbox
from watchlist.http.client import make_client

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Request:
    path: str
    #: Lower-case names, values byte for byte.
    headers: dict[str, bytes]


@dataclass
class Connection:
    """What a scripted answer writes to; a client that has gone away is no fault of the script."""

    raw: Any
    #: Set when the test is over.
    over: threading.Event

    def send(self, data: bytes) -> bool:
        try:
            self.raw.sendall(data)
        except OSError:
            return False
        return True

    def drip(self, data: bytes, seconds: float) -> None:
        """One byte every so often, for as long as anyone listens."""
        for byte in data:
            if self.over.wait(seconds) or not self.send(bytes([byte])):
                return


Script = Callable[[Request, Connection], None]


@dataclass
class FeedServer:
    url: str
    requests: list[Request] = field(default_factory=list)
    scripts: dict[str, Script] = field(default_factory=dict)

    def script(self, path: str, script: Script) -> str:
        """Answer requests for the path by this function; returns the address."""
        self.scripts[path] = script
        return self.url + path

    def answer(self, path: str, body: bytes | str = b"", status: str = "200 OK", **headers: str) -> str:
        """Answer requests for the path with a plain response; ``content_type=`` becomes ``Content-Type:``."""
        payload = body.encode() if isinstance(body, str) else body
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(payload)}", "Connection: close"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        head = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"
        return self.script(path, lambda request, connection: connection.send(head + payload) or None)

    def paths(self) -> list[str]:
        return [request.path for request in self.requests]


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128


@pytest.fixture
def server() -> Iterator[FeedServer]:
    over = threading.Event()
    feed_server: FeedServer

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            if self.rfile.peek(1)[:1] == b"\x16":
                # The start of a TLS handshake, answered as a plain server does.
                self.wfile.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                return
            lines = []
            while (line := self.rfile.readline()) not in (b"", b"\r\n"):
                lines.append(line.rstrip(b"\r\n"))
            if not lines:
                return
            headers = {
                name.decode("ascii").lower(): value.strip()
                for name, _, value in (line.partition(b":") for line in lines[1:])
            }
            request = Request(lines[0].split()[1].decode("ascii"), headers)
            feed_server.requests.append(request)
            connection = Connection(self.connection, over)
            script = feed_server.scripts.get(request.path)
            if script is None:
                connection.send(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            else:
                script(request, connection)

    with _Server(("127.0.0.1", 0), Handler) as tcp:
        feed_server = FeedServer(f"http://127.0.0.1:{tcp.server_address[1]}")
        thread = threading.Thread(target=tcp.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield feed_server
        over.set()
        tcp.shutdown()
        thread.join()


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def options() -> FetchConfig:
    return FetchConfig(deadline=60, max_bytes=200_000)


@pytest.fixture
def poll_options() -> PollOptions:
    # Nothing here is to end for time alone; where it is to, the test says when.
    return PollOptions(FetchConfig(deadline=60, concurrency=4), ScheduleConfig(feeds=900), parse_deadline=60)


@pytest.fixture
def client(options: FetchConfig) -> Iterator[httpx.Client]:
    with make_client(options.user_agent, deadline=options.deadline, proxies={}) as client:
        yield client


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(1) as sandbox:
        yield sandbox
