"""Feeds that a page or a site names."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlist.errors import FeedFetchError
from watchlist.feeds.poll import PollOptions
from watchlist.feeds.reading.discover import (
    MAX_CANDIDATES,
    LinkedFeed,
    find_candidates,
    guesses,
    main_candidate,
    robots_sitemaps,
)
from watchlist.feeds.sources import discover

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
URL = "https://gull.example/world/"


def link(href: str, type: str = "application/rss+xml", title: str = "", rel: str = "alternate") -> str:
    return f'<link rel="{rel}" type="{type}" title="{title}" href="{href}">'


def page(*links: str, body: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>Gull</title>{''.join(links)}</head><body>{body}</body></html>"


def test_a_page_declares_its_feeds() -> None:
    found = find_candidates(
        page(
            link("/rss.xml#top", title="Gull &amp; Co"),
            link("atom", "Application/Atom+XML; charset=utf-8", rel="feed ALTERNATE"),
            link("//cdn.example/feed.json", "application/feed+json"),
            link("feed:https://gull.example/old", "text/rss+xml"),
            # None of these is a feed.
            link("/wp-json/1", "application/json"),
            link("/oembed.xml", "text/xml"),
            link("/style.css", "text/css", rel="stylesheet"),
            link("javascript:void(0)"),
            link("http://[broken"),
            body='<a href="/other/feed">Feeds</a>',
        ),
        URL,
    )
    assert found == (
        LinkedFeed("https://gull.example/rss.xml", "Gull & Co", "rss", "page"),
        LinkedFeed("https://gull.example/world/atom", None, "atom", "page"),
        LinkedFeed("https://cdn.example/feed.json", None, "json", "page"),
        LinkedFeed("https://gull.example/old", None, "rss", "page"),
    )


def test_links_count_only_where_nothing_is_declared() -> None:
    body = (
        '<a href="/about">About</a><a href="/feeds/all.rss">RSS</a><a href="/feedback">?</a><a href="/feeds/all.rss#x">'
    )
    assert [each.url for each in find_candidates(page(body=body), URL)] == ["https://gull.example/feeds/all.rss"]
    assert find_candidates(page(body="<p>Nothing"), URL) == ()


def test_the_base_of_the_page_counts() -> None:
    assert find_candidates(page('<base href="/en/">', link("rss")), URL)[0].url == "https://gull.example/en/rss"


def test_a_page_of_nothing_but_links_is_read_in_part() -> None:
    assert len(find_candidates(page(*(link(f"/{n}") for n in range(5000))), URL)) == MAX_CANDIDATES


@given(st.text(max_size=200))
def test_reading_a_page_never_raises(text: str) -> None:
    find_candidates(text, URL)
    robots_sitemaps(text, URL)


def test_robots_name_sitemaps() -> None:
    robots = "User-agent: *\nDisallow: /x\nSITEMAP: https://gull.example/sitemap.xml\n sitemap:/news-sitemap.xml #\n"
    assert [each.url for each in robots_sitemaps(robots, URL)] == ["https://gull.example/news-sitemap.xml"]
    assert [each.url for each in robots_sitemaps(robots.replace("news-", "x-"), URL)] == [
        "https://gull.example/sitemap.xml",
        "https://gull.example/x-sitemap.xml",
    ]
    assert robots_sitemaps("<html>no</html>", URL) == ()


@pytest.mark.parametrize(
    ("links", "main"),
    [
        ([link("/a")], "https://gull.example/a"),
        ([link("/a", title="Gull"), link("/c", title="Gull: Comments Feed")], "https://gull.example/a"),
        (
            [link("/a", title="Gull RSS 2.0"), link("/b", "application/atom+xml", title="Gull - Atom 1.0")],
            "https://gull.example/a",
        ),
        ([link("/a", title="World"), link("/b", title="Business")], None),
        ([], None),
    ],
)
def test_the_feed_that_a_page_means(links: list[str], main: str | None) -> None:
    found = main_candidate(find_candidates(page(*links), URL))
    assert (found and found.url) == main


def test_guesses_are_nobodys_main_feed() -> None:
    assert main_candidate(guesses(URL)[:1]) is None


def test_discovery_asks_once_for_the_page_and_once_for_robots(server: Any, poll_options: PollOptions) -> None:
    server.answer("/", page(link("/rss.xml")))
    server.answer("/robots.txt", "Sitemap: /news.xml")
    found = discover(server.url + "/", poll_options, NOW, thorough=True)
    assert [(each.source, each.url.rpartition("/")[2]) for each in found.candidates] == [
        ("page", "rss.xml"),
        ("robots", "news.xml"),
    ]
    assert [each.path for each in server.requests] == ["/", "/robots.txt"]


def test_discovery_of_a_feed_and_of_nothing(server: Any, poll_options: PollOptions) -> None:
    feed = server.answer("/feed", "<rss version='2.0'><channel><title>T</title></channel></rss>")
    found = discover(feed, poll_options, NOW, thorough=True)
    assert found.feed is not None
    assert (found.feed.title, len(server.requests)) == ("T", 1)
    bare = discover(server.answer("/bare", page()), poll_options, NOW, thorough=True)
    assert {each.source for each in bare.candidates} == {"guess"}
    assert discover(server.answer("/bare", page()), poll_options, NOW).candidates == ()
    with pytest.raises(FeedFetchError, match="404"):
        discover(feed + "/gone", poll_options, NOW)
