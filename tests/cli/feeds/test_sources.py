"""``watchlist feeds discover``, ``import`` and ``export``, and ``watchlist ingest``."""

from __future__ import annotations

import gzip
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]

TEXT = "The company Grey Harbour Shipping said on Monday that it would open an office in Valletta."
PAGE = "<!DOCTYPE html><html><head>{}</head><body>Welcome</body></html>"
LINK = '<link rel="alternate" type="application/rss+xml" title="{}" href="{}">'


@pytest.fixture
def site(web: Any, rss: Callable[..., str]) -> str:
    """A site whose page names one feed, and whose robots.txt names a news sitemap."""
    web.put("/rss.xml", rss(("https://news.example/1", "One", TEXT)))
    web.put("/robots.txt", f"Sitemap: {web.url}/news.xml")
    return str(web.put("/", PAGE.format(LINK.format("Harbour", "/rss.xml"))))


class TestDiscover:
    def test_shows_what_a_site_has(self, cli: Call, site: str) -> None:
        rows = cli("feeds", "discover", site).rows()
        assert [(row["url"].removeprefix(site), row["kind"], row["found"]) for row in rows] == [
            ("rss.xml", "rss", "named by the page"),
            ("news.xml", "sitemap", "named by robots.txt"),
        ]
        shown = cli("feeds", "discover", site, "--json").json()
        assert (shown["url"], shown["feed"], len(shown["candidates"])) == (site, None, 2)

    def test_of_a_feed_says_so(self, cli: Call, site: str) -> None:
        url = f"{site}rss.xml"
        assert cli("feeds", "discover", url).out == f"{url} is a feed itself: “Loopback News” (rss20)\n"
        feed = cli("feeds", "discover", url, "--json").json()["feed"]
        assert feed == {"form": "rss20", "title": "Loopback News", "entries": 1}

    def test_a_site_that_does_not_answer_is_a_failure(self, cli: Call, dead_url: str) -> None:
        found = cli("feeds", "discover", dead_url)
        assert (found.code, "connection refused" in found.err) == (3, True)


class TestAdd:
    def test_a_site_is_added_by_its_feed(self, cli: Call, site: str, web: Any) -> None:
        found = cli("feeds", "add", site)
        assert found.code == 0
        assert f"its feed is {site}rss.xml" in found.out
        assert [row["url"] for row in cli("feeds").rows()] == [f"{site}rss.xml"]
        assert [path for path, _ in web.answered] == ["/"]

    def test_a_page_with_several_or_none_lists_them(self, cli: Call, web: Any) -> None:
        several = web.put("/", PAGE.format(LINK.format("World", "/w.xml") + LINK.format("Trade", "/t.xml")))
        found = cli("feeds", "add", several)
        assert found.code == 2
        assert f"{several}w.xml (World)" in found.err
        assert f"{several}t.xml (Trade)" in found.err
        none = cli("feeds", "add", web.put("/none", PAGE.format("")))
        assert (none.code, "names no feed" in none.err) == (2, True)
        assert cli("feeds").rows() == []


class TestOpml:
    def test_what_was_exported_is_imported_with_its_folders(
        self, cli: Call, folder: Path, sqlite_database: str
    ) -> None:
        (folder / "in.opml").write_text(
            "<opml><body><outline text='Trade'><outline text='A & B' xmlUrl='https://a.example/f'/></outline>"
            "<outline xmlUrl='https://b.example/f'/><outline xmlUrl='http://b.example/f/'/></body></opml>"
        )
        dry = cli("feeds", "import", "in.opml", "--dry-run")
        assert dry.out == (
            "https://a.example/f\tA & B\tTrade\nhttps://b.example/f\t\t\n"
            "Would add 2 feeds; 1 there already or twice in the file, 0 could not be read.\n"
        )
        assert cli("feeds").rows() == []
        assert cli("feeds", "import", "in.opml").out.startswith("Added 2 feeds; 1 there already")
        assert cli("feeds", "import", "in.opml").out.startswith("Added 0 feeds; 3 there already")
        assert cli("feeds", "export", "out.opml").out == "Wrote 2 feeds to out.opml.\n"
        assert cli("feeds", "export").out == (folder / "out.opml").read_text()
        for feed in ("1", "2"):
            assert cli("feeds", "remove", feed).code == 0
        assert cli("feeds", "import", "-", stdin=(folder / "out.opml").read_bytes()).out.startswith("Added 2 feeds")
        assert '<outline text="Trade" title="Trade">' in cli("feeds", "export", "-").out

    def test_bad_addresses_are_told_and_the_good_added(self, cli: Call) -> None:
        opml = b"<opml><body>\n<outline text='X' xmlUrl='nowhere'/><outline xmlUrl='https://a.example/'/></body></opml>"
        found = cli("feeds", "import", "-", stdin=opml)
        assert found.code == 3
        assert "-: line 2: X: 'nowhere' is no http or https address" in found.err
        assert len(cli("feeds").rows()) == 1

    @pytest.mark.parametrize("path", ["missing.opml", "wrong.opml"])
    def test_what_is_no_opml_is_refused(self, cli: Call, folder: Path, path: str) -> None:
        (folder / "wrong.opml").write_text("url,title\n")
        found = cli("feeds", "import", path)
        assert (found.code, path in found.err) == (2, True)


