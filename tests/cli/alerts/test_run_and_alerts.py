"""``watchlist run``, ``alerts``, ``deliveries`` and ``status``."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from watchlist.demo.servers import FeedServer, MailSink
from watchlist.errors import UsageError
from watchlist.steps.asked.times import parse_since
from watchlist.storage.store import open_store

Call = Callable[..., Any]

ALERT_KEYS = {
    *("id", "status", "opened_at", "entity", "list", "name", "matched_name", "schema", "programs", "article", "title"),
    *("url", "feed", "band", "score", "surface", "field", "start", "end", "spans", "quote", "features"),
}
QUOTE = "The company Grey Harbour Shipping said on Monday that it would open an office in Valletta."
WAGES = "A court heard the company Grey Harbour Shipping about unpaid wages of two crews."
GRAIN = "The company Grey Harbour Shipping lost a cargo of grain off the cape last winter."


def plain_text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return body.get_content()


def test_a_run_prints_its_alerts_and_the_next_is_quiet(cli: Call, own_list: str, feed: FeedServer) -> None:
    assert cli("feeds", "add", feed.url).code == 0
    first = cli("run", "--once")
    assert (first.code, first.err) == (0, "")
    heading, title, url, quote = first.out.splitlines()
    assert heading.startswith("ALERT 1  GREY HARBOUR SHIPPING CO.  (suppliers:s-1)  score ")
    assert (title, url) == ("  Shipping company opens an office", "  https://news.example/1")
    assert quote == f"  “{QUOTE.replace('Grey Harbour Shipping', '[Grey Harbour Shipping]')}”"
    again = cli("run", "--once")
    assert (again.code, again.out, again.err) == (0, "", "")


def test_a_reworded_or_reordered_feed_raises_nothing_again(cli: Call, alerted: FeedServer) -> None:
    document = alerted.document.decode()
    items = re.findall(r"<item>.*?</item>", document, re.DOTALL)
    reordered = document.replace(items[0], "@").replace(items[1], items[0]).replace("@", items[1])
    alerted.document = reordered.replace("said on Monday", "announced this week").encode()
    found = cli("run", "--once")
    assert (found.code, found.out, found.err) == (0, "", "")
    assert len(cli("alerts").rows()) == 1


def test_a_name_that_an_edit_brings_in_raises_an_alert(cli: Call, alerted: FeedServer) -> None:
    addition = b" Its head, Ilya Marrov, was in Damascus at the time.</description>"
    alerted.document = alerted.document.replace(b"</description></item>", addition + b"</item>", 1)
    found = cli("run", "--once")
    assert found.code == 0
    assert found.out.startswith("ALERT 2  MARROW, Ilya Petrovich")


def test_a_run_with_nothing_to_do_is_quiet(cli: Call) -> None:
    found = cli("run", "--once")
    assert (found.code, found.out, found.err) == (0, "", "")


def test_a_bad_feed_among_good_ones_is_exit_code_3(cli: Call, own_list: str, feed: FeedServer) -> None:
    dead = "http://127.0.0.1:1/feed.xml"
    assert cli("feeds", "add", dead).code == 0
    assert cli("feeds", "add", feed.url).code == 0
    found = cli("run", "--once")
    assert found.code == 3
    assert found.out.startswith("ALERT 1")
    assert [line.startswith(f"watchlist: feed {dead}: ") for line in found.err.splitlines()] == [True]
    assert dead in cli("status").out


def test_two_runs_never_overlap(cli: Call, own_list: str, sqlite_database: str) -> None:
    store = open_store(sqlite_database)
    with store.lock():
        found = cli("run", "--once")
    store.close()
    assert (found.code, found.out) == (75, "")
    assert len(found.err.splitlines()) == 1
    assert cli("run", "--once").code == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.thorough)])
def test_the_daemon_works_until_it_is_told_to_stop(
    cli: Call, own_list: str, feed: FeedServer, sqlite_database: str, number: signal.Signals
) -> None:
    assert cli("feeds", "add", feed.url).code == 0
    command = [sys.executable, "-c", "from watchlist.cli import main; main()", "--database", sqlite_database, "run"]
    daemon = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        deadline = time.monotonic() + 300
        while not cli("alerts").rows() and time.monotonic() < deadline:
            time.sleep(0.1)
        assert cli("run", "--once").code == 75
        daemon.send_signal(number)
        out, err = daemon.communicate(timeout=300)
    finally:
        daemon.kill()
    assert (daemon.returncode, err) == (0, "")
    assert out.startswith("ALERT 1  GREY HARBOUR SHIPPING CO.")


def test_alerts_are_listed(cli: Call, alerted: FeedServer) -> None:
    assert cli("alerts").out == cli("alerts", "list").out
    (row,) = cli("alerts").rows()
    assert (row["id"], row["status"], row["entity"]) == ("1", "open", "suppliers:s-1")
    assert (row["name"], row["article"]) == ("GREY HARBOUR SHIPPING CO.", "Shipping company opens an office")
    (shown,) = cli("alerts", "--json").json()
    assert shown == cli("alerts", "list", "--json").json()[0]
    assert set(shown) >= ALERT_KEYS
    assert (shown["entity"], shown["list"], shown["programs"]) == ("suppliers:s-1", "suppliers", ["ON-HOLD"])
    assert (shown["band"], shown["url"], shown["feed"]) == ("alert", "https://news.example/1", "Harbour news")
    quote = shown["quote"]
    assert quote["text"][quote["start"] : quote["end"]] == shown["surface"] == "Grey Harbour Shipping"
    assert f"{shown['score']:.2f}" == row["score"]


def test_alerts_are_chosen_by_time_and_entity(cli: Call, alerted: FeedServer) -> None:
    def ids(*options: str) -> list[int]:
        return [each["id"] for each in cli("alerts", *options, "--json").json()]

    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
    assert ids("--since", "1h") == ids("--since", "2020-01-01") == [1]
    assert ids("--since", tomorrow) == []
    assert ids("--entity", "suppliers:s-1") == [1]
    assert ids("--entity", "suppliers:s-2") == []
    assert ids("--since", "7d", "--entity", "suppliers:s-1", "--limit", "1") == [1]


def test_one_alert_is_shown_with_its_evidence(cli: Call, alerted: FeedServer) -> None:
    found = cli("alerts", "show", "1")
    assert (found.code, found.err) == (0, "")
    for fact in (
        "GREY HARBOUR SHIPPING CO. (suppliers:s-1), Company",
        "Suppliers on hold",
        "ON-HOLD",
        "Shipping company opens an office",
        "https://news.example/1",
        "Harbour news",
        "2026-11-02 08:00",
        f"  “{QUOTE.replace('Grey Harbour Shipping', '[Grey Harbour Shipping]')}”",
    ):
        assert fact in found.out
    assert [line for line in found.out.splitlines() if line.startswith("  - ")]
    (listed,) = cli("alerts", "--json").json()
    assert cli("alerts", "show", "1", "--json").json() == listed


def test_an_alert_outlives_its_list(cli: Call, alerted: FeedServer) -> None:
    assert cli("lists", "remove", "suppliers", "--yes").code == 0
    assert [row["entity"] for row in cli("alerts").rows()] == ["suppliers:s-1"]
    assert cli("alerts", "show", "1").code == 0
    assert [row["id"] for row in cli("alerts", "--entity", "suppliers:s-1").rows()] == ["1"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "7"), "no alert '7'; 'watchlist alerts' shows them"),
        (("--since", "yesterday"), "'yesterday' is no time: write 7d, 24h"),
        (("--since", "99999999999d"), "99999999999d"),
        (("--entity", "suppliers:none"), "no entity 'suppliers:none'"),
    ],
)
def test_what_cannot_be_shown_says_why(cli: Call, arguments: tuple[str, ...], said: str) -> None:
    found = cli("alerts", *arguments)
    assert (found.code, found.out) == (2, "")
    assert said in found.err


def test_without_alerts_the_listing_is_empty(cli: Call) -> None:
    assert cli("alerts").rows() == []
    assert cli("alerts", "--json").json() == []


def test_points_in_time() -> None:
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert parse_since(None, now) is None
    assert parse_since("30m", now) == now - timedelta(minutes=30)
    assert parse_since(" 24h ", now) == now - timedelta(days=1)
    assert parse_since("7d", now) == now - timedelta(days=7)
    assert parse_since("2026-11-20", now) == datetime(2026, 11, 20, tzinfo=UTC)
    assert parse_since("2026-11-20T08:00+02:00", now) == datetime(2026, 11, 20, 6, tzinfo=UTC)
    with pytest.raises(UsageError):
        parse_since("7 weeks", now)


def test_alerts_are_mailed_once_and_the_delivery_is_listed(cli: Call, sink: MailSink, alerted: FeedServer) -> None:
    (message,) = sink.messages
    assert message["To"] == "desk@news.example"
    assert "GREY HARBOUR SHIPPING CO." in plain_text(message)
    assert cli("run", "--once").out == ""
    assert len(sink.messages) == 1
    assert cli("deliveries").out == cli("deliveries", "list").out
    (row,) = cli("deliveries").rows()
    assert (row["id"], row["channel"], row["status"], row["alerts"], row["attempts"]) == (
        "1",
        "email",
        "sent",
        "1",
        "1",
    )
    (shown,) = cli("deliveries", "--json").json()
    assert (shown["id"], shown["channel"], shown["status"], shown["alert_ids"]) == (1, "email", "sent", [1])
    assert cli("deliveries", "list", "--json").json() == [shown]


def test_mail_that_is_not_taken_is_a_fault_and_the_alert_stands(
    cli: Call, own_list: str, feed: FeedServer, sink: MailSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHLIST_EMAIL__PORT", "1")
    assert cli("feeds", "add", feed.url).code == 0
    found = cli("run", "--once")
    assert found.code == 3
    assert found.out.startswith("ALERT 1")
    assert "refused the connection" in found.err
    (row,) = cli("deliveries").rows()
    assert (row["status"], row["attempts"]) == ("pending", "1")
    assert "refused the connection" in row["last error"]
    (fault,) = cli("status", "--json").json()["faults"]
    assert re.search(r"^email takes nothing since .* UTC, 1 message waiting, next try .*refused the connection", fault)


def test_the_password_appears_nowhere(
    cli: Call, own_list: str, feed: FeedServer, sink: MailSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHLIST_EMAIL__USERNAME", "watchlist")
    monkeypatch.setenv("WATCHLIST_EMAIL__PASSWORD", "open-sesame")
    monkeypatch.setenv("WATCHLIST_LOGGING__LEVEL", "debug")
    assert cli("feeds", "add", feed.url).code == 0
    for arguments in (("run", "--once"), ("status",), ("status", "--json"), ("deliveries", "--json")):
        found = cli(*arguments)
        assert "open-sesame" not in found.out + found.err


def test_without_deliveries_the_listing_is_empty(cli: Call, alerted: FeedServer) -> None:
    assert cli("deliveries").rows() == []
    assert cli("deliveries", "--json").json() == []


def test_status_counts_everything(cli: Call, alerted: FeedServer) -> None:
    found = cli("status")
    assert (found.code, found.err) == (0, "")
    told = {line.split("  ")[0]: line[12:].strip() for line in found.out.splitlines() if "  " in line}
    assert told["lists"].startswith("1 on, 3 entities, ")
    assert told["feeds"] == "1 on, 0 failing, 0 silent"
    assert told["articles"] == "2 stored, 0 waiting to be screened"
    assert told["alerts"] == "1 open; not closed: 1 today"
    assert told["last run"].endswith(", 0 errors")
    assert found.out.splitlines()[0] == "Well: no faults."
    shown = cli("status", "--json").json()
    assert set(shown) >= {"lists", "feeds", "articles", "alerts", "deliveries", "last_run", "faults"}
    assert (shown["alerts"], shown["faults"]) == ({"open": 1}, [])
    assert shown["last_run"]["errors"] == []


def test_status_of_an_empty_database_says_what_is_missing(cli: Call) -> None:
    found = cli("status")
    assert found.code == 2
    assert "never; 'watchlist run --once' does one" in found.out
    assert "no names to look for: sync or create a list" in found.out


def test_log_lines_go_to_standard_error_as_configured(cli: Call, folder: Path, feed: FeedServer) -> None:
    (folder / "config.yaml").write_text("logging: {level: debug, format: json}\n")
    assert cli("feeds", "add", feed.url).code == 0
    found = cli("run", "--once")
    assert found.out == ""
    for line in found.err.splitlines():
        assert {"event", "level", "timestamp"} <= set(json.loads(line))


def test_an_alert_from_a_first_reading_says_so_wherever_it_is_shown(cli: Call, alerted: FeedServer) -> None:
    note = "from the first reading of Harbour news, published on 2026-11-02"
    (row,) = cli("alerts").rows()
    assert row["why now"] == note
    assert note in cli("alerts", "show", "1").out
    assert cli("alerts", "--json").json()[0]["note"] == note


def test_where_a_text_is_from_and_why_not_from_its_page(
    cli: Call, own_list: str, web: Any, rss: Callable[..., str]
) -> None:
    def feed_of(*numbers: int) -> str:
        texts = {n: (QUOTE, WAGES, GRAIN)[n] for n in numbers}
        return web.put("/feed.xml", rss(*((f"{web.url}/{n}.html", f"Office {n}", text) for n, text in texts.items())))

    url = feed_of(0)
    web.put("/2.html", "<html><body><article>" + f"<p>{GRAIN} It was insured, on the quay.</p>" * 3)
    assert cli("feeds", "add", url).code == 0
    assert cli("run", "--once").code == 0
    feed_of(1, 2)
    assert cli("run", "--once").code == 0
    shown = {
        number: re.sub(r"\s+", " ", cli("alerts", "show", str(each["id"])).out)
        for each in cli("alerts", "--json").json()
        for number in each["title"][-1]
    }
    assert "Text the feed's Score" in shown["0"]
    assert "Text the feed's; its page could not be used: answered 404 Not Found" in shown["1"]
    assert "Text the article's page, fetched 20" in shown["2"]
    assert re.search(r"^pages\s+1 read, 0 waiting, 1 failed: answered 404 Not Found \(1\)$", cli("status").out, re.M)
    pages = cli("status", "--json").json()["pages"]
    assert pages == {"by_status": {"failed": 1, "read": 1}, "reasons": [["answered 404 Not Found", 1]]}
