"""``watchlist deliveries`` and what ``status`` and ``alerts show`` say of them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from watchlist.app import now
from watchlist.delivery.backoff import LONGEST_WAIT
from watchlist.delivery.outbox import LEASE
from watchlist.model import Setback
from watchlist.storage.store import Store, open_store

Call = Callable[..., Any]


@pytest.fixture
def failed(cli: Call, own_list: str, feed: Any, sink: Any, monkeypatch: pytest.MonkeyPatch) -> Call:
    """A delivery that could not be sent, since nobody listens."""
    port = os.environ["WATCHLIST_EMAIL__PORT"]
    monkeypatch.setenv("WATCHLIST_EMAIL__PORT", "1")
    assert cli("feeds", "add", feed.url).code == 0
    assert cli("run", "--once").code == 3
    monkeypatch.setenv("WATCHLIST_EMAIL__PORT", port)
    return cli


@pytest.fixture
def store(sqlite_database: str) -> Iterator[Store]:
    opened = open_store(sqlite_database)
    yield opened
    opened.close()


def park(store: Store) -> None:
    at = now() + timedelta(hours=1)
    claimed = store.claim_delivery({"email": ("desk@news.example",)}, at, LEASE, LONGEST_WAIT)
    assert claimed is not None
    store.record_failed(claimed, Setback("email: 550 mailbox full", None, at, suspect=True, unanswered=0), at)


def test_one_that_waits_says_for_what_and_how_the_alert_stands(failed: Call) -> None:
    (row,) = failed("deliveries").rows()
    assert (row["to"], row["status"]) == ("desk@news.example", "pending")
    shown = failed("deliveries", "show", "1").out
    # As the mail will have it.
    key = failed("deliveries", "show", "1", "--json").json()["idempotency_key"].partition("@")[0]
    assert re.search(rf"Message-ID +{re.escape(key)}@(?!watchlist>)", shown)
    assert "desk@news.example by email" in shown
    assert "refused the connection" in shown
    assert "alert 1: GREY HARBOUR SHIPPING CO." in shown
    assert failed("deliveries", "show", "1", "--json").json()["next_try_at"] > row["created"][:10]
    assert "Told        not yet: email to desk@news.example, 1 try, next 20" in failed("alerts", "show", "1").out
    assert failed("deliveries", "show", "9").code == 2


def test_retry_sends_at_once_and_the_alert_says_how_it_was_told(failed: Call, sink: Any) -> None:
    found = failed("deliveries", "retry", "1")
    assert (found.code, found.out) == (0, "1 taken up again, 1 sent.\n")
    assert len(sink.messages) == 1
    assert "Told        email to desk@news.example, " in failed("alerts", "show", "1").out
    assert "(250 Message accepted)" in failed("alerts", "show", "1").out
    assert failed("status", "--json").json()["faults"] == []
    again = failed("deliveries", "retry", "1")
    assert (again.code, again.out) == (3, "0 taken up again, 0 sent.\n")
    assert "delivery 1 is sent" in again.err
    assert failed("deliveries", "retry").code == 2


def test_what_is_parked_is_a_fault_and_retry_failed_sends_it(failed: Call, store: Store, sink: Any) -> None:
    park(store)
    (fault,) = [each for each in failed("status", "--json").json()["faults"] if "parked" in each]
    assert fault.startswith("email to desk@news.example: 1 alert could not be told, 1 message from between ")
    assert "550 mailbox full; 'watchlist deliveries retry --failed' sends what is parked" in fault
    assert "parked: email: 550 mailbox full" in failed("alerts", "show", "1").out
    assert [row["status"] for row in failed("deliveries", "--failed").rows()] == ["failed"]
    assert "watchlist deliveries retry 1" in failed("deliveries", "show", "1").out
    assert failed("deliveries", "retry", "--failed").out == "1 taken up again, 1 sent.\n"
    assert len(sink.messages) == 1
    assert failed("deliveries", "list", "--failed").rows() == []


def test_what_need_not_be_sent_is_dropped_and_can_be_taken_back(failed: Call, sink: Any) -> None:
    assert failed("deliveries", "drop", "1").out == "1 dropped.\n"
    assert failed("run", "--once").code == 0
    assert sink.messages == []
    assert "dropped by hand" in failed("alerts", "show", "1").out
    assert failed("deliveries", "retry", "1").out == "1 taken up again, 1 sent.\n"


def test_a_new_channel_is_told_what_it_missed(cli: Call, alerted: Any, request: pytest.FixtureRequest) -> None:
    assert "to nobody: routed nowhere, or opened while no channel was set up" in cli("alerts", "show", "1").out
    assert cli("status", "--json").json()["untold_alerts"] == 1
    refused = cli("deliveries", "tell", "email", "--since", "7d")
    assert refused.code == 2
    assert "no channel 'email'; set up: none" in refused.err
    sink = request.getfixturevalue("sink")
    assert cli("deliveries", "tell", "email", "--since", "7d").out == "1 alerts will be told on email.\n"
    assert cli("deliveries", "tell", "email", "--since", "7d").out == "It was told everything since then.\n"
    assert cli("run", "--once").code == 0
    assert len(sink.messages) == 1
    assert cli("status", "--json").json()["untold_alerts"] == 0
    wrong = cli("deliveries", "tell", "email", "--since", "7d", "--to", "nobody@news.example")
    assert (wrong.code, "no recipient of email 'nobody@news.example'" in wrong.err) == (2, True)


def test_what_waits_for_a_recipient_that_is_no_more_is_a_fault_and_not_sent(
    failed: Call, sink: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHLIST_EMAIL__RECIPIENTS", '["new@news.example"]')
    faults = failed("status", "--json").json()["faults"]
    assert any("email to desk@news.example: 1 message waiting, and it is not configured" in each for each in faults)


def test_an_operator_channel_that_is_not_set_up_is_refused(cli: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHLIST_DELIVERY__OPERATOR", "chat")
    found = cli("run", "--once")
    assert found.code == 2
    assert "delivery.operator: no channel 'chat' is set up (set up: none)" in found.err
