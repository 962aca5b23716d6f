"""The outbox for its sender: one delivery to a recipient, outages, what is folded, parked and taken up by hand."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

import pytest
from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import text

from watchlist.errors import NotFoundError
from watchlist.model import Alert, Delivery, DeliveryStatus, Outage, Setback
from watchlist.storage.database.connect import open_engine, writing
from watchlist.storage.database.migrate import migrations
from watchlist.storage.store import Store, open_store

OpenAlerts = Callable[..., tuple[Alert, ...]]
LEASE = timedelta(minutes=30)
HORIZON = timedelta(hours=6)
MINUTE = timedelta(minutes=1)
A, B = "a@example.org", "b@example.org"
BOTH = {"email": (A, B)}
ONE = {"email": (A,)}


def claim(store: Store, now: datetime, ways: dict[str, tuple[str, ...]] | None = None) -> Delivery | None:
    return store.claim_delivery(BOTH if ways is None else ways, now, LEASE, HORIZON)


def claimed(store: Store, now: datetime, ways: dict[str, tuple[str, ...]] | None = None) -> Delivery:
    found = claim(store, now, ways)
    assert found is not None
    return found


def fail(store: Store, delivery: Delivery, now: datetime, retry_at: datetime | None, **changes: Any) -> None:
    values: dict[str, Any] = {"first_failed_at": now, "suspect": True, "unanswered": 0}
    store.record_failed(delivery, Setback("451 no", retry_at, **values | changes), now)


def outage(now: datetime, recipient: str = "", wait: timedelta = MINUTE) -> Outage:
    return Outage("email", recipient, now, 1, now + wait, "down")


def hold_up(store: Store, delivery: Delivery, now: datetime, recipient: str = "", **changes: Any) -> None:
    fail(store, delivery, now, now, suspect=False, outage=outage(now, recipient), **changes)


def test_what_is_for_a_channel_becomes_one_for_each_recipient_when_it_is_due(
    store: Store, now: datetime, open_alerts: OpenAlerts
) -> None:
    open_alerts(2)
    assert [each.recipient for each in store.deliveries()] == [None]
    first, second = claimed(store, now), claimed(store, now)
    assert claim(store, now) is None
    assert [(each.recipient, each.alert_ids) for each in (first, second)] == [(A, (1, 2)), (B, (1, 2))]
    assert first.idempotency_key != second.idempotency_key
    assert first.created_at == second.created_at


def test_notices_are_for_each_recipient_too(store: Store, now: datetime) -> None:
    from watchlist.model import Fault

    store.record_faults([Fault("feed 1", "feed 1: gone")], ["email"], now)
    assert [claimed(store, now).notice_ids for _ in range(2)] == [(1,), (1,)]


def test_alerts_never_join_what_is_not_due(store: Store, now: datetime, open_alerts: OpenAlerts) -> None:
    open_alerts(1)
    with writing(store._engine) as connection:
        connection.execute(text("UPDATE deliveries SET next_attempt_at = '2027-03-01 12:00:00'"))
    open_alerts(1)
    assert [each.alert_ids for each in store.deliveries()] == [(2,), (1,)]
    assert [claimed(store, now, ONE).alert_ids for _ in range(2)] == [(1,), (2,)]


def test_an_outage_of_the_channel_holds_up_all_and_one_of_a_recipient_that_one(
    store: Store, now: datetime, open_alerts: OpenAlerts
) -> None:
    open_alerts(2, max_per_message=1)
    hold_up(store, claimed(store, now), now, A)
    held = [claimed(store, now) for _ in range(2)]
    assert {each.recipient for each in held} == {B}
    assert claim(store, now) is None
    again = claimed(store, now + MINUTE)
    assert (again.recipient, again.outages) == (A, (outage(now, A),))
    hold_up(store, again, now + MINUTE)
    assert claim(store, now + MINUTE) is None
    store.record_sent(claimed(store, now + 2 * MINUTE), now + 2 * MINUTE, None)
    assert store.outages() == ()
    assert claimed(store, now + 2 * MINUTE).recipient == A


def test_due_times_leases_and_outages_of_a_clock_that_was_wrong_do_not_count(
    store: Store, now: datetime, open_alerts: OpenAlerts
) -> None:
    open_alerts(3, max_per_message=1)
    later = now + timedelta(days=365)
    fail(store, claimed(store, later, ONE), later, later + HORIZON)
    claimed(store, later, ONE)
    hold_up(store, claimed(store, later, ONE), later)
    assert {each.id for each in (claimed(store, now + MINUTE, ONE) for _ in range(3))} == {1, 2, 3}


def test_what_an_outage_held_up_for_too_long_is_parked_together(
    store: Store, now: datetime, open_alerts: OpenAlerts
) -> None:
    open_alerts(2, max_per_message=1)
    delivery = claimed(store, now)
    fail(store, delivery, now, None, outage=outage(now), park_before=now)
    assert store.delivery_counts() == {DeliveryStatus.FAILED: 4}
    assert [each.id for each in store.parked_deliveries("email", A)] == [1, 2]
    (first, second) = store.delivery_troubles()
    assert [(each.recipient, each.parked, each.deliveries, each.alerts) for each in (first, second)] == [
        (A, True, 2, 2),
        (B, True, 2, 2),
    ]


def test_much_that_was_held_up_is_folded_into_the_oldest_but_not_what_may_have_arrived(
    store: Store, now: datetime, open_alerts: OpenAlerts
) -> None:
    open_alerts(6, max_per_message=1)
    fail(store, claimed(store, now, ONE), now, now)
    later = now + timedelta(hours=1)
    found = claimed(store, later, ONE)
    assert (found.id, found.alert_ids, found.folded) == (2, (2, 3, 4, 5, 6), 4)
    assert [each.id for each in store.deliveries()] == [2, 1]
    assert claimed(store, later, ONE).alert_ids == (1,)


def test_what_was_folded_and_refused_is_taken_apart(store: Store, now: datetime, open_alerts: OpenAlerts) -> None:
    open_alerts(5, max_per_message=1)
    later = now + timedelta(hours=1)
    while (found := claim(store, later, ONE)) is not None:
        more = found.folded > 0
        fail(store, found, later, later if more else later + MINUTE, split=more)
    assert sorted(each.alert_ids for each in store.deliveries()) == [(1,), (2,), (3,), (4,), (5,)]
    assert {each.folded for each in store.deliveries()} == {0}
    assert {each.recipient for each in store.deliveries()} == {A}


def test_taken_up_again_a_delivery_has_its_whole_time_before_it(
    store: Store, now: datetime, open_alerts: OpenAlerts
) -> None:
    open_alerts(2, max_per_message=1)
    later = now + timedelta(days=8)
    fail(store, claimed(store, now, ONE), now, None)
    hold_up(store, claimed(store, now, ONE), now)
    store.record_sent(store.delivery(1), now, None)
    assert store.retry_deliveries(None, later) == (1,)
    taken = store.delivery(1)
    assert (taken.status, taken.waiting_since, taken.first_failed_at) == (DeliveryStatus.PENDING, later, None)
    assert (taken.failed_at, taken.told_at) == (None, None)
    assert store.retry_deliveries((1, 2, 99), later) == (1, 2)
    store.drop_deliveries((2,))
    store.record_sent(claimed(store, later, ONE), later, "250 kept")
    assert store.retry_deliveries((1, 2), later) == (2,)
    assert store.deliveries_about(1) == (store.delivery(1),)
    with pytest.raises(NotFoundError):
        store.delivery(99)


def test_a_retry_asks_the_recipient_at_once(store: Store, now: datetime, open_alerts: OpenAlerts) -> None:
    open_alerts(1)
    hold_up(store, claimed(store, now, ONE), now)
    assert claim(store, now, ONE) is None
    store.retry_deliveries((1,), now)
    assert claim(store, now, ONE) is not None


def test_a_channel_and_a_recipient_are_told_what_they_missed(
    store: Store, now: datetime, open_alerts: OpenAlerts
) -> None:
    open_alerts(3, channels=())
    assert store.untold_alerts() == 3
    open_alerts(1)
    store.record_sent(claimed(store, now, ONE), now, None)
    assert store.tell_since("email", None, now, 2, now) == 3
    assert store.tell_since("email", None, now, 2, now) == 0
    assert [claimed(store, now, ONE).alert_ids for _ in range(2)] == [(1, 2), (3,)]
    assert store.tell_since("email", B, now, 10, now) == 4
    assert store.tell_since("email", B, now + MINUTE, 10, now) == 0
    assert claimed(store, now).alert_ids == (1, 2, 3, 4)
    assert store.untold_alerts() == 0


def test_what_waits_is_counted_for_each_recipient(store: Store, now: datetime, open_alerts: OpenAlerts) -> None:
    open_alerts(1)
    assert store.waiting_counts() == {("email", None): 1}
    claimed(store, now)
    assert store.waiting_counts() == {("email", A): 1, ("email", B): 1}


def test_a_database_of_the_version_before_keeps_its_deliveries(new_database: Callable[[bool], str]) -> None:
    url = new_database(False)
    engine = open_engine(url, 5)
    with writing(engine) as connection:
        settings = AlembicConfig()
        settings.set_main_option("script_location", str(migrations()))
        settings.attributes["connection"] = connection
        command.upgrade(settings, "0011")
        for number, status in enumerate(("pending", "sent", "failed"), 1):
            connection.execute(
                text(
                    "INSERT INTO deliveries (channel, idempotency_key, status, attempts, created_at, next_attempt_at,"
                    f" digest) VALUES ('email', '<{number}>', '{status}', 1, '2026-03-01', '2026-03-01', false)"
                )
            )
    engine.dispose()
    with closing(open_store(url, any_version=True)) as store:
        store.upgrade()
        now = store.delivery(1).created_at
        assert [each.status for each in store.deliveries()] == ["failed", "sent", "pending"]
        assert [claimed(store, now).recipient for _ in range(2)] == [A, B]
        # Lost then without a word: told of in the next message, and sent if asked for.
        assert [each.id for each in store.parked_deliveries("email", A)] == [3]
        assert store.retry_deliveries(None, now) == (3,)
