"""``watchlist audit``: what led to an alert, and that an article was screened, also where nothing was found."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from watchlist.demo.servers import FeedServer
from watchlist.matching.version import engine_version

Call = Callable[..., Any]


def test_an_alert_says_what_led_to_it(cli: Call, alerted: FeedServer) -> None:
    cli("alerts", "dismiss", "1", "--by", "ann", "--why", "another firm")
    told = cli("audit", "alert", "1")
    assert (told.code, told.err) == (0, "")
    for fact in ("GREY HARBOUR SHIPPING CO. (suppliers:s-1)", engine_version(), "suppliers", "(SHA-256)"):
        assert fact in told.out
    assert "ann dismissed: another firm (saw text " in told.out
    found = cli("audit", "alert", "1", "--json").json()
    assert found["text_hash"] == found["article"]["text_hash"]
    used = found["screened_with"]
    assert used["engine_version"] == found["engine_version"] == engine_version()
    assert [each["list"] for each in used["lists"]] == ["suppliers"]
    assert used["settings"]["stop_names"] == []
    (judgement,) = found["judgements"]
    assert judgement["seen"]["text_hash"] == found["text_hash"]


def test_an_article_that_changed_since_says_so(cli: Call, alerted: FeedServer) -> None:
    before = cli("audit", "alert", "1", "--json").json()["text_hash"]
    alerted.document = alerted.document.replace(b"in Valletta.", b"in Valletta, by the sea.")
    cli("run", "--once")
    found = cli("audit", "alert", "1", "--json").json()
    assert found["text_hash"] == before != found["article"]["text_hash"]
    assert len(found["article"]["screenings"]) == 2
    assert "it has other words now" in cli("audit", "alert", "1").out


def test_an_article_without_a_find_was_screened_all_the_same(cli: Call, alerted: FeedServer) -> None:
    found = cli("audit", "article", "https://news.example/2", "--json").json()
    assert (found["title"], found["alerts"], found["scan_error"]) == ("Rain expected", [], None)
    (screening,) = found["screenings"]
    assert (screening["alert_band"], screening["review_band"], screening["opened"]) == (0, 0, 0)
    assert screening["at"] == found["scanned_at"]
    assert screening["text_hash"] == found["text_hash"]
    told = cli("audit", "article", "http://news.example/2/?utm_source=x").out
    assert "Rain expected" in told
    assert "nothing found" in told


def test_one_with_a_find_names_its_alert_and_what_looked_through_it_again(cli: Call, alerted: FeedServer) -> None:
    cli("rescreen")
    found = cli("audit", "article", "https://news.example/1", "--json").json()
    assert found["alerts"] == [1]
    first, again = found["screenings"]
    assert (first["opened"], first["look_back"], again["opened"], again["look_back"]) == (1, False, 0, True)
    assert [each["for"] for each in found["look_backs"]] == ["all entities of all lists"]


def test_everything_since_a_time_is_handed_over(cli: Call, alerted: FeedServer, folder: Path) -> None:
    cli("alerts", "dismiss", "1", "--by", "ann")
    cli("silences", "add", "suppliers", "--until", "7d", "--why", "a trial")
    assert cli("audit", "export", "audit.jsonl", "--since", "1d").out.startswith("Wrote ")
    records = [json.loads(line) for line in (folder / "audit.jsonl").read_text(encoding="utf-8").splitlines()]
    kinds = [each["kind"] for each in records]
    assert kinds == ["screened_with", "screening", "screening", "alert", "judgement", "suppression", "silence"]
    used, screening = records[0], records[1]
    assert screening["screened_with"] == used["id"]
    assert {each["url"] for each in records if each["kind"] == "screening"} == {
        "https://news.example/1",
        "https://news.example/2",
    }
    assert cli("audit", "export", "-", "--since", "2099-01-01").out == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("alert", "7"), "no alert '7'"),
        (("article", "https://news.example/none"), "no feed has brought it at this address, so it was never screened"),
        (("export", "x.jsonl", "--since", "soon"), "'soon' is no time"),
    ],
)
def test_what_is_not_there_says_so(cli: Call, own_list: str, arguments: tuple[str, ...], said: str) -> None:
    found = cli("audit", *arguments)
    assert (found.code, found.out) == (2, "")
    assert said in found.err
