"""What a site's robots.txt comes to."""

from __future__ import annotations

from datetime import datetime, timedelta

import httpx
import pytest

from watchlist.config import FetchConfig
from watchlist.feeds.pages.robots import FORBIDDEN, LONGEST_DELAY, ask_site, may_fetch, origin_of, product_token
from watchlist.feeds.sandbox.sandbox import Sandbox
from watchlist.model import Access, PageHost

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://news.example/a?b#c", "https://news.example"),
        ("http://User@News.Example:8080/a", "http://news.example:8080"),
        ("http://[::1]:80/", "http://[::1]:80"),
        ("ftp://news.example/", None),
        ("https://", None),
        ("https://news.example:port/", None),
        ("https://" + "a" * 300, None),
    ],
)
def test_the_origin_of_an_address(url: str, origin: str | None) -> None:
    assert origin_of(url) == origin


@pytest.mark.parametrize(
    ("agent", "token"),
    [
        (FetchConfig().user_agent, "watchlist"),
        ("Mozilla/5.0 (compatible; HarbourDesk/2.1; +https://desk.example/bot)", "HarbourDesk"),
        ("harbour-bot/1.0", "harbour-bot"),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36",
            "watchlist",
        ),
        ("", "watchlist"),
    ],
)
def test_the_name_by_which_robots_txt_speaks_of_us(agent: str, token: str) -> None:
    assert product_token(agent) == token


class TestAsking:
    def ask(self, server, now: datetime, options: FetchConfig, client: httpx.Client, sandbox) -> PageHost:
        return ask_site(server.url, now, options, client, sandbox)

    def test_rules_are_kept_for_less_than_a_day(self, server, now, options, client, sandbox) -> None:
        server.answer("/robots.txt", "User-agent: *\nDisallow: /x\n")
        found = self.ask(server, now, options, client, sandbox)
        assert (found.origin, found.access, found.rules) == (server.url, Access.RULES, "User-agent: *\nDisallow: /x\n")
        assert now < found.expires_at <= now + DAY

    @pytest.mark.parametrize("status", ["404 Not Found", "401 Unauthorized", "403 Forbidden", "410 Gone"])
    def test_a_site_without_one_is_open(self, server, now, options, client, sandbox, status: str) -> None:
        server.answer("/robots.txt", status=status)
        assert self.ask(server, now, options, client, sandbox).access is Access.OPEN

    @pytest.mark.parametrize(
        "status", ["500 Internal Server Error", "503 Service Unavailable", "429 Too Many Requests"]
    )
    def test_one_that_cannot_be_had_closes_the_site_for_an_hour(
        self, server, now, options, client, sandbox, status: str
    ) -> None:
        server.answer("/robots.txt", status=status)
        found = self.ask(server, now, options, client, sandbox)
        assert (found.access, found.expires_at) == (Access.CLOSED, now + timedelta(hours=1))
        assert status in (found.reason or "")

    def test_so_does_a_site_that_is_away(self, now, options, client, sandbox, dead_url: str) -> None:
        found = ask_site(dead_url.rpartition("/")[0], now, options, client, sandbox)
        assert (found.access, found.reason) == (Access.CLOSED, "connection refused")

    def test_redirects_are_followed_and_one_in_circles_is_none(self, server, now, options, client, sandbox) -> None:
        server.answer("/robots.txt", status="301 Moved", Location="/r")
        server.answer("/r", "User-agent: *\nDisallow: /\n")
        assert self.ask(server, now, options, client, sandbox).access is Access.RULES
        server.answer("/r", status="302 Found", Location="/robots.txt")
        assert self.ask(server, now, options, client, sandbox).access is Access.OPEN

    def test_of_a_long_one_the_first_500_kib_count(self, server, now, client, sandbox) -> None:
        server.answer("/robots.txt", b"# filler\n" * 80_000 + b"User-agent: *\nDisallow: /\n")
        found = ask_site(server.url, now, FetchConfig(), client, sandbox)
        assert (found.access, len(found.rules)) == (Access.RULES, 500 * 1024)


def verdict_on(rules: str, sandbox: Sandbox, now: datetime, path: str = "/a", access: Access = Access.RULES):
    host = PageHost("https://news.example", access, rules, now, now + DAY, "down")
    return may_fetch(f"https://news.example{path}", host, "watchlist", sandbox)


class TestRules:
    @pytest.mark.parametrize(
        ("rules", "path", "allowed"),
        [
            ("", "/a", True),
            ("User-agent: *\nDisallow: /\n", "/a", False),
            ("\ufeffUser-agent: *\nDisallow: /\n", "/a", False),
            ("User-agent: *\nDisallow: /private/\n", "/a", True),
            ("User-agent: *\nDisallow: /private/\n", "/private/a", False),
            ("User-agent: *\nDisallow: /\n\nUser-agent: Watchlist\nAllow: /\n", "/a", True),
            ("User-agent: watchlist\nDisallow: /\n\nUser-agent: *\nAllow: /\n", "/a", False),
            ("User-agent: *\nDisallow: /*.pdf$\n", "/a.pdf", False),
            ("<!doctype html><p>Not found</p>", "/a", True),
            ("\x00\ufffd garbage : : :\nDisallow\n", "/a", True),
        ],
    )
    def test_they_are_kept_to(self, sandbox, now, rules: str, path: str, allowed: bool) -> None:
        found = verdict_on(rules, sandbox, now, path)
        assert (found.refusal, found.passing) == (None if allowed else FORBIDDEN, False)

    @pytest.mark.parametrize(("wish", "delay"), [("3", 3.0), ("0.5", 0.5), ("9999", LONGEST_DELAY), ("soon", 0.0)])
    def test_a_pause_that_they_ask_for_is_kept_within_bounds(self, sandbox, now, wish: str, delay: float) -> None:
        assert verdict_on(f"User-agent: *\nCrawl-delay: {wish}\nAllow: /\n", sandbox, now).delay == delay

    def test_a_closed_site_refuses_for_now_and_says_why(self, sandbox, now) -> None:
        found = verdict_on("", sandbox, now, access=Access.CLOSED)
        assert found.passing
        assert found.refusal == "the site's robots.txt cannot be had (down), so nothing is fetched"

    def test_reading_them_is_bounded_in_time(self, sandbox, now, monkeypatch: pytest.MonkeyPatch) -> None:
        assert verdict_on(f"User-agent: *\nDisallow: /{'*a' * 30}b$\n", sandbox, now, "/" + "a" * 400).refusal is None
        monkeypatch.setattr("watchlist.feeds.pages.robots.READ_DEADLINE", 0.0001)
        found = verdict_on("User-agent: *\nDisallow: /x\n" * 50_000, sandbox, now)
        assert (found.passing, found.refusal) == (True, "the site's robots.txt took more than 0.0001 s to read")
