"""The demo's two loopback servers: one gives out the sample feed, one takes the mail."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

LOOPBACK = "127.0.0.1"


class FeedServer:
    """Serves one feed document, which can be exchanged while it runs."""

    def __init__(self, document: bytes) -> None:
        self.document = document
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
                self.send_header("Content-Length", str(len(outer.document)))
                self.end_headers()
                self.wfile.write(outer.document)

            def log_message(self, format: str, *args: Any) -> None:
                """Keep the terminal for the demo."""

        self._server = ThreadingHTTPServer((LOOPBACK, 0), Handler)
        self.url = f"http://{LOOPBACK}:{self._server.server_address[1]}/feed.xml"

    @contextmanager
    def running(self) -> Iterator[None]:
        """Serve during the block."""
        thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()


class _Controller(Controller):
    """A controller on a socket that is bound already, so that the port is certain to be free."""

    def __init__(self, handler: MailSink, listening: socket.socket) -> None:
        super().__init__(handler, hostname=LOOPBACK, port=listening.getsockname()[1])
        self._listening = listening

    def _create_server(self) -> Any:
        return self.loop.create_server(self._factory_invoker, sock=self._listening)


class MailSink:
    """Takes every message and keeps it."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep a message, as aiosmtpd asks its handlers to."""
        content = envelope.content
        raw = content if isinstance(content, bytes) else str(content).encode()
        self.messages.append(message_from_bytes(raw, EmailMessage, policy=policy.default))
        return "250 Message accepted"

    @contextmanager
    def running(self) -> Iterator[int]:
        """Take mail during the block, which gets the port."""
        with socket.create_server((LOOPBACK, 0)) as listening:
            controller = _Controller(self, listening)
            controller.start()
            try:
                yield controller.port
            finally:
                controller.stop()
