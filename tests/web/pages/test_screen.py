"""A text, a page or a file is screened, and nothing of it is stored."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from lxml import html

from tests.web.conftest import Served, serving
from tests.web.pages.conftest import Reader, giving, said
from watchlist.app import make_app
from watchlist.delivery.transports import full_config

_TEXT = (
    "In court stood Ilya Petrovich Marrow, 71. <script>alert(1)</script>\n\n"
    "قال ايليا ماروف في المحكمة. The tanker Osprey Dawn (IMO 9187629) is held in port."
)


def test_a_text_is_marked_with_reasons_and_the_parts_of_the_score(reader: Reader) -> None:
    before = reader.site.parts.store.article_counts(), reader.site.parts.store.alert_counts()
    reply = reader.send("/screen", "/screen", text=_TEXT)
    page = html.document_fromstring(reply.text)
    marked = [each.text_content() for each in page.xpath("//div[contains(@class,'marked')]//mark")]
    assert marked == ["Ilya Petrovich Marrow", "ايليا ماروف", "Osprey Dawn", "9187629"]
    # The text is as it was, all of it.
    assert page.xpath("string(//div[contains(@class,'marked')])") == _TEXT
    told = said(reply)
    for part in ("2 mentions in 1 text", "matches the listed name “OSPREY DAWN”", "it raises an alert", "IMO", "× +"):
        assert part in told
    assert "<script>alert" not in reply.text
    # Each mark leads to what is said of it.
    for link in page.xpath("//mark/a/@href"):
        assert page.xpath(f"//*[@id='{link[1:]}']")
    assert (reader.site.parts.store.article_counts(), reader.site.parts.store.alert_counts()) == before


def test_a_text_without_mentions_says_so(reader: Reader) -> None:
    reply = reader.send("/screen", "/screen", text="It will rain on Tuesday.")
    assert "0 mentions in 1 text" in said(reply)
    assert "Nobody who is listed is meant here" in said(reply)


def test_only_lists_that_are_chosen(reader: Reader) -> None:
    reader.done("/lists", "/lists/create", id="other")
    assert "0 mentions" in said(reader.send("/screen", "/screen", text=_TEXT, lists=["other"]))
    assert "2 mentions" in said(reader.send("/screen", "/screen", text=_TEXT, lists=["own", "other"]))
    refused = reader.send("/screen", "/screen", text=_TEXT, lists=["nobodys"])
    assert (refused.status_code, "no list 'nobodys'" in said(refused)) == (400, True)


_PAGE = (
    "<!doctype html><html><head><title>A trial</title></head><body><p>Ilya Petrovich Marrow spoke.</p></body></html>"
)
_LINES = "\n".join(json.dumps({"id": n, "title": "T", "text": f"Ilya Petrovich Marrow, {n}"}) for n in range(60))


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.txt", _TEXT.encode(), "2 mentions in 1 text"),
        ("a.html", _PAGE.encode(), "1 mention in 1 text"),
        ("../../a.txt.gz", gzip.compress(_TEXT.encode()), "2 mentions in 1 text"),
        ("a.jsonl", _LINES.encode(), "50 mentions in 50 texts; the file holds more"),
    ],
)
def test_a_file_is_screened(reader: Reader, name: str, content: bytes, told: str) -> None:
    assert told in said(reader.send("/screen", "/screen", {"file": (name, content)}))


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.txt", b"\xff\xfe not UTF-8", "is no UTF-8 text"),
        ("a.txt", b"x" * 1_000_001, "is larger than 1,000,000 bytes"),
        ("a.txt.gz", gzip.compress(b"x" * 1_000_001), "is larger than 1,000,000 bytes"),
        ("a.jsonl.gz", gzip.compress(b'{"text": "' + b"x" * 1_000_000 + b'"}'), "is larger than 1,000,000 bytes"),
        ("a.gz", b"\x1f\x8b damaged", "a.gz"),
        ("a.jsonl", b"[1, 2]\n", "is no object"),
        ("a.jsonl", b"[" * 100_000, "line 1"),
        ("a.jsonl", b"\n\n", "holds no article"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(reader: Reader, name: str, content: bytes, told: str) -> None:
    reply = reader.send("/screen", "/screen", {"file": (name, content)})
    assert (reply.status_code, told in said(reply)) == (400, True), said(reply)


def test_nothing_and_too_much_are_refused(reader: Reader) -> None:
    assert reader.send("/screen", "/screen", text=" \n ").status_code == 400
    assert "0 mentions" in said(reader.send("/screen", "/screen", text="ж" * 500_000))
    reply = reader.send("/screen", "/screen", text="ж" * 500_001)
    assert (reply.status_code, "larger than 1,000,000 bytes" in said(reply)) == (400, True)


@pytest.mark.parametrize("url", ["ftp://x.example/", "javascript:alert(1)", "https://", "x", "http://a b/"])
def test_what_is_no_address_says_so(reader: Reader, url: str) -> None:
    assert reader.send("/screen", "/screen", url=url).status_code == 400


def test_no_address_of_our_own_network_is_fetched(reader: Reader) -> None:
    """Whoever reads pages need not be the operator: not even an address written out is taken for meant."""
    with giving(_PAGE.encode()) as server:
        port = server.url.rpartition(":")[2]
        for url in (server.url, f"http://localhost:{port}", f"http://[::1]:{port}", "http://169.254.169.254/latest/"):
            reply = reader.send("/screen", "/screen", url=url)
            assert (reply.status_code, "not fetched" in said(reply)) == (502, True), said(reply)


@pytest.fixture(scope="module")
def allowing(worked: Callable[[], str]) -> Iterator[Served]:
    """A site whose operator allows this machine."""
    config = full_config()(database=worked(), fetch={"allow": ["127.0.0.1"]})
    parts = make_app(config, declares=False, creates=False)
    with closing(parts.store), serving(parts) as site:
        yield site


def test_the_page_at_an_address_is_screened(allowing: Served) -> None:
    there = Reader(allowing)
    text = "<p>" + "Ilya Petrovich Marrow spoke in court for an hour, and nobody else did. " * 8 + "</p>"
    page = f"<html><head><title>A trial</title></head><body><article>{text}</article></body></html>"
    with giving(page.encode(), "text/html; charset=utf-8") as server:
        reply = there.send("/screen", "/screen", url=server.url)
    assert "1 mention in 1 text" in said(reply)
    with giving("Ilya Petrovich Marrow spoke.".encode("latin-1"), "text/plain; charset=latin-1") as server:
        assert "1 mention in 1 text" in said(there.send("/screen", "/screen", url=server.url))
    with giving(b"%PDF-1.7", "application/pdf") as server:
        reply = there.send("/screen", "/screen", url=server.url)
        assert (reply.status_code, "not a page" in said(reply)) == (502, True)
