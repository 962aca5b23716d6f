"""A small HTTP server for the three addresses, in threads of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import AF_INET, AF_INET6

from watchlist.config import HealthConfig
from watchlist.errors import ConfigError
from watchlist.health.replies import Reply
from watchlist.log import Log

_log = Log(__name__)

#: Seconds that one who asks has for it, so that nobody holds a thread for good.
_PATIENCE = 10.0
#: Requests that are answered at the same time; the figures take some of the database's time.
_AT_ONCE = 4
_BUSY = Reply(HTTPStatus.SERVICE_UNAVAILABLE, b"busy\n", "text/plain; charset=utf-8")
_LOST = Reply(HTTPStatus.NOT_FOUND, b"/healthz, /readyz and /metrics are here\n", "text/plain; charset=utf-8")
_BROKEN = Reply(HTTPStatus.INTERNAL_SERVER_ERROR, b"it could not be found out: see the log\n", _LOST.content_type)


@contextmanager
def serving(config: HealthConfig, reply_to: Callable[[str], Reply | None]) -> Iterator[int | None]:
    """Answer while the block lasts; gives the port, or None where the configuration has no port.

    Raises ConfigError for an address that cannot be listened on.
    """
    if config.port is None:
        yield None
        return
    try:
        server = _Listener(config.host, config.port, reply_to)
    except OSError as error:
        where = f"{config.host} port {config.port}"
        raise ConfigError(f"cannot listen on {where}: {error.strerror or error}", key="health.port") from error
    thread = threading.Thread(target=server.serve_forever, name="health", daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    # One that is being answered must not hold up the end of the program.
    block_on_close = False

    def __init__(self, host: str, port: int, reply_to: Callable[[str], Reply | None]) -> None:
        self.address_family = AF_INET6 if ":" in host else AF_INET
        self.reply_to = reply_to
        self.places = threading.BoundedSemaphore(_AT_ONCE)
        super().__init__((host, port), _Request)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of one who hung up."""


class _Request(BaseHTTPRequestHandler):
    server: _Listener
    timeout = _PATIENCE
    server_version, sys_version = "watchlist", ""

    def do_GET(self) -> None:
        """Answer one."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Answer one without its body."""
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        reply = self._reply()
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(reply.body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if with_body:
            self.wfile.write(reply.body)

    def _reply(self) -> Reply:
        if not self.server.places.acquire(blocking=False):
            return _BUSY
        try:
            return self.server.reply_to(self.path.partition("?")[0]) or _LOST
        except Exception:
            _log.exception("a question for health could not be answered")
            return _BROKEN
        finally:
            self.server.places.release()

    def log_message(self, format: str, *args: object) -> None:
        """Write nothing: it is asked every few seconds."""
