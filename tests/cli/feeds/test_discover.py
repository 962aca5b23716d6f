"""``watchlist feeds discover``, and ``feeds add`` by a site's address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Call = Callable[..., Any]

PAGE = "<!DOCTYPE html><html><head>{}</head><body>Welcome</body></html>"
LINK = '<link rel="alternate" type="application/rss+xml" title="{}" href="{}">'


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
