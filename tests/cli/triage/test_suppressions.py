"""``watchlist suppressions`` and ``silences``: what was dismissed stays dismissed, and is there to be seen."""

from __future__ import annotations

from collections.abc import Callable
from getpass import getuser
from typing import Any

import pytest

from watchlist.demo.servers import FeedServer

Call = Callable[..., Any]


def publish(feed: FeedServer, n: int, title: str, text: str) -> None:
    """Add an article to the feed."""
    entry = (
        f"<item><title>{title}</title><link>https://news.example/{n}</link><guid>g-{n}</guid>"
        f"<description>{text}</description></item></channel>"
    )
    feed.document = feed.document.replace(b"</channel>", entry.encode())


def run(cli: Call) -> list[str]:
    """The alerts that a run opens, by their first lines."""
    found = cli("run", "--once")
    assert (found.code, found.err) == (0, "")
    return [line for line in found.out.splitlines() if line.startswith("ALERT")]


@pytest.fixture
def teacher(cli: Call, alerted: FeedServer, once: Call) -> FeedServer:
    """Alert 2, of somebody with the name of one who is listed."""
    publish(alerted, 7, "School prize for Ilya Marrov", "A prize went on Monday to Ilya Marrov for her pupils.")
    once("teacher", lambda: run(cli))
    assert len(cli("alerts").rows()) == 2
    return alerted


def test_one_that_is_removed_says_what_holds_the_subject_back_still(cli: Call, teacher: FeedServer) -> None:
    assert cli("alerts", "dismiss", "2", "--by", "ann").code == 0
    assert cli("entities", "suppress", "suppliers:s-2", "--because", "in every paper").code == 0
    assert cli("suppressions", "remove", "1").out == (
        "Removed suppression 1 of suppliers:s-2. Of the subject these hold still: 2 (all of it).\n"
    )
    assert cli("suppressions", "remove", "2").out == "Removed suppression 2 of suppliers:s-2.\n"


def test_what_was_dismissed_stays_dismissed_until_there_is_more_to_it(cli: Call, teacher: FeedServer) -> None:
    assert cli("alerts", "dismiss", "2", "--why", "a namesake", "--by", "ann").code == 0
    publish(teacher, 8, "Choir in Rome", "Forty children sang in the cathedral, Ilya Marrov at the organ.")
    assert run(cli) == []
    (row,) = cli("suppressions").rows()
    assert (row["id"], row["entity"], row["held"]) == ("1", "suppliers:s-2", "1")
    assert (row["by"], row["why"]) == ("ann", "a namesake")
    assert row["holds back"] == "“ilya marrov” where nothing speaks against it"
    assert cli("suppressions", "list").out == cli("suppressions").out
    (shown,) = cli("suppressions", "--json").json()
    assert (shown["scope"], shown["alert_id"], shown["until"], shown["held"]) == ("surface", 2, None, 1)
    told = cli("suppressions", "show", "1").out
    assert "MARROW, Ilya Petrovich (suppliers:s-2)" in told
    assert "https://news.example/8" in told
    assert "Held back   1\n" in told
    (held,) = cli("suppressions", "show", "1", "--json").json()["held_back"]
    assert held["article_url"] == "https://news.example/8"
    # His passport is told as well: that is no namesake.
    text = "Ilya Marrov, passport 645720381, was in Valletta on Monday, the police of Malta said."
    publish(teacher, 9, "Police look for Ilya Marrov", text)
    assert len(run(cli)) == 1
    note = cli("alerts", "show", "3", "--json").json()["note"]
    assert "dismissed before (suppression 1); now there is an identifier" in note


def test_a_removed_one_holds_nothing_back(cli: Call, teacher: FeedServer) -> None:
    cli("alerts", "dismiss", "2")
    publish(teacher, 8, "Choir in Rome", "Forty children sang in the cathedral, Ilya Marrov at the organ.")
    run(cli)
    removed = cli("suppressions", "remove", "1", "--by", "bob")
    assert "'watchlist rescreen --entity suppliers:s-2' opens alerts on the 1 mention it" in removed.out
    assert cli("suppressions").rows() == []
    (over,) = cli("suppressions", "--all", "--json").json()
    assert over["ended_why"] == "removed by bob"
    assert "ALERT 3" in cli("rescreen", "--entity", "suppliers:s-2").out


