"""Feeds: found at a site, added, set, paused, checked; OPML in and out."""

from __future__ import annotations

import pytest
from lxml import html

from tests.web.pages.conftest import Reader, giving, said

_RSS = """\
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>"&gt;&lt;script&gt;alert(1)&lt;/script&gt; News</title><link>https://news.example/</link>
<item><title>Rain</title><link>https://news.example/rain</link><guid>r-1</guid>
<description>It will rain, and the ferry will sail.</description></item></channel></rss>
"""
_SITE = """\
<!doctype html><html><head><title>A site</title>
<link rel="alternate" type="application/rss+xml" href="/one.xml" title="One &lt;b&gt;">
<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)" title="Two">
<link rel="alternate" type="application/rss+xml" href="/three.xml" title="Three"></head><body>Words.</body></html>
"""
_OPML = """\
<?xml version="1.0"?><opml version="2.0"><head/><body><outline text="Ports">
<outline type="rss" text="Quay &lt;b&gt;" xmlUrl="https://quay.example/feed"/>
<outline type="rss" text="None" xmlUrl="ftp://quay.example/feed"/></outline></body></opml>
"""


def test_a_feed_is_added_looked_at_set_paused_and_checked(reader: Reader) -> None:
    with giving(_RSS.encode()) as server:
        reply = reader.send("/feeds", "/feeds/add", url=server.url)
        assert reply.status_code == 303
        path = reply.headers["location"].partition("?")[0]
        told = reader.text(reply.headers["location"])
        assert "It brought 1 article;" in told
        assert '"><script>alert(1)</script> News' in told
        assert "The feed is changed" in reader.done(
            path, f"{path}/set", title="Weather <i>", every="30m", full_text="never", folder="Ports/North"
        )
        told = reader.text(path)
        for part in ("Weather <i>", "Ports/North", "every 30 min", "full text never"):
            assert part in told
        assert reader.send(path, f"{path}/check").status_code == 303
        assert "0 new of 1 articles" in reader.awaited(path)
        server.document = b"<html>gone</html>"
        reader.send(path, f"{path}/check")
        assert "an HTML page, not a feed" in reader.awaited(path)
        assert "The last poll failed" in reader.text(path)
        assert "The feed is off" in reader.done(path, f"{path}/pause")
        token = reader.page(path).xpath('//input[@name="csrf"]/@value')[0]
        assert reader.site.client.post(f"{path}/check", data={"csrf": token}).status_code == 409
        assert "The feed is on" in reader.done(path, f"{path}/resume")
        assert reader.send("/feeds", "/feeds/add", url=server.url).status_code == 409
    number = path.rpartition("/")[2]
    assert reader.send(path, f"{path}/remove", sure="0").status_code == 400
    assert f"Removed feed {number}" in reader.done(path, f"{path}/remove", sure=number)
    reader.page(path, 404)


def test_the_feeds_of_a_site_are_found(reader: Reader) -> None:
    with giving(_SITE.encode()) as server:
        reply = reader.send("/feeds", "/feeds/discover", url=server.url)
        told = said(reply)
        assert "/one.xml" in told
        assert "One <b>" in told
        assert "javascript:" not in told
        # A page that names several does not say which is meant.
        refused = reader.send("/feeds", "/feeds/add", url=server.url)
        assert refused.status_code == 409
        assert "names several feeds" in said(refused)


def test_all_feeds_are_checked_in_the_background(reader: Reader) -> None:
    with giving(_RSS.encode()) as server:
        path = reader.send("/feeds", "/feeds/add", url=server.url).headers["location"].partition("?")[0]
        assert reader.send("/feeds", "/feeds/check").status_code == 303
        assert "new articles" in reader.awaited("/feeds")
        reader.done(path, f"{path}/remove", sure=path.rpartition("/")[2])


def test_opml_is_looked_at_before_it_is_taken(reader: Reader) -> None:
    reply = reader.send("/feeds", "/feeds/import", {"file": ("x.opml", _OPML.encode(), "text/xml")})
    shown = said(reply)
    assert "Would add 1 feed" in shown
    assert "1 could not be read" in shown
    assert "Quay <b>" in shown
    assert "quay.example" not in reader.text("/feeds")
    (form,) = [each for each in html.document_fromstring(reply.text).forms if each.get("action").endswith("/take")]
    taken = reader.site.client.post("/feeds/import/take", data=dict(form.fields))
    assert "Added 1 feed" in reader.text(taken.headers["location"])
    exported = reader.site.client.get("/feeds/export.opml")
    assert b"https://quay.example/feed" in exported.content
    assert b'text="Ports"' in exported.content
    again = reader.send("/feeds", "/feeds/import", {"file": ("x.opml", _OPML.encode(), "text/xml")})
    assert "Would add 0 feeds" in said(again)


@pytest.mark.parametrize("content", [b"", b"<html>", b"\x00\x01", b"<?xml version='1.0'?><rss/>"])
def test_what_is_no_opml_says_why(reader: Reader, content: bytes) -> None:
    reply = reader.send("/feeds", "/feeds/import", {"file": ("x.opml", content, "text/xml")})
    assert reply.status_code == 400


@pytest.mark.parametrize(
    "url", ["", "news", "javascript:alert(1)", "file:///etc/passwd", "https://", "https://a b/", "http://x:y/"]
)
def test_what_is_no_address_says_so(reader: Reader, url: str) -> None:
    for action in ("/feeds/add", "/feeds/discover"):
        assert reader.send("/feeds", action, url=url).status_code == 400


def test_a_server_that_does_not_answer_is_told_as_that(reader: Reader, dead_url: str) -> None:
    assert reader.send("/feeds", "/feeds/discover", url=dead_url).status_code == 502
    reply = reader.send("/feeds", "/feeds/add", url=dead_url)
    told = reader.text(reply.headers["location"])
    assert "could not be looked at" in told
    path = reply.headers["location"].partition("?")[0]
    for filled, status in (({"every": "often"}, 400), ({"full_text": "sometimes"}, 400), ({}, 400)):
        assert reader.send(path, f"{path}/set", **filled).status_code == status
    reader.done(path, f"{path}/remove", sure=path.rpartition("/")[2])


def test_what_is_not_there_is_not_found(reader: Reader) -> None:
    for path in ("/feeds/999999", "/feeds/abc", "/feeds/-1", "/feeds/1e9"):
        reader.page(path, 404)
