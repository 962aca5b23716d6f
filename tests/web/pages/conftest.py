"""What a person without script does with pages: open one, fill in one of its forms, and see what comes of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import httpx
import pytest
from lxml import html

from tests.web.conftest import Served
from watchlist.demo.servers import FeedServer

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
            if urljoin(path, each.get("action") or "") == action and _has(each, {*filled, *(files or {})})
        )
        assert form.get("method", "").lower() == "post"
        assert form.xpath('.//input[@type="hidden"][@name="csrf"]'), f"{action} has no token"
        fields = {name: value for name, value in form.fields.items() if value is not None}
        fields = {name: [*value] if not isinstance(value, str) else value for name, value in fields.items()}
        fields |= filled
        for name in files or {}:
            fields.pop(name, None)
        return self.site.client.post(action, data=fields, files=files)

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
    """The words of a page or a part of it."""
    return " ".join(tree.text_content().split())


def said(reply: httpx.Response) -> str:
    """What an answer says, without its markup."""
    return words(html.document_fromstring(reply.text).find(".//main"))


def _has(form: html.HtmlElement, names: set[str]) -> bool:
    return names <= set(form.fields.keys())


@pytest.fixture
def reader(served: Served) -> Reader:
    """Somebody in front of the pages of the module's site."""
    return Reader(served)


@contextmanager
def giving(document: bytes) -> Iterator[FeedServer]:
    """A server that gives a document, on loopback."""
    server = FeedServer(document)
    with server.running():
        yield server
