"""``watchlist demo``: the whole path, on what ships with the program."""

from __future__ import annotations

import csv
import io
import os
import re
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from rich.console import Console

from watchlist import demo
from watchlist.cli import main
from watchlist.config import Config, DatabaseConfig
from watchlist.demo.servers import FeedServer, MailSink
from watchlist.demo.setting import STARTER, load_starter
from watchlist.demo.show import _require, show_demo
from watchlist.errors import WatchlistError
from watchlist.feeds.schedule import may_ask
from watchlist.model import Alert, AlertStatus
from watchlist.pipeline import run
from watchlist.steps.parts import Parts, RunReport
from watchlist.storage.store import Store, open_store

DATA = Path(demo.__file__).parent / "data"
EXPECTED = Path(__file__).with_name("expected.csv")
NOW = datetime(2026, 2, 3, 9, tzinfo=UTC)


@pytest.fixture
def starter_store(sqlite_database: str) -> Iterator[Store]:
    with closing(open_store(sqlite_database)) as store:
        load_starter(store, NOW)
        yield store


@pytest.fixture
def parts(starter_store: Store, sqlite_database: str, tmp_path: Path, lent_readers: None) -> Parts:
    config = Config.model_construct(database=DatabaseConfig(url=sqlite_database))
    return Parts(config, starter_store, {}, tmp_path / "index", lambda: datetime.now(UTC), Event())


@dataclass(frozen=True)
class Demo:
    """The command, run into a pipe where a configuration and an environment are in its way."""

    printed: str
    errors: str
    left: list[str]


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The program is started once: the demo takes longer than most tests."""
    folder = tmp_path_factory.mktemp("demo")
    (folder / "config.yaml").write_text("this: is no configuration\n")
    settings = {"WATCHLIST_EMAIL__HOST": "mail.invalid", "WATCHLIST_MATCHING__ALERT": "0.999", "TMPDIR": str(folder)}
    ran = subprocess.run(
        [sys.executable, "-c", "from watchlist.cli import main; main()", "demo"],
        cwd=folder,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=True,
        timeout=500,
    )
    return Demo(ran.stdout, ran.stderr, [path.name for path in folder.iterdir()])


def test_the_sample_feed_alerts_for_exactly_what_it_is_to_alert_for(parts: Parts) -> None:
    feed = FeedServer((DATA / "feed.xml").read_bytes())
    with feed.running():
        parts.store.add_feed(feed.url, None)
        report = run(parts, may_ask)
    assert report.errors == []
    guids = {each.findtext("link"): each.findtext("guid") for each in ET.parse(DATA / "feed.xml").iter("item")}
    details = parts.store.alert_details(tuple(alert.id for alert in report.alerts))
    found = {(guids[detail.article_url], detail.entity.source_id) for detail in details}
    with EXPECTED.open(encoding="utf-8", newline="") as stream:
        expected = {(row["guid"], row["id"]) for row in csv.DictReader(stream)}
    assert found == expected


def test_the_demo_shows_each_step_with_marked_and_explained_mentions(done: Demo) -> None:
    shown = done.printed
    assert done.errors == ""
    headings = re.findall(r"(?m)^(\d)\. (.*?)  ", shown)
    assert headings == [
        ("1", "A database"),
        ("2", "A list"),
        ("3", "A feed"),
        ("4", "Mentions and alerts"),
        ("5", "E-mail"),
        ("6", "The same feed again"),
    ]
    assert "no substitute for a synced list" in shown
    assert re.search(r"12 articles pulled over HTTP from http://127\.0\.0\.1:\d+/", shown)
    alerts = re.findall(r"(?m)^   ALERT  (.+?)  score (\d\.\d\d), OFAC id (\d+)\n   “(.*\[.+?\].*)”$", shown)
    assert len(alerts) >= 10
    assert len(re.findall(r"(?m)^     - Score \d", shown)) == 3
    assert f"1 message for {len(alerts)} alerts" in shown
    assert f"{len(alerts)} listed entities are named in them" in shown
    assert "  | To: desk@news.example" in shown
    assert "0 new alerts, 0 more messages." in shown


def test_the_demo_leaves_nothing_behind(done: Demo) -> None:
    assert done.left == ["config.yaml"]


def test_settings_of_the_user_do_not_reach_the_demo(done: Demo) -> None:
    assert "   ALERT  " in done.printed
    assert re.search(r"(?m)^   \S+ init ", done.printed)


@pytest.mark.thorough
def test_it_says_how_it_is_called_here(lent_readers: None) -> None:
    written = io.StringIO()
    show_demo(Console(file=written, width=100), program="there/watchlist")
    assert "   there/watchlist init" in written.getvalue()


def test_the_starter_list_is_a_list_of_its_own_with_press_names(starter_store: Store) -> None:
    (held,) = starter_store.watched_lists()
    assert (held.id, held.own, held.refresh) == (STARTER, True, False)
    assert held.entity_count > 50
    names = {name.text: name.origin for name in starter_store.entity(f"{STARTER}:4697").names}
    assert "press" in names.values()


@dataclass(frozen=True)
class Case:
    """A demo that went wrong in one way."""

    said: str
    first: Callable[[RunReport], Any]
    second: Callable[[RunReport], Any]
    messages: int


ALERT = Alert(1, "starter:1", "story", "article", "mention", AlertStatus.OPEN, NOW)


@pytest.mark.parametrize(
    "case",
    [
        Case("no alert was raised", lambda report: report.alerts.clear(), lambda _: None, 1),
        Case("feed is broken", lambda report: report.errors.append("feed is broken"), lambda _: None, 1),
        Case("0 messages arrived where one was due", lambda _: None, lambda _: None, 0),
        Case("2 messages arrived where one was due", lambda _: None, lambda _: None, 2),
        Case("1 alerts were raised twice", lambda _: None, lambda report: report.alerts.append(ALERT), 1),
    ],
    ids=lambda case: case.said,
)
def test_a_demo_that_goes_wrong_says_so(case: Case) -> None:
    first, second, sink = RunReport(alerts=[ALERT]), RunReport(), MailSink()
    case.first(first)
    case.second(second)
    sink.messages.extend([object()] * case.messages)  # type: ignore[list-item]
    with pytest.raises(WatchlistError, match=re.escape(case.said)):
        _require(first, second, sink)


def test_a_demo_that_goes_well_is_content() -> None:
    sink = MailSink()
    sink.messages.append(object())  # type: ignore[arg-type]
    _require(RunReport(alerts=[ALERT]), RunReport(), sink)


def test_the_servers_answer_on_the_loopback_address_only() -> None:
    feed, sink = FeedServer(b"<rss/>"), MailSink()
    with feed.running(), sink.running() as port:
        assert feed.url.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(feed.url) as answer:
            assert answer.read() == b"<rss/>"
        feed.document = b"<rss>other</rss>"
        with urllib.request.urlopen(feed.url) as answer:
            assert answer.read() == b"<rss>other</rss>"
        with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
            assert connection.recv(3) == b"220"


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "aiosmtpd", None)
    with pytest.raises(SystemExit) as ended:
        main(["demo"])
    assert ended.value.code == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "pip install 'watchlist[demo]'" in printed.err
