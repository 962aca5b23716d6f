"""``watchlist feeds``."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from watchlist.demo.servers import FeedServer

Call = Callable[..., Any]

FEED_KEYS = {"id", "url", "title", "declared", "enabled", "last_error", "failures", "article_count", "next_check_at"}


@pytest.fixture
def broken() -> Iterator[str]:
    """The address of a server that has a 404 and a page where a feed should be."""

    class Broken(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path == "/page"
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!DOCTYPE html><html><body>Nothing to see.</body></html>")

        def log_message(self, format: str, *args: Any) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Broken)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_an_empty_database_has_no_feeds(cli: Call) -> None:
    assert cli("feeds").rows() == []
    assert cli("feeds", "--json").json() == []


def test_a_feed_is_added_checked_and_listed(cli: Call, feed: FeedServer) -> None:
    added = cli("feeds", "add", feed.url).out
    assert added == "Added feed 1 with 2 articles; 'watchlist run --once' screens what is new.\n"
    (row,) = cli("feeds").rows()
    assert (row["id"], row["url"], row["articles"], row["state"]) == ("1", feed.url, "2", "ok")
    checked = cli("feeds", "check")
    assert (checked.code, checked.err) == (0, "")
    first, why = checked.out.splitlines()
    assert first == "1  Harbour news: ok, 2 articles"
    assert re.fullmatch(r"   next \d{4}-\d\d-\d\d \d\d:\d\d: every 15 min, as set", why)
    assert cli("feeds").out == cli("feeds", "list").out
    (shown,) = cli("feeds", "--json").json()
    assert set(shown) >= FEED_KEYS
    assert (shown["title"], shown["declared"], shown["article_count"]) == ("Harbour news", "user", 2)
    assert shown == cli("feeds", "list", "--json").json()[0]


def test_checking_stores_articles_and_screens_none(cli: Call, own_list: str, feed: FeedServer) -> None:
    assert cli("feeds", "add", feed.url).code == 0
    assert cli("feeds", "check").code == 0
    assert cli("alerts").rows() == []
    assert cli("status", "--json").json()["articles"] == {"stored": 2, "waiting": 2, "set_aside": 0}
    assert "GREY HARBOUR" in cli("run", "--once").out


def test_what_is_wrong_with_a_feed_is_shown_and_the_others_go_on(cli: Call, feed: FeedServer, broken: str) -> None:
    dead = "http://127.0.0.1:1/feed.xml"
    urls = (f"{broken}/gone", f"{broken}/page", dead, feed.url)
    # By a list, since a page cannot be added by hand.
    opml = "".join(f"<outline type='rss' xmlUrl='{url}'/>" for url in urls)
    assert cli("feeds", "import", "-", stdin=f"<opml><body>{opml}</body></opml>".encode()).code == 0
    found = cli("feeds", "check")
    assert found.code == 3
    lines = [line for line in found.out.splitlines() if not line.startswith("   next ")]
    assert "404" in lines[0]
    assert ": ok," not in lines[1] + lines[2]
    assert lines[3] == "4  Harbour news: ok, 2 articles"
    states = [row["state"] for row in cli("feeds").rows()]
    assert "404" in states[0]
    assert states[3] == "ok"
    faults = [each for each in cli("status", "--json").json()["faults"] if each.startswith("feed ")]
    assert [url in fault for url, fault in zip((f"{broken}/gone", f"{broken}/page", dead), faults, strict=False)] == [
        *(True, True, True)
    ]


def test_only_the_named_feeds_are_checked(cli: Call, feed: FeedServer) -> None:
    assert cli("feeds", "add", "http://127.0.0.1:1/feed.xml", "--title", "Dead end").code == 0
    assert cli("feeds", "add", feed.url).code == 0
    assert cli("feeds", "check", feed.url).out.startswith("2  Harbour news: ok, 2 articles\n")
    assert cli("feeds", "check", "dead END").code == 3
    assert cli("feeds", "check", "2").code == 0


@pytest.mark.parametrize("key", ["1", "https://news.example/feed.xml", "Harbour"])
def test_a_feed_is_removed_by_number_address_or_title(cli: Call, key: str) -> None:
    assert cli("feeds", "add", "https://news.example/feed.xml", "--title", "Harbour").code == 0
    assert cli("feeds", "remove", key).out == "Removed feed 1, https://news.example/feed.xml.\n"
    assert cli("feeds").rows() == []


def test_a_feed_is_switched_off_and_on(cli: Call, feed: FeedServer) -> None:
    assert cli("feeds", "add", feed.url).code == 0
    assert cli("feeds", "disable", "1").out == "Feed 1 is off.\n"
    assert [row["state"] for row in cli("feeds").rows()] == ["off"]
    assert cli("feeds", "check").out == ""
    assert cli("feeds", "enable", "1").out == "Feed 1 is on.\n"
    assert cli("feeds", "check").out.startswith("1  Harbour news: ok, 2 articles\n")


def test_a_feed_that_is_off_is_not_checked_even_when_named(cli: Call, feed: FeedServer) -> None:
    assert cli("feeds", "add", feed.url).code == 0
    assert cli("feeds", "disable", "1").code == 0
    found = cli("feeds", "check", "1")
    assert (found.code, found.out) == (2, "")
    assert "'watchlist feeds enable 1'" in found.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "our news"), "is no address of a feed or a page, such as https://news.example/rss"),
        (("add", "ftp://news.example/feed.xml"), "is no address of a feed"),
        (("add", "https://"), "is no address of a feed"),
        (("add", "https://news.example/\x1b[31m"), "is no address of a feed"),
        (("add", "https://news.example/a feed.xml"), "is no address of a feed"),
        (("add", "http://[::1"), "is no address of a feed"),
        (("add", "https://news.example:port/"), "is no address of a feed"),
        (("add", "https://news.example/feed.xml"), "is there already, as feed 1"),
        (("remove", "7"), "no feed '7'; 'watchlist feeds' shows them"),
        (("check", "7"), "no feed '7'"),
        (("enable", "Nothing"), "no feed 'Nothing'"),
        (("disable", "Harbour"), "fits the feeds 1, 2: name one by its number"),
    ],
)
def test_what_cannot_be_done_says_why(cli: Call, arguments: tuple[str, ...], said: str) -> None:
    for name in ("feed", "other"):
        assert cli("feeds", "add", f"https://news.example/{name}.xml", "--title", "Harbour").code == 0
    found = cli("feeds", *arguments)
    assert (found.code, found.out) == (2, "")
    assert said in found.err


def test_a_declared_feed_is_removed_only_in_its_file_but_can_be_switched_off(cli: Call, folder: Path) -> None:
    (folder / "config.yaml").write_text("feeds:\n  - {url: 'https://news.example/a.xml', title: A}\n")
    (shown,) = cli("feeds", "--json").json()
    assert (shown["declared"], shown["title"]) == ("config", "A")
    refused = cli("feeds", "remove", "A")
    assert (refused.code, refused.out) == (2, "")
    assert "take it out of 'feeds:'" in refused.err
    assert "watchlist feeds disable 1" in refused.err
    assert cli("feeds", "disable", "A").code == 0
    assert [row["state"] for row in cli("feeds").rows()] == ["off"]


def test_a_feed_that_its_file_names_no_longer_is_shown_so_and_told_of_once(
    cli: Call, folder: Path, feed: FeedServer
) -> None:
    named = f"feeds:\n  - {{url: {feed.url!r}, title: 'Harbour'}}\n"
    (folder / "config.yaml").write_text(named)
    assert cli("feeds", "check").code == 0
    (folder / "config.yaml").write_text("feeds: []\n")
    first = cli("feeds")
    (shown,) = first.rows()
    assert (shown["articles"], shown["state"][:40]) == ("2", "off: no longer in the configuration, sin")
    assert "feeds are no longer in the configuration, and off" in first.err
    assert feed.url in first.err
    assert (cli("feeds").err, cli("feeds", "check").out) == ("", "")
    assert "no longer in the configuration" in cli("feeds", "check", "1").err
    assert "no longer in the configuration" in cli("feeds", "show", "1").out
    assert "0 on, 0 failing, 0 silent, 1 no longer in the configuration" in cli("status").out
    assert feed.url not in cli("feeds", "export").out
    (folder / "config.yaml").write_text(named)
    assert cli("feeds", "check").out.startswith("1  Harbour: ok, 2 articles\n")
    (folder / "config.yaml").write_text("feeds: []\n")
    assert cli("feeds", "remove", "1").code == 0
    assert cli("feeds").rows() == []


def test_a_feed_switched_off_in_its_file_is_switched_on_only_there(cli: Call, folder: Path) -> None:
    (folder / "config.yaml").write_text("feeds:\n  - {url: 'https://news.example/a.xml', enabled: false}\n")
    refused = cli("feeds", "enable", "1")
    assert refused.code == 2
    assert "set 'enabled: true' there" in refused.err


def test_a_feed_is_shown_with_its_last_polls_and_why_it_is_asked_next(cli: Call, feed: FeedServer) -> None:
    cli("feeds", "add", feed.url)
    cli("feeds", "check")
    shown = cli("feeds", "show", "1").out
    assert re.search(r"^next poll +\d{4}-\d\d-\d\d \d\d:\d\d: every 15 min, as set$", shown, re.MULTILINE)
    assert "Harbour news" in shown
    polls = cli("feeds", "show", "1", "--json").json()["polls"]
    assert sorted((poll["new"], poll["error"]) for poll in polls) == [(0, None), (2, None)]


def test_the_look_at_a_feed_that_is_added_is_its_first_poll(cli: Call, web: Any, rss: Any) -> None:
    url = web.put("/feed.xml", rss(("https://news.example/1", "Rain", "It rained.")), etag='"v1"')
    assert "with 1 article;" in cli("feeds", "add", url).out
    assert web.answered == [("/feed.xml", 200)]
    assert cli("feeds", "check").code == 0
    assert web.answered[1:] == [("/feed.xml", 304)]
    again = web.put("/again.xml", rss(("https://news.example/1", "Rain", "It rained.")))
    assert cli("feeds", "add", again).out == "Added feed 2; what it holds is there already.\n"


def test_a_damaged_feed_is_added_and_polled_to_be_told_of(cli: Call, web: Any) -> None:
    url = web.put("/feed.xml", b"<rss><channel><title>Bay</title><item><title>Rain</title></item><item><tit")
    assert cli("feeds", "add", url).out == "Added feed 1. 'watchlist feeds check 1' tries it.\n"
    assert cli("feeds", "check").code == 3


def test_a_feed_is_set(cli: Call, feed: FeedServer) -> None:
    cli("feeds", "add", feed.url)
    changed = cli("feeds", "set", "1", "--title", "Bay", "--every", "2h", "--full-text", "never", "--folder", "A/B")
    assert (changed.code, changed.err) == (0, "")
    shown = cli("feeds", "show", "1", "--json").json()
    assert (shown["title"], shown["every"], shown["full_text"], shown["folder"]) == ("Bay", 7200, "never", "A/B")
    cli("feeds", "set", "1", "--every", "default", "--folder", "")
    shown = cli("feeds", "show", "1", "--json").json()
    assert (shown["title"], shown["every"], shown["folder"]) == ("Bay", None, None)


@pytest.mark.parametrize(
    ("options", "error"),
    [((), "nothing to change"), (("--every", "soon"), "'soon' is no duration"), (("--every", "0m"), "no duration")],
)
def test_what_cannot_be_set_is_said(cli: Call, feed: FeedServer, options: tuple[str, ...], error: str) -> None:
    cli("feeds", "add", feed.url)
    found = cli("feeds", "set", "1", *options)
    assert found.code == 2
    assert error in found.err


def test_a_feed_that_does_not_answer_is_added_with_the_reason(cli: Call, dead_url: str) -> None:
    added = cli("feeds", "add", dead_url)
    assert (added.code, added.out) == (0, "Added feed 1 all the same; 'watchlist feeds check 1' tries it again.\n")
    assert f"{dead_url}: connection refused" in added.err
