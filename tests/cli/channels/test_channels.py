"""``watchlist channels``: how they stand, a sample for real, and what goes there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]


def test_without_a_channel_the_listing_is_empty_and_others_say_so(cli: Call) -> None:
    assert cli("channels").rows() == []
    assert cli("channels", "list", "--json").json() == []
    for verb in ("test", "preview"):
        found = cli("channels", verb, "email")
        assert (found.code, "no channel 'email'; set up: none" in found.err) == (2, True)


def test_the_listing_shows_each_recipient_and_what_waits(
    cli: Call, own_list: str, feed: Any, sink: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHLIST_EMAIL__RECIPIENTS", '["a@news.example", "b@news.example"]')
    monkeypatch.setenv("WATCHLIST_EMAIL__PORT", "1")
    assert cli("feeds", "add", feed.url).code == 0
    assert cli("run", "--once").code == 3
    rows = cli("channels").rows()
    assert [(row["to"], row["waiting"], row["parked"]) for row in rows] == [
        ("a@news.example", "1", "0"),
        ("b@news.example", "1", "0"),
    ]
    assert all("refused the connection" in row["error"] for row in rows)
    assert [each["recipient"] for each in cli("channels", "--json").json()] == ["a@news.example", "b@news.example"]


def test_a_test_sends_a_sample_and_shows_the_conversation(cli: Call, sink: Any) -> None:
    found = cli("channels", "test", "email")
    assert found.code == 0
    assert found.out.startswith("email to desk@news.example\n  < 220 ")
    assert "  > rcpt TO:<desk@news.example>\n" in found.out
    assert found.out.endswith("  It was taken.\n")
    (message,) = sink.messages
    assert message["Subject"].startswith("[watchlist] Test: SAMPLE HARBOUR LINES (sample): This is a test of watchlist")
    assert "This is a test of the channel" in message.get_body(("plain",)).get_content()
    assert cli("deliveries").rows() == []


def test_a_test_of_the_last_alert_that_fails_says_why(
    cli: Call, alerted: Any, sink: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli("channels", "test", "email").code == 0
    assert "GREY HARBOUR SHIPPING CO." in sink.messages[-1]["Subject"]
    monkeypatch.setenv("WATCHLIST_EMAIL__PORT", "1")
    found = cli("channels", "test", "email", "--to", "desk@news.example")
    assert found.code == 3
    assert "refused the connection: check email.host and email.port" in found.err
    assert cli("channels", "test", "email", "--to", "nobody@news.example").code == 2


def test_preview_shows_the_last_alert_as_the_channel_would_get_it(
    cli: Call, alerted: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHLIST_JSONL__PATH", str(folder / "alerts.jsonl"))
    shown = json.loads(cli("channels", "preview", "jsonl").out)
    assert shown["alert"] == cli("alerts", "show", "1", "--json").json()
    assert not (folder / "alerts.jsonl").exists()


def test_preview_of_a_mail_is_its_text(cli: Call, alerted: Any, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("sink")
    assert cli("channels", "preview", "email").out.startswith("Subject: [watchlist] Test: GREY HARBOUR SHIPPING CO.")


def test_alerts_go_to_every_channel_that_is_set_up(
    cli: Call, own_list: str, feed: Any, sink: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHLIST_JSONL__PATH", str(folder / "alerts.jsonl"))
    assert cli("feeds", "add", feed.url).code == 0
    assert cli("run", "--once").code == 0
    assert len(sink.messages) == 1
    (line,) = (folder / "alerts.jsonl").read_text().splitlines()
    assert json.loads(line)["alert"]["id"] == 1
    shown = cli("alerts", "show", "1").out
    assert "email to desk@news.example, " in shown
    assert "jsonl, " in shown
