"""Pages fetched from a real server on loopback, and what each comes to."""

from __future__ import annotations

import gzip
import itertools
import json
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from watchlist.config import FetchConfig
from watchlist.feeds.pages.barriers import CHALLENGE, CONSENT, LOG_IN, PAYWALL
from watchlist.feeds.pages.fetch import fetch_pages
from watchlist.feeds.pages.one_page import PageOptions
from watchlist.feeds.pages.outcome import NO_TEXT, OTHER
from watchlist.feeds.pages.robots import FORBIDDEN
from watchlist.model import Access, PageForFetch, PageHost, PageIntent, PageStatus, content_hash

TITLE = "Two ships detained in Marrow Bay"
SUMMARY = "The harbour office detained two ships on Monday…"
SENTENCES = (
    "The harbour office of Marrow Bay detained two ships on Monday, its director said.",
    "Both were on their way to the northern terminal with papers that named no owner.",
    "One of them belongs to Kaveron Shipping Lines, according to the register of the port.",
    "The crews were allowed to go ashore while their cargo is looked through this week.",
)

Fetch = Callable[..., list[PageIntent]]


def html(*paragraphs: str, title: str = TITLE, head: str = "", lang: str = "en") -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title} - Bay Gazette</title>{head}'
        "</head>"
        '<body><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>'
        f"<article><h1>{title}</h1>{body}</article><footer>Imprint, terms, all rights reserved</footer></body></html>"
    )


def page_of(url: str, number: int = 0, **changes: Any) -> PageForFetch:
    values = {"article_id": f"a{number}", "url": url, "title": TITLE, "text": SUMMARY}
    values |= {"content_hash": content_hash(TITLE, SUMMARY), **changes}
    return PageForFetch(**values)


@pytest.fixture
def fetch(now: datetime, lent_readers: None) -> Fetch:
    """Fetches pages; gives the intents. What was learnt of sites is in ``fetch.learnt``."""

    def run(*pages: PageForFetch, hosts: tuple[PageHost, ...] = (), **settings: Any) -> list[PageIntent]:
        config = FetchConfig(**{"deadline": 60, "allow": ("127.0.0.0/8",), "page_max_bytes": 200_000, **settings})
        options = PageOptions(config, read_deadline=settings.pop("read_deadline", 60.0))
        found = [*fetch_pages(pages, hosts, lambda: now, options)]
        learnt.extend(each for each in found if isinstance(each, PageHost))
        return [each for each in found if isinstance(each, PageIntent)]

    learnt: list[PageHost] = []
    run.learnt = learnt  # type: ignore[attr-defined]
    return run


def only(intents: list[PageIntent]) -> PageIntent:
    (intent,) = intents
    return intent


def test_the_text_of_the_article_is_taken_and_what_surrounds_it_is_not(server, fetch: Fetch, now: datetime) -> None:
    head = '<meta property="article:published_time" content="2026-02-27T10:00:00+01:00">'
    page = page_of(server.answer("/a", html(*SENTENCES, head=head, lang="en-GB"), content_type="text/html"))
    found = only(fetch(page))
    assert (found.page, found.at, found.status, found.reason) == (page, now, PageStatus.READ, None)
    assert found.text == "\n".join(SENTENCES)
    assert (found.lang, found.published_at) == ("en-gb", datetime(2026, 2, 27, 9, tzinfo=UTC))
    assert server.paths() == ["/robots.txt", "/a"]
    assert b"text/html" in server.requests[1].headers["accept"]


def test_a_headline_that_the_feed_words_otherwise_is_a_part_of_the_text(server, fetch: Fetch) -> None:
    headline = "Marrow Bay: two ships of Kaveron Shipping Lines detained"
    page = page_of(server.answer("/a", html(*SENTENCES, title=headline)))
    assert (only(fetch(page)).text or "").splitlines() == [headline, *SENTENCES]


def test_dates_in_the_words_of_a_page_are_not_guessed_at(server, fetch: Fetch) -> None:
    page = page_of(server.answer("/a", html(*SENTENCES, "On 3 January 2026 it began.")))
    assert only(fetch(page)).published_at is None


