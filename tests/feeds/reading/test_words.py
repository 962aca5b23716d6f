"""All words of an entry, and only its own: each said once."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pytest

from watchlist.feeds.reading import document as reading_document
from watchlist.feeds.reading import feed as reading_feed
from watchlist.feeds.reading.document import ParsedFeed, Source
from watchlist.feeds.reading.feed import read_feed
from watchlist.news.entry import ParsedEntry

SPACES = (
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
)
OWN = "<title>Tanker held</title><link>https://x.example/own</link>"


def read(body: str) -> ParsedFeed:
    return read_feed(body.encode(), Source("https://x.example/feed", None, datetime(2026, 3, 1, tzinfo=UTC)))


def rss_entry(inside: str) -> ParsedEntry:
    (entry,) = read(
        f'<rss version="2.0" {SPACES}><channel><title>T</title><item>{inside}</item></channel></rss>'
    ).entries
    return entry


def atom_entry(inside: str) -> ParsedEntry:
    head = f'<feed xmlns="http://www.w3.org/2005/Atom" {SPACES}><title>T</title>'
    (entry,) = read(f"{head}<entry><id>1</id>{inside}</entry></feed>").entries
    return entry


class TestWords:
    def test_every_place_of_an_rss_item_is_read(self) -> None:
        entry = rss_entry(
            f"{OWN}<media:title>Orpheline at anchor</media:title><description>Officials of Brevik spoke.</description>"
            "<content:encoded>&lt;p>Kaveron owns it.&lt;/p>&lt;img src='a.jpg' alt='Captain Marrovsky on deck'>"
            "</content:encoded>"
            "<media:group><media:content url='a.mp4'><media:description>Filmed by Grey Gull.</media:description>"
            "<media:keywords>Sorvia, Port of Teln</media:keywords></media:content></media:group>"
            "<itunes:summary>Told by Ilsa Trenn.</itunes:summary><category>Shipping</category>"
            "<category domain='x'>Kaveron Shipping Lines</category><dc:subject>Sanctions</dc:subject>"
        )
        assert entry.title == "Tanker held"
        assert sorted(entry.text.split("\n")) == [
            "Captain Marrovsky on deck",
            "Filmed by Grey Gull.",
            "Kaveron Shipping Lines",
            "Kaveron owns it.",
            "Officials of Brevik spoke.",
            "Orpheline at anchor",
            "Port of Teln",
            "Sanctions",
            "Sorvia",
            "Told by Ilsa Trenn.",
        ]

    def test_every_place_of_an_atom_entry_is_read(self) -> None:
        entry = atom_entry(
            "<title>Tanker held</title><link href='https://x.example/1'/><summary>Of Brevik.</summary>"
            "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>Kaveron owns it.</p>"
            "<img alt='Captain Marrovsky' src='x'/></div></content><category term='ignored' label='Shipping'/>"
            "<category term='Sorvia'/><category term='http://x.example/kind#post'/>"
        )
        assert entry.text.split("\n") == ["Of Brevik.", "Kaveron owns it.", "Captain Marrovsky", "Shipping", "Sorvia"]

    def test_every_place_of_a_json_feed_is_read(self) -> None:
        item = {
            "id": "1",
            "title": "Tanker held",
            "summary": "Of Brevik.",
            "content_text": "Plain Sorvia.",
            "content_html": "<p>Kaveron owns it. <img alt='Captain Marrovsky'></p>",
            "tags": ["Shipping", 7, "Grey Gull"],
        }
        (entry,) = read(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [item]})).entries
        assert sorted(entry.text.split("\n")) == sorted(
            ["Of Brevik.", "Plain Sorvia.", "Kaveron owns it.", "Captain Marrovsky", "Shipping", "Grey Gull"]
        )

    def test_what_is_said_twice_is_read_once(self) -> None:
        entry = rss_entry(
            f"{OWN}<description>Kaveron Shipping Lines stopped all of its voyages on Mon…</description>"
            "<content:encoded>&lt;p>Kaveron Shipping Lines stopped all of its voyages on Monday.&lt;/p>"
            "&lt;img alt='Tanker held'></content:encoded><media:description>Kaveron Shipping Lines</media:description>"
            "<category>Kaveron</category><category>voyages</category><category>Brevik</category>"
        )
        assert entry.text.split("\n") == ["Kaveron Shipping Lines stopped all of its voyages on Monday.", "Brevik"]

    def test_the_longest_keeps_what_it_repeats_itself(self) -> None:
        entry = rss_entry(
            f"{OWN}<description>&lt;p>Tanker held&lt;/p>&lt;p>So it is.&lt;/p>&lt;p>So it is.&lt;/p></description>"
        )
        assert entry.text == "Tanker held\nSo it is.\nSo it is."

    @pytest.mark.parametrize("alt", ["", "photo.jpg", "https://x.example/a", "1234", "IMG_01.PNG"])
    def test_what_stands_for_a_picture_without_saying_anything_is_not_read(self, alt: str) -> None:
        assert rss_entry(f"{OWN}<description>Text. &lt;img alt='{alt}'></description>").text == "Text."

    def test_a_picture_within_a_sentence_does_not_cut_it(self) -> None:
        entry = rss_entry(f"{OWN}<description>Grey &lt;img alt='smiling face'> Gull sails.</description>")
        assert entry.text == "Grey Gull sails.\nsmiling face"

    @pytest.mark.parametrize("kind", ["image/png", "application/octet-stream", "audio/mpeg"])
    def test_what_is_no_text_is_not_read(self, kind: str) -> None:
        entry = atom_entry(f"<title>x</title><summary>s</summary><content type='{kind}'>R0lGODlhAQ</content>")
        assert "R0lGODlhAQ" not in entry.text


INSIDE = [
    "<image><title>Other</title><link>https://x.example/other</link><url>u</url></image>",
    "<textInput><title>Other</title><name>q</name><link>https://x.example/other</link></textInput>",
    "<related><title>Other</title><link>https://x.example/other</link></related>",
    "<related><item2><title>Other</title><link>https://x.example/other</link></item2></related>",
    "<source url='https://x.example/s'><title>Other</title><link>https://x.example/other</link></source>",
    "<author><title>Other</title><link>https://x.example/other</link></author>",
    "<x:promo xmlns:x='https://x.example/ns'><x:title>Other</x:title><x:link>https://x.example/other</x:link></x:promo>",
    "<media:content url='a'><media:title>Other</media:title></media:content>",
    "<media:title>Other</media:title>",
    "<itunes:title>Other</itunes:title>",
]


class TestOwn:
    @pytest.mark.parametrize("inside", INSIDE)
    @pytest.mark.parametrize("before", [True, False])
    def test_title_and_link_are_the_entrys_own(self, inside: str, before: bool) -> None:
        entry = rss_entry(inside + OWN if before else OWN + inside)
        assert (entry.title, entry.url) == ("Tanker held", "https://x.example/own")

    @pytest.mark.parametrize("before", [True, False])
    def test_also_in_atom(self, before: bool) -> None:
        inside = (
            "<source><title>Other</title><link href='https://x.example/other'/></source>"
            "<x:related xmlns:x='https://x.example/ns'><title>Other</title><link href='https://x.example/other'/></x:related>"
        )
        own = "<title>Tanker held</title><link href='https://x.example/own'/>"
        entry = atom_entry(inside + own if before else own + inside)
        assert (entry.title, entry.url) == ("Tanker held", "https://x.example/own")

    def test_the_words_of_a_related_article_are_not_the_entrys(self) -> None:
        assert "Other" not in rss_entry(OWN + INSIDE[2] + "<description>Text.</description>").text

    @pytest.mark.parametrize(
        "link",
        [
            "<link uri='not an address'>https://x.example/own</link>",
            "<link href='story'>https://x.example/own</link>",
            "<link url=''>https://x.example/own</link>",
            "<link uri='x'></link><link>https://x.example/own</link>",
        ],
    )
    def test_a_link_with_an_odd_attribute_keeps_its_text(self, link: str) -> None:
        assert rss_entry(f"<title>x</title>{link}").url == "https://x.example/own"


def bounded(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    for module in (reading_feed, reading_document):
        monkeypatch.setattr(module, "MOST_ENTRIES", most)


@pytest.mark.parametrize("count", [1_000, 1_001, 4_000])
def test_entries_beyond_a_bound_are_told_and_not_read(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    bounded(monkeypatch, 1_000)
    entries = "".join(f"<item><title>n{n}</title></item>" for n in range(count))
    feed = read(f"<rss version='2.0'><channel><title>T</title>{entries}</channel></rss>")
    assert [entry.title for entry in feed.entries] == [f"n{n}" for n in range(1_000)]
    told = f"has {count:,} entries: only the first 1,000 are read"
    assert feed.damage == (told if count > 1_000 else None)


@pytest.mark.parametrize("tag", ["item", "entry", "ITEM", "rss:item"])
def test_what_looks_like_an_entry_and_is_none_is_not_counted(monkeypatch: pytest.MonkeyPatch, tag: str) -> None:
    bounded(monkeypatch, 3)
    decoys = "<title>x</title><description><![CDATA[<item></item><entry>]]></description><!-- <item> --><items/>"
    document = f"<rss><channel>{f'<{tag}>{decoys}</{tag}>' * 3}<ttl>60</ttl></channel></rss>"
    assert reading_document.windowed(document) == (document, 3)
    # What stands behind the last entry stays, and the document whole.
    longer = document.replace("<ttl>", f"<{tag}>{decoys}</{tag}>" * 2 + "<ttl>")
    assert reading_document.windowed(longer) == (document, 5)


def test_a_document_of_very_many_entries_takes_no_longer_than_the_most_that_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bounded(monkeypatch, 1_000)

    def seconds(count: int) -> float:
        entries = "".join(f"<item><title>n{n}</title></item>" for n in range(count))
        started = time.process_time()
        assert len(read(f"<rss version='2.0'><channel>{entries}</channel></rss>").entries) == 1_000
        return time.process_time() - started

    # Were they all read, it would be twenty times.
    assert seconds(20_000) < 5 * seconds(1_000)
