"""``watchlist alerts export``: a file in each form, and the report of a period."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from watchlist.alerts.period import Row, period_of
from watchlist.demo.servers import FeedServer
from watchlist.report.charts import bars
from watchlist.report.page import body

Call = Callable[..., Any]


def test_csv_and_json_hold_what_the_listing_does(cli: Call, alerted: FeedServer, folder: Path) -> None:
    assert cli("alerts", "export", "all.csv").out == "Wrote 1 alerts to all.csv.\n"
    with (folder / "all.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["id"], row["list"], row["outcome"]) == ("1", "suppliers", "")
    cli("alerts", "export", "all.json")
    assert json.loads((folder / "all.json").read_text(encoding="utf-8")) == cli("alerts", "--json").json()
    cli("alerts", "export", "none.json", "--since", "2020-01-01", "--until", "2020-02-01")
    assert json.loads((folder / "none.json").read_text(encoding="utf-8")) == []


class Links(HTMLParser):
    """What a page would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [str(value) for name, value in attrs if name in ("src", "href")]
        self.found += [tag] if tag in ("script", "link", "iframe") else []


def test_the_report_is_one_page_with_charts_and_the_rows_beside_it(
    cli: Call, alerted: FeedServer, folder: Path
) -> None:
    cli("alerts", "dismiss", "1", "--by", "ann <b>")
    found = cli("alerts", "export", "march.html", "--since", "30d")
    expected = "Wrote 1 alerts to march.html, with march.csv, march.report.csv and march.report.json beside it.\n"
    assert found.out == expected
    text = (folder / "march.html").read_text(encoding="utf-8")
    links = Links()
    links.feed(text)
    assert links.found == []
    for words in (
        "1 alerts.",
        "100% were false positives",
        "By week",
        "By list",
        "ON-HOLD",
        "Harbour news",
        "ann &lt;b&gt;",
    ):
        assert words in text
    assert text.count("<svg") == 5
    assert (folder / "march.csv").exists()


def test_silent_feeds_are_told_in_every_form(cli: Call, alerted: FeedServer, folder: Path, dead_url: str) -> None:
    cli("feeds", "add", dead_url, "--title", "=Old <Bay> News")
    cli("run", "--once")
    cli("alerts", "export", "march.html", "--since", "30d")
    text = (folder / "march.html").read_text(encoding="utf-8")
    assert "Silent feeds" in text
    assert "=Old &lt;Bay&gt; News" in text
    assert "it cannot be read: " in text
    report = json.loads((folder / "march.report.json").read_text(encoding="utf-8"))
    (silent,) = report["silent_feeds"]
    assert (silent["name"], silent["url"], silent["last_new"]) == ("=Old <Bay> News", dead_url, None)
    assert (report["total"]["alerts"], report["total"]["not_closed"], report["lists"][0]["name"]) == (1, 1, "suppliers")
    with (folder / "march.report.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    (row,) = [each for each in rows if each["section"] == "silent feeds"]
    assert (row["name"], row["last_new"], row["url"]) == ("'=Old <Bay> News", "", dead_url)
    assert row["why"].startswith("it cannot be read: ")
    assert [each["alerts"] for each in rows if each["section"] == "total"] == ["1"]


def test_a_period_without_alerts_is_a_page_too(cli: Call, alerted: FeedServer, folder: Path) -> None:
    assert cli("alerts", "export", "old.html", "--since", "2020-01-01", "--until", "2020-02-01").code == 0
    assert "0 alerts." in (folder / "old.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (None, "Nothing was closed."),
        (0.003, "From opening to closing: less than a minute in the middle."),
        (0.02, "From opening to closing: 1 minute in the middle."),
        (0.5, "From opening to closing: 30 minutes in the middle."),
        (5.25, "From opening to closing: 5.2 hours in the middle."),
        (72.0, "From opening to closing: 3.0 days in the middle."),
    ],
)
def test_a_time_to_judgement_is_told_in_what_it_is_long(hours: float | None, said: str) -> None:
    when = datetime(2026, 3, 1, tzinfo=UTC)
    found = replace(period_of([], [], when, when), median_hours=hours)
    assert f"alerts. {said}</p>" in " ".join(body(found).split())


def test_bars_are_well_formed_whatever_a_row_is_called() -> None:
    drawn = bars([Row('<&"' * 30, (1, 2, 0, 3)), Row("none", (0, 0, 0, 0))], "By <list>")
    root = ET.fromstring(drawn)
    boxes = [each for each in root.iter() if each.tag.endswith("rect")]
    assert [float(each.get("width", 0)) for each in boxes] == pytest.approx([43.3, 86.7, 130.0], abs=0.1)
    assert bars([], "nothing") == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("x.pdf",), "x.pdf: the name must end in .csv, .json, .html"),
        (("x.csv", "--since", "1d", "--until", "2d"), "--since must lie before --until"),
        (("nowhere/x.csv",), "nowhere/x.csv"),
    ],
)
def test_what_cannot_be_written_says_why(cli: Call, own_list: str, arguments: tuple[str, ...], said: str) -> None:
    found = cli("alerts", "export", *arguments)
    assert found.code in (1, 2)
    assert said in found.err