def test_scope_expiry_and_what_is_alike(cli: Call, teacher: FeedServer) -> None:
    publish(teacher, 8, "Choir in Rome", "Forty children sang in the cathedral, Ilya Marrov at the organ.")
    run(cli)
    done = cli("alerts", "dismiss", "2", "--scope", "subject", "--until", "90d", "--close-similar")
    assert done.out.splitlines() == ["Alert 2 dismissed.", "Alert 3 of the same kind closed along."]
    (kept,) = cli("suppressions", "--json").json()
    assert (kept["scope"], kept["by"], bool(kept["until"])) == ("subject", getuser(), True)
    assert [row["entity"] for row in cli("entities", "suppressed").rows()] == ["suppliers:s-2"]
    assert cli("alerts", "undo").out == "2 alerts (2, 3) stand as before.\n"
    assert cli("suppressions").rows() == []


def test_an_expiry_may_be_given_with_a_filter(cli: Call, teacher: FeedServer) -> None:
    done = cli("alerts", "dismiss", "--entity", "suppliers:s-2", "--until", "2099-01-01", "--expires", "30d", "--yes")
    assert done.out == "Alert 2 dismissed.\n"
    assert cli("suppressions", "--json").json()[0]["until"] < "2099"


def test_a_silence_keeps_alerts_from_being_told(
    cli: Call, alerted: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key, value in (("HOST", "127.0.0.1"), ("SENDER", "w@news.example"), ("RECIPIENTS", '["d@news.example"]')):
        monkeypatch.setenv(f"WATCHLIST_EMAIL__{key}", value)
    monkeypatch.setenv("WATCHLIST_EMAIL__PORT", "1")
    said = cli("silences", "add", "suppliers:s-2", "--until", "7d", "--why", "a trial", "--by", "ann").out
    assert said.startswith("Silence 1: alerts of suppliers:s-2 are listed, and not told until ")
    publish(alerted, 7, "Ilya Marrov opens a bank", "Ilya Marrov opens a bank in Valletta, it was said on Monday.")
    cli("run", "--once")
    assert len(cli("alerts").rows()) == 2
    assert cli("deliveries", "--json").json() == []
    (row,) = cli("silences").rows()
    assert (row["id"], row["of"], row["not told"], row["by"], row["why"]) == (
        "1",
        "suppliers:s-2",
        "1",
        "ann",
        "a trial",
    )
    assert cli("silences", "--json").json()[0]["held"] == 1
    assert [each["alert_id"] for each in cli("silences", "show", "1", "--json").json()["not_told"]] == [2]
    assert "Ilya Marrov opens a bank" in cli("silences", "show", "1").out
    assert cli("silences", "remove", "1").out == "Removed silence 1 of suppliers:s-2; 1 alert was not told.\n"
    assert cli("silences").rows() == []
    assert len(cli("silences", "list", "--all").rows()) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("suppressions", "show", "7"), "no suppression that holds '7'"),
        (("suppressions", "remove", "7"), "'watchlist suppressions' shows them"),
        (("silences", "show", "7"), "no silence that holds '7'"),
        (("silences", "add", "nowhere", "--until", "7d", "--why", "x"), "no list 'nowhere'"),
        (("silences", "add", "suppliers:s-9", "--until", "7d", "--why", "x"), "no entity 'suppliers:s-9'"),
        (("silences", "add", "suppliers", "--until", "2020-01-01", "--why", "x"), "is past"),
        (("alerts", "dismiss", "1", "--until", "2020-01-01"), "is past"),
    ],
)
def test_what_cannot_be_done_says_why(cli: Call, own_list: str, arguments: tuple[str, ...], said: str) -> None:
    found = cli(*arguments)
    assert (found.code, found.out) == (2, "")
    assert said in found.err
