from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlist.news.entry import ParsedEntry
from watchlist.news.identity import article_ids, canonical_url

FEED = "https://news.example/feed.xml"


def entry(url=None, guid=None, title="Title", text="Text") -> ParsedEntry:
    return ParsedEntry(guid=guid, url=url, title=title, text=text, lang=None, published_at=None)


def ids(*entries: ParsedEntry, feed_url=FEED, home=None) -> tuple[str, ...]:
    return article_ids(entries, feed_url, home)


@pytest.mark.parametrize(
    "variant",
    [
        "https://news.example/a/1",
        "http://news.example/a/1",
        "HTTPS://News.Example:443/a/1/",
        "http://news.example:80/a/1#comments",
        "https://user:secret@news.example./a/1",
        "https://news.example/a/1?utm_source=rss&utm_medium=feed",
        "https://news.example/a/1?fbclid=x&gclid=y&mc_cid=z#top",
        "https://news.example/a/1/?at_medium=RSS&at_campaign=KARANGA",
        " https://news.example/a/1\n",
        "https://news.example/a/1/amp",
        "https://news.example/a/1/amp/?utm_source=x",
        "https://news.example/a/1.amp",
        "https://news.example/a/1?amp=1",
        "https://news.example/a/1?outputType=amp",
        "https://www.google.com/amp/s/news.example/a/1/amp/",
        "https://www.google.co.uk/amp/news.example/a/1",
        "https://news-example.cdn.ampproject.org/c/s/news.example/a/1?utm_source=x",
        "https://www.google.com/url?sa=t&url=https%3A%2F%2Fnews.example%2Fa%2F1&ct=ga",
        "https://www.google.com/url?q=http://news.example/a/1&sa=U",
        "http://www.bing.com/news/apiclick.aspx?ref=FexRss&url=https%3a%2f%2fnews.example%2fa%2f1&c=7",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fnews.example%2Fa%2F1&h=x",
        # Google News's older form: two fields of a protocol buffer in Base64.
        "https://news.google.com/rss/articles/CBMiGGh0dHBzOi8vbmV3cy5leGFtcGxlL2EvMdIBAA?oc=5",
        "https://news.google.com/articles/CBMiGGh0dHBzOi8vbmV3cy5leGFtcGxlL2EvMQ",
    ],
)
def test_one_page_has_one_canonical_address(variant):
    assert canonical_url(variant) == "https://news.example/a/1"


@pytest.mark.parametrize(
    "other",
    [
        "https://news.example/a/2",
        "https://news.example/A/1",
        "https://www.news.example/a/1",
        "https://news.example:8443/a/1",
        "https://news.example/a/1?id=2",
        "https://news.example/a/1?at_page=2",
        "https://news.example/a/1/amplifier",
        "https://news.example/a/1?amp=2",
        "https://m.news.example/a/1",
    ],
)
def test_other_pages_have_other_addresses(other):
    assert canonical_url(other) != canonical_url("https://news.example/a/1")


def test_other_hosts_that_serve_the_same_page():
    assert canonical_url("https://amp.news.example/a/1") == "https://www.news.example/a/1"
    assert canonical_url("https://m.news.example/2026/tanker-held-1") == "https://www.news.example/2026/tanker-held-1"
    assert canonical_url("https://amp.example/a") == "https://amp.example/a"
    assert canonical_url("https://news.example/a.amp.html") == "https://news.example/a.html"


@pytest.mark.parametrize(
    "sealed",
    [
        "https://news.google.com/rss/articles/CBMiK0FVX3lxTE1fYWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXo",
        "https://news.google.com/rss/articles/CBMi",
        "https://www.google.com/url?q=javascript:alert(1)",
        "https://x.cdn.ampproject.org/",
    ],
)
def test_a_wrapper_that_cannot_be_opened_offline_stays_as_it_is(sealed):
    assert canonical_url(sealed) == sealed.rstrip("/")


def test_wrappers_that_wrap_themselves_come_to_an_end():
    url = "https://news.example/a/1"
    for _ in range(9):
        url = f"https://www.google.com/url?q={url}"
    assert canonical_url(url)


def test_parameters_that_tell_pages_apart_stay_in_their_order():
    assert canonical_url("https://x.example/?b=2&utm_id=9&a=1&b=3") == "https://x.example?b=2&a=1&b=3"


@pytest.mark.parametrize(
    "odd", ["", "mailto:a@b.example", "http://[broken", "http://x:99999999/", "urn:isbn:1", "http://"]
)
def test_what_is_no_web_address_stays_as_it_is(odd):
    assert canonical_url(odd) == odd


@given(st.text(max_size=60))
def test_canonical_form_is_stable_and_never_raises(text):
    for url in (text, "http://" + text):
        assert canonical_url(canonical_url(url)) == canonical_url(url)


def test_pulling_again_and_reordering_change_no_id():
    entries = [entry(f"https://news.example/{number}", f"g{number}", f"T{number}") for number in range(5)]
    assert ids(*entries) == tuple(reversed(ids(*reversed(entries))))


def test_an_address_tells_more_than_guid_and_words():
    first = entry("https://news.example/1", "old", "Title", "Text")

    assert ids(first) == ids(entry("http://news.example/1/?utm_source=x", "new", "New title", "New text"))
    assert ids(first) == ids(first, feed_url="https://other.example/feed")


@pytest.mark.parametrize(
    "shared", ["https://news.example/", "https://news.example", FEED, "https://news.example/press/"]
)
def test_the_address_of_the_site_is_nobodys(shared):
    one, two = entry(shared, "g1", "One"), entry(shared, "g2", "Two")
    home = "http://news.example/press"

    assert len(set(ids(one, two, home=home))) == 2
    # Whoever else stands in the feed.
    assert ids(one, home=home) == ids(one, two, home=home)[:1]
    assert ids(one, home=home) == ids(replace(one, title="Reworded", text="Anew"), home=home)


def test_entries_that_share_an_address_are_told_apart_by_guid():
    shared = "https://news.example/live"
    one, two = entry(shared, "g1", "One"), entry(shared, "g2", "Two")

    assert len(set(ids(one, two))) == 2
    assert ids(one, two) == ids(replace(one, text="Reworded"), two)


def test_entries_that_share_an_address_without_guid_are_told_apart_by_title():
    shared = "https://news.example/live"
    one, two = entry(shared, None, "One"), entry(shared, None, "Two")

    assert len(set(ids(one, two))) == 2
    assert ids(one, two) == ids(replace(one, text="Reworded"), two)


def test_an_article_listed_twice_is_one():
    same = entry("https://news.example/1", "sport-1")
    assert len(set(ids(same, replace(same, guid="business-1")))) == 1
    assert len(set(ids(same, replace(same, title="Edited")))) == 1


def test_without_address_the_guid_decides_within_its_feed():
    first = entry(None, "7", "Title")

    assert ids(first) == ids(entry(None, "7", "Other", "Words"))
    assert ids(first) != ids(entry(None, "8", "Title"))
    assert ids(first) != ids(first, feed_url="https://other.example/feed")
    assert ids(first) == ids(first, feed_url="http://news.example/feed.xml/")


def test_without_address_and_guid_the_title_decides():
    assert ids(entry(text="One")) == ids(entry(text="Reworded"))
    assert ids(entry(title="A")) != ids(entry(title="B"))
    assert ids(entry(title="", text="One")) != ids(entry(title="", text="Two"))
    assert len(set(ids(entry(text="One"), entry(text="Two")))) == 2
