"""``watchlist ingest``."""

from __future__ import annotations

import gzip
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]

TEXT = "The company Grey Harbour Shipping said on Monday that it would open an office in Valletta."


class TestIngest:
    def test_articles_of_a_pipe_are_stored_once_and_screened_by_the_next_run(self, cli: Call, own_list: str) -> None:
        lines = [{"id": "1", "title": "Office", "text": TEXT}, {"url": "https://x.example/2", "title": "Rain"}]
        body = "\n".join(json.dumps(each) for each in lines).encode()
        found = cli("ingest", "-", stdin=body)
        assert (found.code, found.err) == (0, "")
        assert found.out == "2 articles read, 2 new or changed.\n'watchlist run --once' screens them.\n"
        assert cli("alerts").rows() == []
        assert "GREY HARBOUR" in cli("run", "--once").out
        assert cli("ingest", stdin=body).out == "2 articles read, 0 new or changed.\n"
        assert cli("status", "--json").json()["articles"] == {"stored": 2, "waiting": 0, "set_aside": 0}

    def test_the_same_text_in_two_papers_is_two_articles_and_one_alert(self, cli: Call, own_list: str) -> None:
        long = f"{TEXT} " * 3
        rows = [
            {"url": "https://wire.example/1", "title": "Office", "text": long, "published_at": "2026-03-02T09:00:00Z"},
            {"url": "https://paper.example/2", "title": "Office", "text": long, "published_at": "2026-03-02T08:00:00Z"},
            {"url": "https://www.wire.example/3", "title": "Office", "text": long},
        ]
        body = "\n".join(json.dumps(each) for each in rows).encode()
        # The third is the first published again.
        assert cli("ingest", stdin=body).out.startswith("3 articles read, 2 new or changed.")
        assert cli("run", "--once").code == 0
        (alert,) = cli("alerts", "--json").json()
        assert alert["story"]["sources"] == ["wire.example", "paper.example"]
        shown = cli("alerts", "show", str(alert["id"])).out
        assert shown.index("paper.example: Office") < shown.index("wire.example: Office")
        assert cli("audit", "article", "https://paper.example/2").code == 0

    def test_bad_lines_are_told_by_number(self, cli: Call, folder: Path) -> None:
        (folder / "a.jsonl").write_text('{"title": "A"}\nnonsense\n{"title": "B"}\n')
        found = cli("ingest", "a.jsonl")
        assert found.code == 3
        assert "a.jsonl: line 2: is no JSON" in found.err
        assert found.out.startswith("2 articles read, 2 new or changed, 1 could not be read.\n")
        (folder / "b.jsonl").write_text("x\n" * 50)
        many = cli("ingest", "b.jsonl")
        assert "and 30 more that could not be read" in many.err
        assert many.err.count("line") == 20

    def test_a_folder_in_a_feed_of_its_own(self, cli: Call, folder: Path, rss: Callable[..., str]) -> None:
        (folder / "in").mkdir()
        (folder / "in" / "a.txt").write_text(TEXT)
        (folder / "in" / "b.xml.gz").write_bytes(gzip.compress(rss(("https://x.example/1", "One", TEXT)).encode()))
        assert cli("ingest", "in", "--feed", "Crawler").code == 0
        (feed,) = cli("feeds").rows()
        assert (feed["title"], feed["articles"], feed["state"]) == ("Crawler", "2", "off")
        assert cli("ingest", "in", "--feed", "crawler").out == "2 articles read, 0 new or changed.\n"
        # An edited file is the same article with new words.
        (folder / "in" / "a.txt").write_text(TEXT + " Ilya Marrow will lead it.")
        assert cli("ingest", "in", "--feed", "1").out.startswith("2 articles read, 1 new or changed.")
        assert cli("status", "--json").json()["articles"]["stored"] == 2
        assert "Crawler" not in cli("feeds", "export").out

    def test_articles_of_a_feed_that_is_polled(self, cli: Call, site: str, folder: Path) -> None:
        assert cli("feeds", "add", f"{site}rss.xml").code == 0
        assert cli("feeds", "check").code == 0
        line = {"url": "http://news.example/1/?utm_source=x", "title": "One", "text": TEXT}
        out = cli("ingest", "--feed", "Loopback News", stdin=json.dumps(line).encode()).out
        assert out == "1 article read, 0 new or changed.\n"

    @pytest.mark.parametrize("arguments", [("missing.jsonl",), ("-", "--feed", " ")])
    def test_what_cannot_be_is_refused(self, cli: Call, arguments: tuple[str, ...]) -> None:
        assert cli("ingest", *arguments, stdin=b"{}").code == 2

    def test_languages_are_found(self, cli: Call, sqlite_database: str) -> None:
        line = {"title": "Die Reederei teilte am Montag mit, sie werde ein Büro eröffnen."}
        assert cli("ingest", stdin=json.dumps(line).encode()).code == 0
        with closing(sqlite3.connect(sqlite_database.removeprefix("sqlite:///"))) as connection:
            assert connection.execute("SELECT lang FROM articles").fetchall() == [("de",)]
