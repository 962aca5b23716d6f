"""Lists of feeds of other readers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlist.errors import FeedParseError
from watchlist.feeds.reading.opml import OpmlFeed, read_opml, write_opml

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
OPML = """\
<?xml version="1.0" encoding="UTF-8"?>
<!-- written by hand -->
<opml version="1.0">
  <head><title>Mine</title></head>
  <body>
    <outline text="Loose" type="rss" xmlUrl="https://a.example/rss?x=1&amp;y=2" htmlUrl="https://a.example/"/>
    <outline text="News &amp; wires">
      <outline title="Wire" text="ignored" XMLURL=" https://b.example/feed " />
      <outline text="AC/DC"><outline type="rss" text="https://c.example/" xmlUrl="https://c.example/"/></outline>
      <outline type="rss" text="Broken" xmlUrl="ftp://d.example/"/>
    </outline>
    <outline type="rss" text="Empty"/>
    <outline text="Tagged" category="/Trade/Ships,/Other" xmlUrl="http://e.example/"/>
  </body>
</opml>
"""
FEEDS = (
    OpmlFeed("https://a.example/rss?x=1&y=2", "Loose", None),
    OpmlFeed("https://b.example/feed", "Wire", "News & wires"),
    OpmlFeed("https://c.example/", None, "News & wires/AC\\/DC"),
    OpmlFeed("http://e.example/", "Tagged", "Trade/Ships"),
)


def test_reads_feeds_with_their_folders_and_says_what_is_wrong() -> None:
    found = read_opml(OPML.encode(), "mine.opml")
    assert found.feeds == FEEDS
    assert found.problems == (
        "line 10: Broken: 'ftp://d.example/' is no http or https address",
        "line 12: Empty: no address (xmlUrl)",
    )


def test_what_is_written_is_read_as_it_was() -> None:
    written = write_opml(FEEDS, "Feeds", NOW)
    assert written.startswith(b"<?xml version='1.0' encoding='utf-8'?>\n<opml version=\"2.0\">")
    assert set(read_opml(written, "x").feeds) == set(FEEDS)
    assert read_opml(write_opml((), "None", NOW), "x").feeds == ()


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace("&amp;", "&"),
        lambda text: text[: text.rindex("</body>")],
        lambda text: "\ufeff  " + text,
        lambda text: text.replace('encoding="UTF-8"', 'encoding="UTF-16"'),
        lambda text: text.replace("Mine", "Mi\x00ne\x08"),
    ],
)
def test_damage_costs_nothing(damage) -> None:
    assert read_opml(damage(OPML).encode(), "mine.opml").feeds == FEEDS


@pytest.mark.parametrize("body", [b"", b"hello", b"<rss/>", b"\xff\xfe\x00", b"{}", b"<html><p>Log in</html>"])
def test_what_is_no_opml_is_refused(body: bytes) -> None:
    with pytest.raises(FeedParseError, match=r"mine\.opml: no OPML file"):
        read_opml(body, "mine.opml")


def test_no_entity_reads_a_file_or_grows() -> None:
    doctype = '<!DOCTYPE opml [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    (feed,) = read_opml(f"{doctype}<opml><outline text='&f;x' xmlUrl='http://a.example/'/></opml>".encode(), "x").feeds
    assert "root:" not in (feed.title or "")


def test_folders_without_end_come_to_one() -> None:
    deep = "<outline text='f'>" * 2000 + "<outline xmlUrl='http://a.example/'/>"
    read_opml(f"<opml><body>{deep}</body></opml>".encode(), "x")


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_title_and_folder_can_be_written(title: str, folder: str) -> None:
    read_opml(write_opml([OpmlFeed("http://a.example/", title, folder)], "x", NOW), "x")
