"""How everything stands, and what is done about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.web.conftest import Served, serving
from tests.web.pages.conftest import Reader, said
from watchlist.app import make_app
from watchlist.delivery.transports import full_config
from watchlist.errors import DatabaseAwayError
from watchlist.model import FeedFetchIntent, Reach, Suppression
from watchlist.storage.store import Store


def test_status_says_what_the_command_says(reader: Reader) -> None:
    told = reader.text("/status")
    for part in ("lists 1 on, 5 entities", "articles 6 stored", "accounts none: ", "versions watchlist", "last run"):
        assert part in told


def test_a_fault_is_acknowledged_and_that_is_taken_back(reader: Reader) -> None:
    reader.site.parts.store.add_feed("https://gone.example/feed", "Gone <b>")
    feed = next(each for each in reader.site.parts.store.feeds_as_set() if each.title == "Gone <b>")
    _fail(reader.site.parts.store, feed.id, reader)
    assert "gone.example" in reader.text("/status")
    told = reader.done("/status", "/status/faults/ack", why="they <i>know</i>")
    assert "is acknowledged" in told
    assert "they <i>know</i>" in told
    assert "is taken back" in reader.done("/status", "/status/faults/unack")
    token = reader.page("/status").xpath('//input[@name="csrf"]/@value')[0]
    for path, data in (
        ("/status/faults/ack", {"subject": "feed 999"}),
        ("/status/faults/ack", {"subject": "<script>"}),
        ("/status/faults/unack", {"subject": ""}),
    ):
        assert reader.site.client.post(path, data={"csrf": token, **data}).status_code in (400, 404)
    assert "No fault ended" in reader.text("/status/faults")
    reader.page("/status/faults?past=yesterday", 400)
    reader.site.parts.store.remove_feed(str(feed.id))


def test_suppressions_and_silences(reader: Reader) -> None:
    store, now = reader.site.parts.store, reader.site.parts.clock()
    number = store.suppress(Suppression("own:s-5", now, None, "a <b>", by="ann", scope=Reach.SUBJECT))
    assert "own:s-5" in reader.text("/status/suppressions")
    told = reader.done(f"/status/suppressions/{number}", f"/status/suppressions/{number}/remove")
    assert "is over" in told
    assert "own:s-5" not in reader.text("/status/suppressions")
    assert "own:s-5" in reader.text("/status/suppressions?all=true")
    told = reader.done("/status/silences", "/status/silences/add", of="own:s-1", until="7d", why="known <i>")
    assert "known <i>" in told
    (path,) = reader.page("/status/silences").xpath("//td/a[starts-with(@href,'/status/silences/')]/@href")
    assert "is over" in reader.done(path, f"{path}/remove")
    for filled, status in (
        ({"of": "own:nobody", "until": "7d", "why": "x"}, 404),
        ({"of": "nobodys", "until": "7d", "why": "x"}, 404),
        ({"of": "own:s-1", "until": "2001-01-01", "why": "x"}, 400),
        ({"of": "own:s-1", "until": "", "why": "x"}, 400),
        ({"of": "own:s-1", "until": "7d", "why": " "}, 400),
    ):
        assert reader.send("/status/silences", "/status/silences/add", **filled).status_code == status
    for path in ("/status/suppressions/999", "/status/silences/999", "/status/silences/x", "/status/deliveries/0"):
        reader.page(path, 404)


@pytest.fixture(scope="module")
def telling(worked: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A site with a channel that cannot take anything, and then can."""
    folder = tmp_path_factory.mktemp("told")
    config = full_config()(database=worked(), jsonl={"path": str(folder / "missing" / "alerts.jsonl")})
    parts = make_app(config, declares=False, creates=False)
    with closing(parts.store), serving(parts) as site:
        yield site


def test_what_was_missed_is_told_and_what_failed_is_sent_again(telling: Served) -> None:
    there = Reader(telling)
    assert "jsonl" in there.text("/status/channels")
    assert "alerts will be told on jsonl" in there.done(
        "/status/channels", "/status/channels/jsonl/tell", since="2020-01-01"
    )
    assert there.send("/status/channels", "/status/channels/jsonl/tell", since="soon").status_code == 400
    (number,) = there.page("/status/deliveries").xpath("//tbody//td[2]/a/text()")
    there.send("/status/channels", "/status/channels/jsonl/test")
    assert "failed" in there.awaited("/status/channels")
    path = Path(telling.parts.config.channels["jsonl"].path)
    path.parent.mkdir()
    assert "dropped" in there.done(f"/status/deliveries/{number}", "/status/deliveries/drop")
    assert there.send(f"/status/deliveries/{number}", "/status/deliveries/retry").status_code == 303
    assert "1 sent, 0 not" in there.awaited("/status/deliveries")
    assert path.read_text(encoding="utf-8").count("\n") >= 1
    assert "sent" in there.text(f"/status/deliveries/{number}")
    assert "The tanker" in there.text("/status/channels/jsonl/preview") or "{" in there.text(
        "/status/channels/jsonl/preview"
    )
    token = there.page("/status/channels").xpath('//input[@name="csrf"]/@value')[0]
    for action, data, status in (
        ("/status/deliveries/retry", {}, 400),
        ("/status/deliveries/retry", {"n": "999"}, 404),
        ("/status/deliveries/drop", {"n": "one"}, 400),
        ("/status/channels/pigeon/test", {}, 404),
        ("/status/channels/jsonl/test", {"to": "nobody@example.org"}, 404),
        ("/status/channels/jsonl/tell", {"since": "7d", "to": "nobody"}, 404),
    ):
        assert telling.client.post(action, data={"csrf": token, **data}).status_code == status, action


def test_a_database_that_is_away_is_said_to_be(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_store: Store) -> None:
        raise DatabaseAwayError("the database is locked <b>")

    monkeypatch.setattr(Store, "watched_lists", away)
    for path in ("/lists", "/screen", "/subjects", "/status"):
        reply = reader.site.client.get(path)
        assert (reply.status_code, reply.headers["retry-after"]) == (503, "5")
        assert "the database is locked <b>" in said(reply)


def _fail(store: Store, feed_id: int, reader: Reader) -> None:
    now = reader.site.parts.clock()
    for n in range(6):
        at = now - timedelta(days=6 - n)
        store.record_fetch(FeedFetchIntent(feed_id, at, at + timedelta(hours=1), error="answered 500 <b>"))
