"""What a poll hands over to be kept: the bytes of its entries as they came, or nothing where nobody wants them."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.scripted_server import ScriptedServer
from watchlist.feeds.captures import page_capture, without_login
from watchlist.feeds.poll import PollOptions, poll
from watchlist.model import Capture, CaptureKind, FeedForFetch

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ITEM = "<item><title>Grey Harbour sails</title><link>https://news.example/1</link></item>"
OTHER = "<item><title>Rain expected</title><link>https://news.example/2</link></item>"

Take = Callable[[str], list[Capture]]


def rss(*items: str) -> bytes:
    return f'<rss version="2.0"><channel><title>N</title>{"".join(items)}</channel></rss>'.encode()


@pytest.fixture
def take(poll_options: PollOptions) -> Take:
    """The captures of a poll with the bytes that it was answered with; each article has one."""
    options = replace(poll_options, keep=True)

    def polled(url: str) -> list[Capture]:
        intent = poll(FeedForFetch(1, url), lambda: NOW, options)
        assert [*intent.captures] == [each.id for each in intent.articles]
        return [*intent.captures.values()]

    return polled


def test_each_entry_by_itself_with_where_it_was_cut_out(server: ScriptedServer, take: Take) -> None:
    document = rss(ITEM, OTHER)
    one, two = take(server.answer("/feed", document))
    assert (one.kind, one.payload, two.payload) == (CaptureKind.ENTRY, ITEM.encode(), OTHER.encode())
    assert (one.url, one.at) == (f"{server.url}/feed", NOW)
    assert one.cut_from is not None
    assert one.cut_from.size == len(document)
    assert document[one.cut_from.start :].startswith(ITEM.encode())


def test_a_document_that_is_a_gzip_file_is_unpacked_first(server: ScriptedServer, take: Take) -> None:
    (one,) = take(server.answer("/feed.gz", gzip.compress(rss(ITEM))))
    assert one.payload == ITEM.encode()


def test_of_a_damaged_document_as_well(server: ScriptedServer, take: Take) -> None:
    found = take(server.answer("/feed", rss(ITEM, OTHER)[:-40] + b"<broken"))
    assert found[0].payload == ITEM.encode()
    for each in found:
        assert each.kind is CaptureKind.DOCUMENT or each.payload in rss(ITEM, OTHER)[:-40] + b"<broken"


def test_of_an_index_each_from_its_own_sitemap(server: ScriptedServer, take: Take) -> None:
    def sitemap(title: str) -> tuple[str, bytes]:
        url = (
            f"<url><loc>https://news.example/{title}</loc><n:news><n:title>{title} sails</n:title>"
            "<n:publication><n:name>N</n:name></n:publication></n:news></url>"
        )
        head = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
        return url, f"{head} xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'>{url}</urlset>".encode()

    kept = {}
    for name in ("one", "two"):
        kept[name], document = sitemap(name)
        server.answer(f"/{name}", document)
    children = "".join(f"<sitemap><loc>{server.url}/{name}</loc></sitemap>" for name in kept)
    index = f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{children}</sitemapindex>"
    found = take(server.answer("/index", index.encode()))
    assert {each.url: each.payload for each in found} == {
        f"{server.url}/{name}": url.encode() for name, url in kept.items()
    }


def test_by_default_nothing_is_cut_out(server: ScriptedServer, poll_options: PollOptions) -> None:
    intent = poll(FeedForFetch(1, server.answer("/feed", rss(ITEM))), lambda: NOW, poll_options)
    assert (len(intent.articles), dict(intent.captures)) == (1, {})


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://ann:secret@news.example:8443/feed?a=b@c#d", "https://news.example:8443/feed?a=b@c#d"),
        ("https://secret@news.example/", "https://news.example/"),
        ("https://news.example/@ann", "https://news.example/@ann"),
    ],
)
def test_a_log_in_is_no_part_of_an_address(url: str, told: str) -> None:
    assert without_login(url) == told


def test_a_page_whose_chunks_were_taken_apart_does_not_claim_to_have_any() -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\n"
    capture = page_capture("https://news.example/1", "text/html", head, b"<p>", NOW)
    assert capture.head == head.replace(b"Transfer", b"X-Archive-Orig-Transfer")