def test_the_encoding_is_found_out(server, fetch: Fetch) -> None:
    text = html(*SENTENCES, "Kapitän Jörg Größe wartet.").replace("utf-8", "iso-8859-1")
    page = page_of(server.answer("/a", text.encode("latin-1"), content_type="text/html"))
    assert "Kapitän Jörg Größe wartet." in only(fetch(page)).text


class TestRobots:
    def test_what_it_forbids_is_not_fetched(self, server, fetch: Fetch) -> None:
        server.answer("/robots.txt", "User-agent: watchlist\nDisallow: /world\n")
        page = page_of(server.answer("/world/a", html(*SENTENCES)))
        found = only(fetch(page))
        assert (found.status, found.reason) == (PageStatus.FAILED, FORBIDDEN)
        assert server.paths() == ["/robots.txt"]

    def test_while_it_cannot_be_had_nothing_is_fetched_and_it_is_tried_again(
        self, server, fetch: Fetch, now: datetime
    ) -> None:
        server.answer("/robots.txt", status="500 Internal Server Error")
        pages = [page_of(server.answer(f"/{n}", html(*SENTENCES)), n) for n in range(3)]
        for found in fetch(*pages):
            assert (found.status, found.next_at) == (PageStatus.WAITING, now + timedelta(minutes=30))
            assert "robots.txt cannot be had (answered 500 Internal Server Error)" in (found.reason or "")
        assert server.paths() == ["/robots.txt"]

    def test_it_is_fetched_once_for_a_site_and_kept(self, server, fetch: Fetch) -> None:
        pages = [page_of(server.answer(f"/{n}", html(*SENTENCES)), n) for n in range(3)]
        assert {found.status for found in fetch(*pages)} == {PageStatus.READ}
        assert server.paths().count("/robots.txt") == 1
        (learnt,) = fetch.learnt  # type: ignore[attr-defined]
        assert (learnt.origin, learnt.access) == (server.url, Access.OPEN)
        fetch(pages[0], hosts=(learnt,))
        assert server.paths().count("/robots.txt") == 1

    @pytest.mark.parametrize("checked", [timedelta(hours=-30), timedelta(days=30)])
    def test_one_that_is_old_or_from_a_clock_that_was_ahead_is_fetched_again(
        self, server, fetch: Fetch, now: datetime, checked: timedelta
    ) -> None:
        at = now + checked
        host = PageHost(server.url, Access.CLOSED, "", at, at + timedelta(hours=12), "down")
        page = page_of(server.answer("/a", html(*SENTENCES)))
        assert only(fetch(page, hosts=(host,))).status is PageStatus.READ

    def test_the_pause_it_asks_for_is_made(self, server, fetch: Fetch) -> None:
        server.answer("/robots.txt", "User-agent: *\nCrawl-delay: 0.4\nAllow: /\n")
        starts: list[float] = []

        def script(request: Any, connection: Any) -> None:
            starts.append(time.monotonic())
            connection.send(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + html(*SENTENCES).encode())

        fetch(*(page_of(server.script(f"/{n}", script), n) for n in range(3)))
        assert len(starts) == 3
        assert min(b - a for a, b in itertools.pairwise(starts)) >= 0.39

    def test_it_holds_for_where_a_redirect_leads(self, server, fetch: Fetch) -> None:
        other = server.url.replace("127.0.0.1", "localhost")
        server.answer("/robots.txt", "User-agent: *\nDisallow: /closed\n")
        page = page_of(server.answer("/a", status="302 Found", Location=f"{other}/closed/a"))
        found = only(fetch(page))
        assert (found.status, found.reason) == (PageStatus.FAILED, FORBIDDEN)
        assert "/closed/a" not in server.paths()


