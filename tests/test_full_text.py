"""Summaries, their articles' pages and first readings, through the whole flow."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import Any

import pytest

from watchlist.app import make_app
from watchlist.cli.alerts.show import text_from
from watchlist.config import Config
from watchlist.delivery.transports import full_config
from watchlist.errors import StorageError
from watchlist.feeds.schedule import may_ask
from watchlist.model import Entity, FeedDeclaration, FullText, ListDeclaration, Name, PageStatus, Schema
from watchlist.pipeline import run
from watchlist.steps.parts import Parts, RunReport
from watchlist.storage.store import open_store

LISTED = (
    Entity("own", "1", Schema.COMPANY, (Name("KAVERON SHIPPING LINES"),)),
    Entity("own", "2", Schema.PERSON, (Name("MARROVSKY, Ilya Petrovich"),)),
)
TITLE = "Two ships detained in Marrow Bay"
SUMMARY = "The harbour office detained two ships on Monday…"
PAGE = (
    "The harbour office of Marrow Bay detained two ships on Monday, its director said.",
    "One of them belongs to Kaveron Shipping Lines, according to the register of the port.",
    "The crews were allowed to go ashore while their cargo is looked through this week.",
)

Put = Callable[..., None]


def html(*paragraphs: str) -> str:
    body = "".join(f"<p>{each}</p>" for each in paragraphs)
    return f"<!doctype html><html><head><title>{TITLE}</title></head><body><article>{body}</article></body></html>"


def item(url: str, title: str, text: str, published: datetime | None = None) -> str:
    date = f"<pubDate>{format_datetime(published)}</pubDate>" if published else ""
    return (
        f"<item><title>{escape(title)}</title><link>{escape(url)}</link>"
        f"<description>{escape(text)}</description>{date}</item>"
    )


def feed_of(*items: str) -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Bay News</title>{"".join(items)}</channel></rss>'


@pytest.fixture
def config(sqlite_database: str, smtp_port: int) -> Config:
    return full_config().model_validate(
        {
            "database": {"url": sqlite_database},
            "fetch": {"deadline": 60},
            "email": {
                "host": "127.0.0.1",
                "port": smtp_port,
                "security": "none",
                "sender": "watchlist@news.example",
                "recipients": ["desk@news.example"],
            },
        }
    )


@pytest.fixture
def parts(config: Config, lent_readers: None) -> Iterator[Parts]:
    made = make_app(config, declares=True)
    made.store.add_list(ListDeclaration("own", "Own list", None, refresh=False, own=True))
    made.store.apply_entities("own", LISTED, datetime.now(UTC), lambda _: None)
    yield made
    made.store.close()


def go(parts: Parts) -> RunReport:
    return run(parts, may_ask)


def later(parts: Parts, delay: timedelta) -> Parts:
    return replace(parts, clock=lambda: datetime.now(UTC) + delay)


def fetched(web: Any, path: str = "/a.html") -> int:
    return sum(1 for each, _ in web.answered if each == path)


def text_of(message: Any) -> str:
    return str(message.get_body(("plain",)).get_content())


class TestPages:
    @pytest.fixture
    def put(self, parts: Parts, web: Any) -> Put:
        """Puts an article's summary into the feed, dated lately."""
        parts.store.add_feed(web.url + "/feed.xml", None)

        def change(summary: str = SUMMARY, title: str = TITLE, path: str = "/a.html") -> None:
            published = datetime.now(UTC) - timedelta(hours=1)
            web.put("/feed.xml", feed_of(item(web.url + path, title, summary, published)))

        change()
        return change

    def test_a_name_that_only_the_page_has_is_mailed_in_the_same_run(
        self, parts: Parts, web: Any, put: Put, mailbox: Any
    ) -> None:
        web.put("/a.html", html(*PAGE))
        report = go(parts)
        assert report.errors == []
        assert dict(report.counts) | {"articles_scanned": 2, "pages_fetched": 1, "pages_used": 1} == dict(report.counts)
        (alert,) = parts.store.alerts()
        assert alert.mention.surface == "Kaveron Shipping Lines"
        (stored,) = parts.store.stored_articles(datetime(2000, 1, 1, tzinfo=UTC), "", 10)
        assert stored.text[alert.mention.start : alert.mention.end] == alert.mention.surface
        assert stored.text == "\n".join(PAGE)
        assert text_from(alert).startswith("the article's page, fetched ")
        assert len(mailbox.messages) == 1
        assert go(parts).counts["articles_scanned"] == 0
        assert fetched(web) == 1

    def test_what_the_summary_names_is_told_once_though_the_page_names_it_too(
        self, parts: Parts, web: Any, put: Put, mailbox: Any
    ) -> None:
        put("Kaveron Shipping Lines lost two ships to the harbour office.")
        web.put("/a.html", html(*PAGE, "Ilya Petrovich Marrovsky could not be reached."))
        go(parts)
        assert sorted(each.entity.id for each in parts.store.alerts()) == ["own:1", "own:2"]
        assert len(mailbox.messages) == 1
        put("Kaveron Shipping Lines lost two ships to the harbour office on Monday.")
        report = go(parts)
        assert (report.counts["articles_scanned"], report.alerts) == (1, [])
        assert fetched(web) == 2

    def test_a_name_that_only_the_summary_has_stays_where_it_was_found(self, parts: Parts, web: Any, put: Put) -> None:
        put("Ilya Petrovich Marrovsky lost two ships to the harbour office.")
        web.put("/a.html", html(*PAGE))
        go(parts)
        (stored,) = parts.store.stored_articles(datetime(2000, 1, 1, tzinfo=UTC), "", 10)
        for alert in parts.store.alerts():
            assert stored.text[alert.mention.start : alert.mention.end] == alert.mention.surface
            assert text_from(alert).startswith("the feed's and the article's page, fetched ")

    @pytest.mark.parametrize(
        ("status", "shown"),
        [(404, "its page could not be used: answered 404 Not Found"), (503, "is still to be fetched")],
    )
    def test_a_page_that_is_not_to_be_had_is_no_error_and_the_reason_is_kept(
        self, parts: Parts, web: Any, put: Put, mailbox: Any, status: int, shown: str
    ) -> None:
        put("Kaveron Shipping Lines lost two ships.")
        web.put("/a.html", "", status=status)
        report = go(parts)
        assert report.errors == []
        (alert,) = parts.store.alerts()
        assert shown in text_from(alert)
        assert len(mailbox.messages) == 1
        assert go(parts).errors == []
        assert fetched(web) == 1

    def test_a_page_that_fails_is_tried_three_times_in_all(self, parts: Parts, web: Any, put: Put) -> None:
        web.put("/a.html", "", status=502)
        for hours in (0, 1, 2, 8, 24, 72):
            go(later(parts, timedelta(hours=hours)))
        assert fetched(web) == 3
        assert parts.store.page_counts(1).by_status == {PageStatus.FAILED: 1}

    def test_robots_txt_is_asked_for_once_in_several_runs(self, parts: Parts, web: Any, put: Put) -> None:
        for path in ("/a.html", "/b.html"):
            web.put(path, html(*PAGE))
            put(f"The harbour office detained the ships of {path}…", path=path)
            go(parts)
        assert (fetched(web, "/robots.txt"), fetched(web, "/a.html"), fetched(web, "/b.html")) == (1, 1, 1)

    @pytest.mark.parametrize("setting", ["fetch", "feed", "none"])
    def test_it_can_be_switched_off(self, parts: Parts, web: Any, put: Put, setting: str) -> None:
        web.put("/a.html", html(*PAGE))
        if setting == "feed":
            url = web.url + "/feed.xml"
            parts.store.declare_feeds([FeedDeclaration(url, None, True, FullText.NEVER)], datetime.now(UTC))
            assert parts.store.feed(url).full_text is FullText.NEVER
        else:
            change: dict[str, Any] = {"full_text": FullText.NEVER} if setting == "fetch" else {"pages_per_run": 0}
            fetch = parts.config.fetch.model_copy(update=change)
            parts = replace(parts, config=parts.config.model_copy(update={"fetch": fetch}))
        assert go(parts).errors == []
        assert fetched(web) == 0

    def test_old_articles_of_a_first_reading_are_left_alone(self, parts: Parts, web: Any) -> None:
        for n, published in enumerate([datetime(2024, 9, 10, tzinfo=UTC), None]):
            web.put(f"/{n}.html", html(*PAGE))
            url = web.put(f"/{n}.xml", feed_of(item(f"{web.url}/{n}.html", TITLE, SUMMARY, published)))
            parts.store.add_feed(url, None)
        assert go(parts).errors == []
        assert [path for path, _ in web.answered if path.endswith(".html") or "robots" in path] == []

    def test_a_page_that_the_database_refuses_is_noted_and_the_run_goes_on(
        self, parts: Parts, web: Any, put: Put, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        web.put("/a.html", html(*PAGE))
        record = type(parts.store).record_page

        def refusing(store: Any, intent: Any) -> bool:
            if intent.status is PageStatus.READ:
                raise StorageError("a value that cannot be stored")
            return record(store, intent)

        monkeypatch.setattr(type(parts.store), "record_page", refusing)
        assert go(parts).errors == []
        assert parts.store.page_counts(1).reasons == (("cannot be stored: a value that cannot be stored", 1),)

    def test_killed_after_the_page_was_stored_the_next_run_screens_it(
        self, parts: Parts, web: Any, put: Put, mailbox: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        web.put("/a.html", html(*PAGE))
        record = type(parts.store).record_page

        class Killed(BaseException):
            pass

        def dying(store: Any, intent: Any) -> bool:
            record(store, intent)
            raise Killed

        with monkeypatch.context() as patched:
            patched.setattr(type(parts.store), "record_page", dying)
            with pytest.raises(Killed):
                go(parts)
        assert (len(parts.store.unscanned_articles(5)), mailbox.messages) == (1, [])
        go(parts)
        assert [each.entity.id for each in parts.store.alerts()] == ["own:1"]
        assert (len(mailbox.messages), fetched(web)) == (1, 1)


@pytest.mark.thorough
def test_killed_while_it_fetches_pages_it_has_the_summarys_alert_and_fetches_the_page_again(
    tmp_path: Path, web: Any, smtp_port: int, mailbox: Any
) -> None:
    web.put("/a.html", html(*PAGE), delay=60)
    summary = "Ilya Petrovich Marrovsky lost two ships to the harbour office."
    published = datetime.now(UTC) - timedelta(hours=1)
    feed = web.put("/feed.xml", feed_of(item(web.url + "/a.html", TITLE, summary, published)))
    path = tmp_path / "config.yaml"
    email = {"host": "127.0.0.1", "port": smtp_port, "security": "none"}
    email |= {"sender": "watchlist@news.example", "recipients": ["desk@news.example"]}
    path.write_text(json.dumps({"feeds": [feed], "email": email}))
    store = open_store(f"sqlite:///{tmp_path / 'watchlist.db'}")
    store.add_list(ListDeclaration("own", "Own list", None, refresh=False, own=True))
    store.apply_entities("own", LISTED, datetime.now(UTC), lambda _: None)
    command = [sys.executable, "-m", "watchlist", "--config", str(path), "run", "--once"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 300
    while not (fetched(web, "/robots.txt") and store.alerts()):
        assert time.monotonic() < deadline
        assert process.poll() is None
        time.sleep(0.01)
    process.kill()
    assert process.wait() == -signal.SIGKILL
    assert [each.entity.id for each in store.alerts()] == ["own:2"]
    assert mailbox.messages == []
    web.pages["/a.html"].delay = 0
    assert subprocess.run(command, stdout=subprocess.DEVNULL).returncode == 0
    assert sorted(each.entity.id for each in store.alerts()) == ["own:1", "own:2"]
    assert len(mailbox.messages) == 1
    store.close()


class TestFirstReading:
    NOW = datetime.now(UTC)
    OLD = datetime(2024, 9, 10, 8, tzinfo=UTC)

    def naming(self, n: int, published: datetime | None, name: str = "Kaveron Shipping Lines") -> str:
        return item(f"https://news.example/{n}", f"Report {n}", f"{name} opened {n} offices.", published)

    def test_an_old_article_with_several_names_comes_in_one_mail_of_the_same_run(
        self, parts: Parts, web: Any, mailbox: Any
    ) -> None:
        text = "Kaveron Shipping Lines denied that Ilya Petrovich Marrovsky had left."
        url = web.put("/feed.xml", feed_of(item("https://news.example/1", "Denial", text, self.OLD)))
        parts.store.add_feed(url, None)
        report = go(parts)
        assert (len(report.alerts), report.errors) == (2, [])
        (message,) = mailbox.messages
        assert "from the first reading of Bay News, published on 2024-09-10" in " ".join(text_of(message).split())
        assert {each.alert.note for each in parts.store.alerts()} == {
            "from the first reading of Bay News, published on 2024-09-10"
        }
        go(parts)
        assert len(mailbox.messages) == 1

    def test_the_backlog_is_one_digest_and_what_is_new_alerts_by_itself(
        self, parts: Parts, web: Any, mailbox: Any
    ) -> None:
        old = [self.naming(n, self.OLD + timedelta(days=n)) for n in range(60)]
        undated = [self.naming(n, None, "Ilya Petrovich Marrovsky") for n in range(60, 64)]
        new = self.naming(99, self.NOW - timedelta(hours=3))
        parts.store.add_feed(web.put("/feed.xml", feed_of(*old, new, *undated)), None)
        assert len(go(parts).alerts) == 65
        digest, news = sorted(mailbox.messages, key=lambda each: "First reading" not in each["Subject"])
        assert digest["Subject"].startswith("[watchlist] First reading: 64 alerts about 2 subjects: ")
        shown = text_of(digest)
        assert "KAVERON SHIPPING LINES · own · 60 alerts" in shown
        assert shown.count("without a date") == 4
        assert "Report 99" not in shown
        assert "Report 99" in news["Subject"]
        assert "Why now" not in text_of(news)
        notes = {each.article_title: each.alert.note for each in parts.store.alerts()}
        assert notes["Report 99"] is None
        assert notes["Report 60"] == "from the first reading of Bay News, without a date"

    def test_after_the_first_reading_everything_alerts_at_once_and_an_old_one_says_so(
        self, parts: Parts, web: Any, mailbox: Any
    ) -> None:
        parts.store.add_feed(web.put("/feed.xml", feed_of(item("https://news.example/0", "Rain", "Rain.", None))), None)
        go(parts)
        web.put("/feed.xml", feed_of(self.naming(1, self.OLD), self.naming(2, None), self.naming(3, self.NOW)))
        assert len(go(parts).alerts) == 3
        (message,) = mailbox.messages
        assert "[watchlist] 3 alerts: " in message["Subject"]
        assert {each.article_title: each.alert.note for each in parts.store.alerts()} == {
            "Report 1": "an older article, published on 2024-09-10",
            "Report 2": None,
            "Report 3": None,
        }

    def test_killed_in_the_middle_of_a_first_reading_every_alert_is_in_a_digest_that_is_sent(
        self, parts: Parts, web: Any, mailbox: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        parts.store.add_feed(web.put("/feed.xml", feed_of(*(self.naming(n, self.OLD) for n in range(20)))), None)
        record, left = type(parts.store).record_scan, [7]

        class Killed(BaseException):
            pass

        def dying(store: Any, scan: Any, now: datetime) -> Any:
            if not left[0]:
                raise Killed
            left[0] -= 1
            return record(store, scan, now)

        with monkeypatch.context() as patched:
            patched.setattr(type(parts.store), "record_scan", dying)
            with pytest.raises(Killed):
                go(parts)
        go(parts)
        (delivery,) = parts.store.deliveries()
        assert (delivery.digest, len(delivery.alert_ids)) == (True, 20)
        assert len(mailbox.messages) == 1
