"""Where entries stand in the bytes of their feed: found, or not claimed."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlist.errors import FeedParseError
from watchlist.feeds.reading.document import ParsedFeed, Source
from watchlist.feeds.reading.feed import read_feed
from watchlist.feeds.sandbox.places import places

NOW = datetime(2026, 3, 1, tzinfo=UTC)
DATA = Path(__file__).parents[1] / "data"


def said(feed: ParsedFeed) -> list[tuple[str, str]]:
    return [(entry.title, entry.text) for entry in feed.entries]


def cut(body: bytes, content_type: str | None = None) -> list[bytes | None]:
    """The bytes of each entry that is read from a document."""
    feed = read_feed(body, Source("https://news.example/feed", content_type, NOW))
    found = places(body, content_type, feed.form, said(feed))
    assert len(found) == len(feed.entries)
    return [place and body[slice(*place)] for place in found]


def rss(*items: str, declaration: str = '<?xml version="1.0"?>') -> str:
    head = f"{declaration}<rss version='2.0'><channel><title>News</title><image><url>x</url></image>"
    return f"{head}{''.join(items)}</channel></rss>"


ONE = "<item><title>Käveron sails</title><link>https://news.example/1</link></item>"
TWO = (
    '<item xml:lang="en">\n <title><![CDATA[Rain &amp; <b>wind</b>]]></title> <guid>2</guid>'
    "<description>No.</description>\n</item>"
)


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "utf-16", "utf-16-be", "utf-32-le"])
def test_the_items_of_rss_in_any_encoding(encoding: str) -> None:
    text = rss(ONE, TWO, declaration=f'<?xml version="1.0" encoding="{encoding[:6].rstrip("-")}"?>')
    if encoding in ("utf-8", "windows-1252"):
        text = rss(ONE, TWO, declaration=f'<?xml version="1.0" encoding="{encoding}"?>')
    found = cut(text.encode(encoding))
    plain = encoding.removesuffix("16") + "16-le" if encoding == "utf-16" else encoding
    assert found == [ONE.encode(plain), TWO.encode(plain)]


def test_the_entries_of_atom_with_and_without_a_prefix() -> None:
    entry = "<a:entry><a:title>Ships</a:title><a:link href='https://news.example/1'/><a:id>1</a:id></a:entry>"
    body = f"<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:title>N</a:title>{entry}</a:feed>".encode()
    assert cut(body) == [entry.encode()]


def test_the_objects_of_a_json_feed() -> None:
    items = [
        '{"id": "1", "title": "K\\u00e4veron \\"sails\\""}',
        '{ "id":2,\n"url":"https://news.example/2","title":"Ü"}',
    ]
    head = '{"version": "https://jsonfeed.org/version/1.1", "title": "ü", "items" : [ '
    text = head + " , ".join(items) + ', 7 ], "x": [1]}'
    # The entry that is no object is passed over.
    assert cut(text.encode()) == [each.encode() for each in items]
    assert cut(b"\xef\xbb\xbf" + text.encode()) == [each.encode() for each in items]


def test_the_addresses_of_a_news_sitemap() -> None:
    url = (
        "<url><loc>https://news.example/1</loc><n:news><n:title>Ships sail</n:title>"
        "<n:publication><n:name>N</n:name></n:publication></n:news></url>"
    )
    body = (
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
        f" xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'>{url}</urlset>"
    )
    assert cut(body.encode()) == [url.encode()]


def test_tags_in_comments_and_sections_are_no_entries() -> None:
    quoted = (
        "<item><title>About feeds</title><description><![CDATA[An <item> begins, </item> ends.]]></description></item>"
    )
    found = cut(rss("<!-- <item><title>Old</title></item> -->", quoted, ONE).encode())
    assert found == [quoted.encode(), ONE.encode()]


def test_an_item_that_is_never_closed_ends_where_the_next_begins() -> None:
    found = cut(rss("<item><title>Ships sail at noon</title>", ONE).encode())
    assert ONE.encode() in found
    for piece, title in zip(found, (b"Ships sail", b"veron sails"), strict=False):
        assert piece is None or title in piece


def test_no_entry_gets_the_bytes_of_another() -> None:
    """An item without words is no entry, and must not push the others along."""
    empty = "<item><link>https://news.example/0</link></item>"
    assert cut(rss(empty, ONE, empty, TWO).encode())[-1] == TWO.encode()
    wrong = [("Not in this document", "")]
    assert places(rss(ONE).encode(), None, "rss20", wrong) == [None]
    assert places(b'{"items": [{}, {}]}', None, "json11", wrong) == [None]


@pytest.mark.parametrize("path", sorted(DATA.rglob("*")), ids=lambda path: path.name)
def test_what_is_cut_out_of_real_shapes_has_the_words_of_its_entry(path: Path) -> None:
    if not path.is_file():
        return
    body = path.read_bytes()
    try:
        feed = read_feed(body, Source("https://news.example/feed", None, NOW))
    except FeedParseError:
        return
    for entry, place in zip(feed.entries, places(body, None, feed.form, said(feed)), strict=True):
        if place is not None and entry.title.isascii() and entry.title.isalnum():
            assert entry.title.encode() in body[slice(*place)]


@given(st.binary(max_size=400))
def test_it_never_raises(body: bytes) -> None:
    entries = [("a", "")]
    for form in ("rss20", "json11", "sitemap_news"):
        for marked in (body, b"<item>" + body + b"</item>", b"<\0" + body, b"\0\0\0<" + body, b'{"items": [' + body):
            for place in places(marked, None, form, entries):
                assert place is None or 0 <= place[0] < place[1] <= len(marked)


@pytest.mark.parametrize(
    "piece", [b"<!--", b"<![CDATA[", b"<item>", b"</item>", b"<item", b'{"items":[', b"[", b"<item>a"]
)
def test_hostile_documents_take_time_in_proportion_to_their_length(piece: bytes) -> None:
    entries = [(f"title {n}", "") for n in range(2000)]
    started = time.process_time()
    for form in ("rss20", "json11"):
        places(piece * (250_000 // len(piece)), None, form, entries)
    assert time.process_time() - started < 5


def test_numbers_and_odd_json_are_no_fault() -> None:
    for text in ("{", "{}", '{"items"', '{"items":[', '{"items":[{}', '{"a":1,"items":[{}]', json.dumps({"items": 3})):
        assert places(text.encode(), None, "json11", []) == []