class TestBarriers:
    @pytest.mark.parametrize(
        "declared",
        [
            {"@type": "NewsArticle", "isAccessibleForFree": False},
            {"@graph": [{"@type": "WebPage"}, {"@type": "NewsArticle", "isAccessibleForFree": "False"}]},
            {"@type": "NewsArticle", "hasPart": {"isAccessibleForFree": "http://schema.org/False"}},
        ],
    )
    def test_a_page_that_declares_that_it_is_not_for_free(self, server, fetch: Fetch, declared: Any) -> None:
        head = f'<script type="application/ld+json">{json.dumps(declared)}</script>'
        found = only(fetch(page_of(server.answer("/a", html(*SENTENCES, head=head)))))
        assert (found.status, found.reason, found.text) == (PageStatus.FAILED, PAYWALL, "")

    @pytest.mark.parametrize(
        "script", ['{"isAccessibleForFree": true}', "{broken", "[" * 100_000, '{"a": [1, null]}', "{}"]
    )
    def test_other_declarations_are_none(self, server, fetch: Fetch, script: str) -> None:
        head = f'<script type="application/ld+json">{script}</script><meta name="robots" content="noarchive">'
        assert only(fetch(page_of(server.answer("/a", html(*SENTENCES, head=head))))).status is PageStatus.READ

    def test_little_text_that_asks_for_a_subscription(self, server, fetch: Fetch) -> None:
        page = page_of(
            server.answer("/a", html(SENTENCES[0], "Subscribe now to continue reading. Already a subscriber?"))
        )
        found = only(fetch(page))
        assert (found.status, found.reason) == (PageStatus.FAILED, PAYWALL)

    def test_payment_required(self, server, fetch: Fetch) -> None:
        assert only(fetch(page_of(server.answer("/a", status="402 Payment Required")))).reason == PAYWALL

    def test_a_redirect_to_a_consent_page_is_not_followed(self, server, fetch: Fetch) -> None:
        page = page_of(server.answer("/a", status="302 Found", Location="/consent?back=/a"))
        server.answer("/consent?back=/a", html(*SENTENCES))
        assert only(fetch(page)).reason == CONSENT
        assert server.paths() == ["/robots.txt", "/a"]

    def test_a_redirect_to_a_log_in(self, server, fetch: Fetch) -> None:
        page = page_of(server.answer("/a", status="303 See Other", Location="/login?next=/a"))
        assert only(fetch(page)).reason == LOG_IN

    def test_a_check_for_robots(self, server, fetch: Fetch) -> None:
        page = page_of(server.answer("/a", html("Please wait.", title="Just a moment...")))
        assert only(fetch(page)).reason == CHALLENGE


class TestWhatIsNoArticle:
    @pytest.mark.parametrize(
        ("body", "content_type", "reason"),
        [
            (b"%PDF-1.7 ...", "application/pdf", "a PDF document, not a page"),
            (b"%PDF-1.7 ...", "text/html", "a PDF document, not a page"),
            (b"ID3", "audio/mpeg", "audio/mpeg, not a page"),
            (b'{"a": 1}', "application/json", "application/json, not a page"),
            (b"  ", "text/html", "the answer is empty"),
        ],
    )
    def test_another_type(self, server, fetch: Fetch, body: bytes, content_type: str, reason: str) -> None:
        found = only(fetch(page_of(server.answer("/a", body, content_type=content_type))))
        assert (found.status, found.reason) == (PageStatus.FAILED, reason)

    def test_a_page_about_something_else(self, server, fetch: Fetch) -> None:
        page = page_of(
            server.answer("/a", html(*["Ten recipes for summer evenings, with lemon and mint."] * 9, title="Food"))
        )
        assert only(fetch(page)).reason == OTHER

    def test_a_page_without_text(self, server, fetch: Fetch) -> None:
        page = page_of(server.answer("/a", "<html><body><div id=app></div><script>start()</script></body></html>"))
        assert only(fetch(page)).reason == NO_TEXT

    @pytest.mark.thorough
    def test_a_book_is_cut(self, server, fetch: Fetch) -> None:
        chapters = [f"{SENTENCES[n % 4]} It is the {n}th time that this was told." for n in range(8000)]
        page = page_of(server.answer("/a", html(*chapters)))
        found = only(fetch(page, page_max_bytes=5_000_000))
        assert found.status is PageStatus.READ
        assert 400_000 < len(found.text) <= 500_000
        assert found.text.endswith("that this was told.")

    def test_a_page_with_less_than_the_feed_has(self, server, fetch: Fetch) -> None:
        page = page_of(server.answer("/a", html(*SENTENCES[:1])), text=" ".join(SENTENCES))
        assert only(fetch(page)).status is PageStatus.PLAIN

    @pytest.mark.parametrize(
        "bomb",
        [
            "<html><body>" + "<div>" * 30_000 + "x" + "</div>" * 30_000,
            "<html><body><p>" + "<b>" * 50_000 + "x",
            "<html><body>" + "<table><tr><td>" * 8_000 + "x",
            "<!DOCTYPE a [<!ENTITY b 'cccccccc'><!ENTITY d '&b;&b;&b;&b;'>]><html><body><p>&d;</p></body></html>",
            "\x00\x01\x02 <<<>>> &&&; \ud7ff",
        ],
        ids=["deep", "open", "tables", "entities", "garbage"],
    )
    def test_pages_built_to_break_the_reader_only_cost_themselves(self, server, fetch: Fetch, bomb: str) -> None:
        pages = [page_of(server.answer("/a", bomb)), page_of(server.answer("/b", html(*SENTENCES)), 1)]
        found = {each.page.url: each for each in fetch(*pages, page_max_bytes=1_000_000)}
        assert found[pages[0].url].status is PageStatus.FAILED
        assert found[pages[1].url].status is PageStatus.READ


