"""A real HTTP server on loopback that answers as it is told, well or badly."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    #: Lower-case names, values byte for byte.
    headers: dict[str, bytes]
    body: bytes


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
class ScriptedServer:
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


@contextmanager
def serving() -> Iterator[ScriptedServer]:
    """A server on loopback while the block lasts."""
    over = threading.Event()
    scripted: ScriptedServer

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
            method, path = lines[0].decode("ascii").split()[:2]
            body = self.rfile.read(int(headers.get("content-length", 0)))
            request = Request(method, path, headers, body)
            scripted.requests.append(request)
            connection = Connection(self.connection, over)
            script = scripted.scripts.get(request.path)
            if script is None:
                connection.send(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            else:
                script(request, connection)

    with _Server(("127.0.0.1", 0), Handler) as tcp:
        scripted = ScriptedServer(f"http://127.0.0.1:{tcp.server_address[1]}")
        thread = threading.Thread(target=tcp.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield scripted
        over.set()
        tcp.shutdown()
        thread.join()