class TestIngest:
    def test_articles_of_a_pipe_are_stored_once_and_screened_by_the_next_run(self, cli: Call, own_list: str) -> None:
        lines = [{"id": "1", "title": "Office", "text": TEXT}, {"url": "https://x.example/2", "title": "Rain"}]
        body = "\n".join(json.dumps(each) for each in lines).encode()
        found = cli("ingest", "-", stdin=body)
        assert (found.code, found.err) == (0, "")
        assert found.out == "2 articles read, 2 new or changed.\n'watchlist run --once' screens them.\n"
        assert cli("alerts").rows() == []
        assert "GREY HARBOUR" in cli("run", "--once").out
        assert cli("ingest", stdin=body).out == "2 articles read, 0 new or changed.\n"
        assert cli("status", "--json").json()["articles"] == {"stored": 2, "waiting": 0}

    def test_bad_lines_are_told_by_number(self, cli: Call, folder: Path) -> None:
        (folder / "a.jsonl").write_text('{"title": "A"}\nnonsense\n{"title": "B"}\n')
        found = cli("ingest", "a.jsonl")
        assert found.code == 3
        assert "a.jsonl: line 2: is no JSON" in found.err
        assert found.out.startswith("2 articles read, 2 new or changed, 1 could not be read.\n")
        (folder / "b.jsonl").write_text("x\n" * 50)
        many = cli("ingest", "b.jsonl")
        assert "and 30 more that could not be read" in many.err
        assert many.err.count("line") == 20

    def test_a_folder_in_a_feed_of_its_own(self, cli: Call, folder: Path, rss: Callable[..., str]) -> None:
        (folder / "in").mkdir()
        (folder / "in" / "a.txt").write_text(TEXT)
        (folder / "in" / "b.xml.gz").write_bytes(gzip.compress(rss(("https://x.example/1", "One", TEXT)).encode()))
        assert cli("ingest", "in", "--feed", "Crawler").code == 0
        (feed,) = cli("feeds").rows()
        assert (feed["title"], feed["articles"], feed["state"]) == ("Crawler", "2", "off")
        assert cli("ingest", "in", "--feed", "crawler").out == "2 articles read, 0 new or changed.\n"
        # An edited file is the same article with new words.
        (folder / "in" / "a.txt").write_text(TEXT + " Ilya Marrow will lead it.")
        assert cli("ingest", "in", "--feed", "1").out.startswith("2 articles read, 1 new or changed.")
        assert cli("status", "--json").json()["articles"]["stored"] == 2
        assert "Crawler" not in cli("feeds", "export").out

    def test_articles_of_a_feed_that_is_polled(self, cli: Call, site: str, folder: Path) -> None:
        assert cli("feeds", "add", f"{site}rss.xml").code == 0
        assert cli("feeds", "check").code == 0
        line = {"url": "http://news.example/1/?utm_source=x", "title": "One", "text": TEXT}
        out = cli("ingest", "--feed", "Loopback News", stdin=json.dumps(line).encode()).out
        assert out == "1 article read, 0 new or changed.\n"

    @pytest.mark.parametrize("arguments", [("missing.jsonl",), ("-", "--feed", " ")])
    def test_what_cannot_be_is_refused(self, cli: Call, arguments: tuple[str, ...]) -> None:
        assert cli("ingest", *arguments, stdin=b"{}").code == 2

    def test_languages_are_found(self, cli: Call, sqlite_database: str) -> None:
        line = {"title": "Die Reederei teilte am Montag mit, sie werde ein Büro eröffnen."}
        assert cli("ingest", stdin=json.dumps(line).encode()).code == 0
        with closing(sqlite3.connect(sqlite_database.removeprefix("sqlite:///"))) as connection:
            assert connection.execute("SELECT lang FROM articles").fetchall() == [("de",)]