class TestServers:
    @pytest.mark.parametrize("status", ["404 Not Found", "410 Gone", "451 Unavailable For Legal Reasons"])
    def test_a_page_that_is_gone_is_given_up(self, server, fetch: Fetch, status: str) -> None:
        found = only(fetch(page_of(server.answer("/a", status=status))))
        assert (found.status, found.next_at) == (PageStatus.FAILED, None)
        assert status[:3] in (found.reason or "")

    def test_a_passing_failure_is_tried_again_later_and_not_for_ever(self, server, fetch: Fetch, now: datetime) -> None:
        url = server.answer("/a", status="502 Bad Gateway")
        waits = [only(fetch(page_of(url, tries=tries))) for tries in range(3)]
        assert [each.next_at and each.next_at - now for each in waits] == [
            timedelta(minutes=30),
            timedelta(hours=6),
            None,
        ]
        assert [each.status for each in waits] == [PageStatus.WAITING, PageStatus.WAITING, PageStatus.FAILED]

    @pytest.mark.parametrize("packed", [False, True])
    def test_a_page_that_is_too_large_is_given_up(self, server, fetch: Fetch, packed: bool) -> None:
        body = html(*SENTENCES * 3000).encode()
        headers = {"content_encoding": "gzip"} if packed else {}
        page = page_of(server.answer("/a", gzip.compress(body) if packed else body, **headers))
        found = only(fetch(page))
        assert (found.status, found.reason) == (PageStatus.FAILED, "is larger than 200,000 bytes")

    @pytest.mark.thorough
    def test_a_slow_server_is_left_at_the_deadline_and_holds_up_no_other(self, server, fetch: Fetch, web: Any) -> None:
        def drip(request: Any, connection: Any) -> None:
            connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
            connection.drip(b"x" * 9999, 0.05)

        slow = [page_of(server.script(f"/{n}", drip), n) for n in range(4)]
        quick = page_of(web.put("/a", html(*SENTENCES)), 9)
        found = fetch(*slow, quick, deadline=3)
        assert [each.status for each in found if each.page == quick] == [PageStatus.READ]
        # After two in a row the site is left alone; the others stay due.
        assert [each.reason for each in found if each.page != quick] == ["no complete answer within 3 s"] * 2

    def test_who_asks_for_patience_gets_it_for_all_his_pages(self, server, fetch: Fetch, now: datetime) -> None:
        pages = [
            page_of(server.answer(f"/{n}", status="429 Too Many Requests", Retry_After="7200"), n) for n in range(3)
        ]
        found = only(fetch(*pages))
        assert (found.status, found.next_at) == (PageStatus.WAITING, now + timedelta(hours=2))
        host = fetch.learnt[-1]  # type: ignore[attr-defined]
        assert host.hold_until == now + timedelta(hours=2)
        assert fetch(*pages, hosts=(host,)) == []
        assert server.paths() == ["/robots.txt", "/0"]

    def test_the_time_of_a_run_is_bounded_and_what_is_left_stays_due(self, server, fetch: Fetch) -> None:
        def wait(request: Any, connection: Any) -> None:
            connection.over.wait()

        page = page_of(server.script("/a", wait))
        assert fetch(page, deadline=600, pages_time=0.5) == []

    def test_a_run_that_is_stopped_ends(self, server, now: datetime) -> None:
        stop = threading.Event()

        def script(request: Any, connection: Any) -> None:
            stop.set()
            connection.over.wait()

        pages = [page_of(server.script("/a", script))]
        found = fetch_pages(pages, (), lambda: now, PageOptions(FetchConfig(allow=("127.0.0.0/8",)), stop=stop))
        assert [each for each in found if isinstance(each, PageIntent)] == []

    def test_busy_sites_and_those_that_wait_leave_room_for_others(self, server, fetch: Fetch, web: Any, now) -> None:
        busy = [page_of(server.answer(f"/{n}", html(*SENTENCES)), n) for n in range(9)]
        other = page_of(web.put("/a", html(*SENTENCES)), 9)
        found = fetch(*busy, other, pages_per_run=3)
        assert sorted(each.page.article_id for each in found) == ["a0", "a1", "a9"]
        held = PageHost(server.url, Access.OPEN, "", now, now + timedelta(hours=1), None, now + timedelta(hours=1))
        assert [each.page for each in fetch(*busy, other, hosts=(held,), pages_per_run=3)] == [other]

    def test_a_hold_from_a_clock_that_was_ahead_is_none(self, server, fetch: Fetch, now: datetime) -> None:
        page = page_of(server.answer("/a", html(*SENTENCES)))
        held = PageHost(server.url, Access.OPEN, "", now, now + timedelta(hours=1), None, now + timedelta(days=90))
        assert only(fetch(page, hosts=(held,))).status is PageStatus.READ

    def test_an_address_that_is_none(self, fetch: Fetch) -> None:
        found = only(fetch(page_of("http://news.example:port/")))
        assert (found.status, found.reason) == (PageStatus.FAILED, "not an address that can be fetched")

    def test_one_connection_at_a_time_to_a_site(self, server, fetch: Fetch) -> None:
        at_work, most = 0, 0
        lock = threading.Lock()

        def script(request: Any, connection: Any) -> None:
            nonlocal at_work, most
            with lock:
                at_work += 1
                most = max(most, at_work)
            connection.over.wait(0.05)
            with lock:
                at_work -= 1
            connection.send(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + html(*SENTENCES).encode())

        found = fetch(*(page_of(server.script(f"/{n}", script), n) for n in range(6)))
        assert [each.status for each in found] == [PageStatus.READ] * 6
        assert most == 1


class TestAddresses:
    """A feed must not be able to send us to a service of our own network."""

    def test_a_page_on_this_machine_is_not_fetched_for_a_feed_from_elsewhere(self, server: Any, now: datetime) -> None:
        page = PageForFetch("a", f"{server.url}/secret", "T", "summary", "h", feed_url="https://news.example/rss")
        (found,) = [
            each
            for each in fetch_pages([page], (), lambda: now, PageOptions(FetchConfig(deadline=60)))
            if isinstance(each, PageIntent)
        ]
        assert found.status is not PageStatus.READ
        assert "this machine itself" in (found.reason or "")
        assert server.requests == []

    def test_nor_on_another_port_of_the_machine_the_feed_is_on(self, server: Any, now: datetime) -> None:
        page = PageForFetch("a", f"{server.url}/secret", "T", "summary", "h", feed_url="http://127.0.0.1:9/rss")
        list(fetch_pages([page], (), lambda: now, PageOptions(FetchConfig(deadline=60))))
        assert server.requests == []
