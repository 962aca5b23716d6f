"""Alerts from the outbox to where their routes send them. A month of it is in `test_month`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event
from types import SimpleNamespace
from typing import Any, cast

import pytest

from watchlist.config.routes import RouteConfig
from watchlist.delivery.outbox import deliver_due
from watchlist.model import UNROUTED, Alert
from watchlist.ports import Message
from watchlist.steps.parts import Parts
from watchlist.steps.route import route_alerts
from watchlist.storage.store import Store

OpenAlerts = Callable[..., tuple[Alert, ...]]
START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


class Inbox:
    """A channel that keeps what it gets and when."""

    def __init__(self, channel: str, world: World, recipients: tuple[str, ...] = ("",)) -> None:
        self.channel, self.recipients, self._world = channel, recipients, world
        self.got: list[tuple[datetime, str, tuple[int, ...], str]] = []

    def send(self, message: Message, said: Any = None) -> str | None:
        ids = tuple(each.alert.id for each in message.alerts)
        self.got.append((self._world.now, message.recipient, ids, message.gathered_by))
        return None

    def preview(self, message: Message) -> str:
        return ""


class World:
    def __init__(self, store: Store, *routes: dict[str, Any]) -> None:
        self.now = START
        self.store = store
        self.mail, self.hook = Inbox("email", self, ("a@x.example", "b@x.example")), Inbox("webhook", self)
        configured = tuple(RouteConfig.model_validate(each) for each in routes)
        self.parts = Parts(
            config=cast("Any", SimpleNamespace(routes=configured)),
            store=store,
            transports={"email": self.mail, "webhook": self.hook},
            index_dir=cast("Any", None),
            clock=lambda: self.now,
            stop=Event(),
        )

    def run(self) -> None:
        route_alerts(self.parts)
        deliver_due(self.store, self.parts.transports, self.parts.clock, lambda: False)


@pytest.fixture
def world(store: Store) -> Callable[..., World]:
    return lambda *routes: World(store, *routes)


def test_without_routes_all_is_as_it_was(world: Callable[..., World]) -> None:
    assert world().parts.told_on == ("email", "webhook")
    assert world({"name": "r"}).parts.told_on == (UNROUTED,)


def test_an_alert_goes_where_its_route_says_and_what_fits_none_everywhere(
    world: Callable[..., World], open_alerts: OpenAlerts
) -> None:
    found = world({"name": "people", "schemas": ["Person"]}, {"name": "own", "lists": ["own"], "channels": ["webhook"]})
    open_alerts(2, channels=found.parts.told_on)
    found.run()
    assert [ids for _, _, ids, _ in found.hook.got] == [(1, 2)]
    assert found.mail.got == []
    rest = world({"name": "people", "schemas": ["Person"]})
    open_alerts(1, channels=rest.parts.told_on)
    rest.run()
    assert [ids for _, _, ids, _ in (*rest.hook.got, *rest.mail.got)] == [(3,)] * 3


def test_a_route_to_one_recipient_and_one_to_nobody(world: Callable[..., World], open_alerts: OpenAlerts) -> None:
    found = world({"name": "one", "channels": ["email:b@x.example"]})
    open_alerts(1, channels=found.parts.told_on)
    found.run()
    assert [recipient for _, recipient, _, _ in found.mail.got] == ["b@x.example"]
    nobody = world({"name": "none", "channels": []})
    open_alerts(1, channels=nobody.parts.told_on)
    nobody.run()
    assert len(nobody.store.deliveries()) == 1


def test_a_run_that_is_killed_between_deciding_and_writing_decides_again(
    world: Callable[..., World], open_alerts: OpenAlerts, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = world({"name": "all", "channels": ["webhook"]})
    open_alerts(2, channels=found.parts.told_on)

    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Store, "record_routes", killed)
        with pytest.raises(KeyboardInterrupt):
            found.run()
    assert found.hook.got == []
    found.run()
    found.run()
    assert [ids for _, _, ids, _ in found.hook.got] == [(1, 2)]


def test_a_clock_that_was_a_year_ahead_holds_no_digest_back(
    world: Callable[..., World], open_alerts: OpenAlerts
) -> None:
    found = world({"name": "daily", "channels": ["webhook"], "when": "daily", "at": "08:00"})
    found.now = START + timedelta(days=365)
    open_alerts(1, channels=found.parts.told_on)
    found.run()
    assert found.hook.got == []
    found.now = START
    found.run()
    assert [ids for _, _, ids, _ in found.hook.got] == [(1,)]
