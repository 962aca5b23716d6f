"""What a person without script does with pages: open one, fill in one of its forms, and see what comes of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urljoin

import httpx
import pytest
from lxml import html

from tests.web.conftest import Served

#: Against hanging alone.
_PATIENCE = 60.0


@dataclass(frozen=True)
class Reader:
    """Somebody in front of the pages."""

    site: Served

    def page(self, path: str, status: int = 200) -> html.HtmlElement:
        """A page, as a tree."""
        reply = self.site.client.get(path)
        assert reply.status_code == status, (path, reply.status_code, reply.text[-600:])
        return html.document_fromstring(reply.text)

    def text(self, path: str, status: int = 200) -> str:
        """What a page says, without its markup."""
        return words(self.page(path, status))

    def send(self, path: str, action: str, files: dict[str, Any] | None = None, **filled: Any) -> httpx.Response:
        """Fill in a form of a page and send it; what is not filled in stays as the page has it."""
        form = next(
            each
            for each in self.page(path).iter("form")
            if action in _actions(each, path) and {*filled, *(files or {})} <= {*each.fields.keys()}
        )
        assert form.get("method", "").lower() == "post"
        assert form.xpath('.//input[@type="hidden"][@name="csrf"]'), f"{action} has no token"
        fields = {name: value for name, value in form.fields.items() if value is not None}
        fields = {name: [*value] if not isinstance(value, str) else value for name, value in fields.items()}
        fields |= filled
        for name in files or {}:
            fields.pop(name, None)
        if form.get("enctype") != "multipart/form-data":
            return self.site.client.post(action, data=fields)
        parts = [
            (name, (None, value))
            for name, given in fields.items()
            for value in ([given] if isinstance(given, str) else given)
        ]
        return self.site.client.post(action, files=[*parts, *(files or {}).items()])

    def done(self, path: str, action: str, files: dict[str, Any] | None = None, **filled: Any) -> str:
        """The same, and what the page says that it leads to."""
        reply = self.send(path, action, files, **filled)
        assert reply.status_code == 303, (reply.status_code, said(reply))
        return self.text(reply.headers["location"])

    def awaited(self, path: str) -> str:
        """What a page says when the work that it shows is done."""
        until = time.monotonic() + _PATIENCE
        while True:
            found = self.page(path)
            (work,) = found.xpath('//*[@id="work"]')
            if "data-running" not in work.attrib:
                return words(work)
            assert time.monotonic() < until
            time.sleep(0.02)


def words(tree: html.HtmlElement) -> str:
    """The words of a page or a part of it, what stands in boxes of its own apart."""
    for box in tree.iter("dt", "dd", "td", "th", "li", "p", "br", "h1", "h2", "option"):
        box.tail = f" {box.tail or ''}"
    return " ".join(tree.text_content().split())


def said(reply: httpx.Response) -> str:
    """What an answer says, without its markup."""
    return words(html.document_fromstring(reply.text).find(".//main"))


def _actions(form: html.HtmlElement, path: str) -> set[str]:
    """Where a form goes, by whichever of its buttons."""
    return {urljoin(path, form.get("action") or ""), *form.xpath(".//button/@formaction")}


@pytest.fixture(autouse=True)
def _readers_that_last(lent_readers: None) -> None:
    """Starting what reads documents takes longer than most tests."""


@pytest.fixture
def reader(served: Served) -> Reader:
    """Somebody in front of the pages of the module's site."""
    return Reader(served)


class Giver:
    """A server that gives a document, which can be exchanged, on loopback."""

    def __init__(self, document: bytes, content_type: str) -> None:
        self.document = document
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", content_type)
                self.send_header("Content-Length", str(len(outer.document)))
                self.end_headers()
                self.wfile.write(outer.document)

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/given"


@contextmanager
def giving(document: bytes, content_type: str = "application/rss+xml; charset=utf-8") -> Iterator[Giver]:
    """Serve a document while the block lasts."""
    giver = Giver(document, content_type)
    thread = threading.Thread(target=giver.server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield giver
    finally:
        giver.server.shutdown()
        giver.server.server_close()
        thread.join()
