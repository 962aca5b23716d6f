"""``watchlist routes``, and alerts that go by them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]


def routes(monkeypatch: pytest.MonkeyPatch, *found: dict[str, Any]) -> None:
    monkeypatch.setenv("WATCHLIST_ROUTES", json.dumps(found))


def test_without_routes_there_are_none(cli: Call) -> None:
    assert cli("routes").rows() == []
    assert cli("routes", "list", "--json").json() == []


def test_alerts_go_by_their_routes_and_why_is_explained(
    cli: Call, own_list: str, feed: Any, sink: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHLIST_JSONL__PATH", str(folder / "alerts.jsonl"))
    routes(
        monkeypatch,
        {"name": "people", "schemas": ["Person"], "channels": ["jsonl"]},
        {"name": "firms", "schemas": ["Company"], "channels": ["email"], "when": "daily", "zone": "Europe/Zurich"},
    )
    assert cli("feeds", "add", feed.url).code == 0
    assert cli("run", "--once").code == 0
    assert (sink.messages, (folder / "alerts.jsonl").exists()) == ([], False)
    (row,) = cli("deliveries").rows()
    assert (row["channel"], row["status"], row["alerts"]) == ("email", "pending", "1")
    told = cli("routes", "explain", "1").out
    assert "no    people: the schema is Company, not Person\nfits  firms: everything it asks for is so\n" in told
    assert "  -> email, daily at 08:00 Europe/Zurich (20" in told
    assert "Told        not yet: email, 0 tries, next 20" in told
    (turn,) = cli("routes", "explain", "1", "--json").json()["turns"]
    assert (turn["route"], turn["channel"], turn["held"]) == ("firms", "email", True)
    assert [(each["route"], each["when"]) for each in cli("routes").rows()] == [
        ("people", "at once"),
        ("firms", "daily at 08:00 Europe/Zurich"),
    ]
    assert cli("deliveries", "retry", row["id"]).code == 0
    assert len(sink.messages) == 1


def test_a_silence_is_explained_with_the_route_that_would_hold_without_it(
    cli: Call, own_list: str, feed: Any, sink: Any
) -> None:
    assert cli("feeds", "add", feed.url).code == 0
    before = cli("silences", "add", "suppliers", "--until", "7d", "--why", "first import")
    assert before.code == 0
    assert cli("run", "--once").code == 0
    assert sink.messages == []
    told = cli("routes", "explain", "1").out
    assert "  -> nowhere: silence 1 of suppliers holds until 20" in told
    assert "first import\n     without it:\n  -> email, at once (20" in told
    assert "Told        to nobody: 'watchlist silences show 1' says why" in told
    assert cli("routes", "explain", "1", "--json").json()["silence"]["id"] == 1
    assert cli("silences", "remove", "1").code == 0
    told = cli("routes", "explain", "1").out
    assert "fits  default: no route fits: every channel, at once\n  -> email, at once (20" in told
    assert cli("routes", "explain", "1", "--json").json()["silence"] is None


@pytest.mark.parametrize(
    ("target", "said"),
    [("chat", "no channel 'chat' is set up"), ("email:nobody@x.example", "is no recipient of email")],
)
def test_a_route_to_where_nothing_is_set_up_is_refused(
    cli: Call, sink: Any, monkeypatch: pytest.MonkeyPatch, target: str, said: str
) -> None:
    routes(monkeypatch, {"name": "r", "channels": [target]})
    found = cli("run", "--once")
    assert (found.code, "routes.0.channels: " in found.err, said in found.err) == (2, True, True)
