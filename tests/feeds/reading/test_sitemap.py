"""News sitemaps as feeds."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from watchlist.errors import FeedParseError
from watchlist.feeds.reading.document import ParsedFeed, Source
from watchlist.feeds.reading.feed import read_feed
from watchlist.feeds.reading.sitemap import MAX_CHILDREN
from watchlist.feeds.sandbox.parse import parse_feed
from watchlist.feeds.sandbox.sandbox import Sandbox
from watchlist.news.entry import ParsedEntry

URL = "https://gull.example/sitemaps/news.xml"
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
NEWS = """\
<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
  <url>
    <loc>https://gull.example/2026/tanker?a=1&amp;b=2</loc>
    <n:news>
      <n:publication><n:name>The Gull</n:name><n:language>en</n:language></n:publication>
      <n:publication_date>2026-02-28T10:00:00+01:00</n:publication_date>
      <n:title>Tanker &quot;Blue Heron&quot; held &amp; searched</n:title>
      <n:keywords>Blue Heron, sanctions</n:keywords>
    </n:news>
  </url>
  <url><loc>https://gull.example/about</loc></url>
  <url>
    <loc> /2026/rates </loc>
    <n:news><n:title>Rates fall</n:title><n:publication_date>yesterday</n:publication_date></n:news>
  </url>
</urlset>
"""


def read(body: str | bytes) -> ParsedFeed:
    return read_feed(body.encode() if isinstance(body, str) else body, Source(URL, "application/xml", NOW))


EXPECTED = ParsedFeed(
    title="The Gull",
    form="sitemap_news",
    home="https://gull.example/",
    entries=(
        ParsedEntry(
            guid=None,
            url="https://gull.example/2026/tanker?a=1&b=2",
            title='Tanker "Blue Heron" held & searched',
            text="Blue Heron, sanctions",
            lang="en",
            published_at=datetime(2026, 2, 28, 9, tzinfo=UTC),
        ),
        ParsedEntry(None, "https://gull.example/2026/rates", "Rates fall", "", None, None),
    ),
)


def test_a_news_sitemap_is_a_feed_of_titles(sandbox: Sandbox) -> None:
    assert read(NEWS) == EXPECTED
    assert read(gzip.compress(NEWS.encode())) == EXPECTED
    assert parse_feed(NEWS.encode(), Source(URL, None, NOW), sandbox, 10) == EXPECTED


def test_one_that_is_cut_off_gives_what_is_there_and_says_so() -> None:
    cut = read(NEWS[: NEWS.index("<url><loc>https://gull.example/about")])
    assert [each.title for each in cut.entries] == [EXPECTED.entries[0].title]
    assert "entries may be missing" in (cut.damage or "")


def test_one_without_news_is_refused() -> None:
    with pytest.raises(FeedParseError, match="a sitemap without news: it has addresses, but no titles"):
        read("<urlset><url><loc>https://gull.example/about</loc></url></urlset>")
    assert read("<urlset></urlset>").entries == ()


def test_an_index_names_what_to_read_next_the_last_changed_first() -> None:
    sitemaps = "".join(
        f"<sitemap><loc>https://gull.example/s{day}.xml</loc><lastmod>2026-02-{day:02}</lastmod></sitemap>"
        for day in range(1, 12)
    )
    index = read(f"<sitemapindex><sitemap><loc>mailto:a@b.example</loc></sitemap>{sitemaps}</sitemapindex>")
    assert index.entries == ()
    assert index.children == tuple(f"https://gull.example/s{day}.xml" for day in range(11, 11 - MAX_CHILDREN, -1))


def test_of_an_index_only_what_is_named_for_news_is_read() -> None:
    index = read(
        f"<sitemapindex><sitemap><loc>/pages.xml</loc></sitemap><sitemap><loc>/News-1.xml</loc></sitemap>"
        f"<sitemap><loc>{URL}</loc></sitemap></sitemapindex>"
    )
    assert index.children == ("https://gull.example/News-1.xml",)
    assert read("<sitemapindex/>").children == ()


def test_no_entity_of_a_sitemap_reads_a_file() -> None:
    bomb = NEWS.replace("<urlset", '<!DOCTYPE u [<!ENTITY f SYSTEM "file:///etc/passwd">]><urlset', 1)
    assert "root:" not in read(bomb.replace("Rates fall", "Rates &f; fall")).entries[-1].title
