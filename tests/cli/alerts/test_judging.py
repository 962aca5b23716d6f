"""``watchlist alerts confirm``, ``dismiss`` and their like, by number and by filter, and how alerts are listed then."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from getpass import getuser
from typing import Any

import pytest

from watchlist.demo.servers import FeedServer

Call = Callable[..., Any]

#: The fields of an alert that are promised.
PROMISED = (
    *("id", "status", "outcome", "severity", "entity_id", "subject", "listings", "list", "programs", "score", "band"),
    *("quote", "article", "story", "opened_at", "assigned", "judgements"),
)


@pytest.fixture
def three(cli: Call, alerted: FeedServer, once: Call) -> FeedServer:
    """Alerts 1 to 3, of two entities."""
    more = "".join(
        f"<item><title>{title}</title><link>https://news.example/{n}</link><guid>n-{n}</guid>"
        f"<description>{title} in Valletta, it was said there on Tuesday morning.</description></item>"
        for n, title in ((7, "Ilya Marrov opens a bank"), (8, "Grey Harbour Shipping sells a tanker"))
    )
    alerted.document = alerted.document.replace(b"</channel>", more.encode() + b"</channel>")
    once("three", lambda: cli("run", "--once"))
    assert sorted(row["id"] for row in cli("alerts").rows()) == ["1", "2", "3"]
    return alerted


def statuses(cli: Call, *options: str) -> dict[str, str]:
    return {row["id"]: row["status"] for row in cli("alerts", *options).rows()}


def test_an_alert_is_dismissed_shown_and_taken_back(cli: Call, three: FeedServer) -> None:
    found = cli("alerts", "dismiss", "1", "--why", "another firm", "--by", "ann")
    assert (found.code, found.out, found.err) == (0, "Alert 1 dismissed.\n", "")
    assert statuses(cli)["1"] == "false positive"
    shown = cli("alerts", "show", "1")
    assert "ann dismissed: another firm" in shown.out
    assert "1, closed as false positive" in shown.out
    (judged,) = cli("alerts", "show", "1", "--json").json()["judgements"]
    assert (judged["by"], judged["why"], judged["outcome"]) == ("ann", "another firm", "false_positive")
    assert set(judged["seen"]) == {"engine_version", "snapshot_version", "score", "text_hash"}
    assert cli("alerts", "undo").code == 2
    assert cli("alerts", "undo", "--by", "ann").out == "Alert 1 stands again as before.\n"
    assert statuses(cli)["1"] == "open"
    assert "(undone)" in cli("alerts", "show", "1").out


@pytest.mark.parametrize(
    ("verb", "status", "outcome"),
    [
        ("confirm", "closed", "true_match"),
        ("dismiss", "closed", "false_positive"),
        ("unsure", "closed", "unsure"),
        ("escalate", "escalated", None),
    ],
)
def test_several_alerts_are_judged_and_reopened(
    cli: Call, three: FeedServer, verb: str, status: str, outcome: str | None
) -> None:
    assert cli("alerts", verb, "1", "3", "1").out.startswith("2 alerts (1, 3) ")
    shown = cli("alerts", "show", "1", "3", "--json").json()
    assert [(each["status"], each["outcome"]) for each in shown] == [(status, outcome)] * 2
    assert shown[0]["judgements"][0]["by"] == getuser()
    assert sorted(statuses(cli, "--status", status)) == ["1", "3"]
    assert cli("alerts", "reopen", "1", "2", "3").out == "2 alerts (1, 3) reopened.\n"
    assert cli("alerts", "reopen", "1").out == "Nothing to do: it is so already.\n"
    assert set(statuses(cli).values()) == {"open"}


def test_a_filter_asks_how_many_first(cli: Call, three: FeedServer) -> None:
    asked = cli("alerts", "dismiss", "--entity", "suppliers:s-1", stdin=b"n\n")
    assert asked.code == 1
    assert "2 will be dismissed. Go on?" in asked.out
    nobody = cli("alerts", "dismiss", "--entity", "suppliers:s-1")
    assert (nobody.code, nobody.err) == (2, "watchlist: there is nobody here to ask: --yes goes on without\n")
    assert set(statuses(cli).values()) == {"open"}
    cli("alerts", "dismiss", "--entity", "suppliers:s-1", stdin=b"y\n")
    assert sorted(statuses(cli, "--status", "closed")) == ["1", "3"]
    # What is closed is not dismissed anew.
    found = cli("alerts", "dismiss", "--entity", "suppliers:s-1", "--yes")
    assert found.out == "No alert is as the options say; nothing was done.\n"
    assert cli("alerts", "reopen", "--text", "tanker", "--yes").out == "Alert 3 reopened.\n"


def test_alerts_are_assigned_and_noted(cli: Call, three: FeedServer) -> None:
    assert cli("alerts", "assign", "1", "2", "bob").out == "2 alerts (1, 2) assigned to bob.\n"
    assert sorted(statuses(cli, "--assigned", "bob")) == ["1", "2"]
    assert cli("alerts", "note", "2", "asked the bank", "--by", "bob").out == "Alert 2 noted.\n"
    assert "bob noted: asked the bank" in cli("alerts", "show", "2").out
    assert cli("alerts", "assign", "2", "-").out == "Alert 2 assigned to nobody.\n"
    assert sorted(statuses(cli, "--assigned", "bob")) == ["1"]
    nobody = cli("alerts", "assign", "1", "2")
    assert (nobody.code, nobody.out) == (2, "")
    assert "'2' is a number: name last whose they are to be" in nobody.err


def test_every_promised_field_is_in_the_json(cli: Call, three: FeedServer) -> None:
    for each in cli("alerts", "--json").json():
        assert set(PROMISED) <= set(each)
        assert (each["status"], each["outcome"], each["assigned"], each["judgements"]) == ("open", None, None, [])
        assert set(each["story"]) == {"id", "articles", "sources"}
        (article,) = each["story"]["articles"]
        assert set(article) >= {"id", "url", "title", "source", "published_at"}
        assert (article["id"], article["url"], article["title"]) == (each["article"], each["url"], each["title"])
        assert each["severity"] in ("high", "normal", "low")


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (("--list", "suppliers"), ["1", "2", "3"]),
        (("--program", "CREDIT"), ["2"]),
        (("--schema", "person"), ["2"]),
        (("--feed", "Harbour news", "--text", "tanker"), ["3"]),
        (("--min-score", "1"), []),
        (("--until", "2020-01-01"), []),
        (("--severity", "high"), []),
    ],
)
def test_alerts_are_chosen(cli: Call, three: FeedServer, options: tuple[str, ...], ids: list[str]) -> None:
    assert sorted(statuses(cli, *options)) == ids
    assert sorted(str(each["id"]) for each in cli("alerts", "list", *options, "--json").json()) == ids


def test_csv_has_a_row_for_each_and_no_formulas(cli: Call, three: FeedServer) -> None:
    cli("alerts", "confirm", "2", "--why", "=1+1", "--by", "ann")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(cli("alerts", "--csv").out))}
    assert sorted(rows) == ["1", "2", "3"]
    assert (rows["2"]["outcome"], rows["2"]["judged_by"], rows["2"]["why"]) == ("true_match", "ann", "'=1+1")
    assert (rows["1"]["outcome"], rows["1"]["judged_by"]) == ("", "")
    assert cli("alerts", "--csv", "--json").code == 2


def test_what_is_kept_for_review_is_listed_and_opened(
    cli: Call, own_list: str, feed: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHLIST_MATCHING__ALERT", "1.0")
    cli("feeds", "add", feed.url)
    cli("run", "--once")
    assert cli("alerts").rows() == []
    (row,) = cli("alerts", "--band", "review").rows()
    assert (row["status"], row["entity"]) == ("review", "suppliers:s-1")
    (kept,) = cli("alerts", "--band", "review", "--json").json()
    assert kept["id"].startswith(row["id"])
    assert (kept["status"], kept["band"]) == (None, "review")
    assert "is kept for review since" in cli("alerts", "show", row["id"]).out
    assert cli("alerts", "confirm", row["id"]).out == "Alert 1 opened.\n"
    assert statuses(cli) == {"1": "open"}
    assert cli("alerts", "--band", "review").rows() == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("dismiss",), "name alerts by their numbers, or choose them by options"),
        (("dismiss", "1", "--text", "x"), "not both, nor none"),
        (("dismiss", "77"), "no alert '77'"),
        (("dismiss", "m000000"), "no mention '000000'"),
        (("dismiss", "1", "--by", " "), "--by needs a name"),
        (("--band", "review", "--status", "open"), "it is no alert yet"),
        (("--list", "nowhere"), "no list 'nowhere'"),
        (("--feed", "nowhere"), "no feed 'nowhere'"),
        (("undo",), "has done nothing that could be undone"),
    ],
)
def test_what_cannot_be_done_says_why(cli: Call, alerted: FeedServer, arguments: tuple[str, ...], said: str) -> None:
    found = cli("alerts", *arguments)
    assert (found.code, found.out) == (2, "")
    assert said in found.err
