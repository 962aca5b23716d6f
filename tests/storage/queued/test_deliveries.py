"""The outbox: one sender to a delivery at a time, and no alert left behind."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sized
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, select, update

from watchlist.model import Alert, Delivery, DeliveryStatus, Setback
from watchlist.storage.database.connect import writing
from watchlist.storage.database.rows import CHUNK
from watchlist.storage.database.tables import deliveries
from watchlist.storage.queued.enqueue import enqueue
from watchlist.storage.store import Store, open_store

OpenAlerts = Callable[..., tuple[Alert, ...]]
LEASE = timedelta(minutes=15)
MINUTE = timedelta(minutes=1)
MAIL = {"email": ("",)}
#: No due time is further ahead.
HORIZON = timedelta(hours=6)


def fail(
    store: Store, delivery: Delivery, error: str, retry_at: datetime | None, now: datetime, **changes: Any
) -> None:
    values: dict[str, Any] = {"first_failed_at": now, "suspect": True, "unanswered": 0}
    store.record_failed(delivery, Setback(error, retry_at, **values | changes), now)


def claim(store: Store, now: datetime) -> Delivery:
    found = store.claim_delivery(MAIL, now, LEASE, HORIZON)
    assert found is not None
    return found


def only(store: Store) -> Delivery:
    (delivery,) = store.deliveries()
    return delivery


class TestOutbox:
    def test_alerts_join_a_delivery_that_nobody_has_tried_to_send(self, store: Store, open_alerts: OpenAlerts) -> None:
        opened = open_alerts(3)
        assert only(store).alert_ids == tuple(each.id for each in opened)

    def test_a_message_holds_no_more_than_it_may(self, store: Store, open_alerts: OpenAlerts) -> None:
        opened = [each.id for each in open_alerts(5, max_per_message=2)]
        held = [list(each.alert_ids) for each in reversed(store.deliveries())]
        assert held == [opened[:2], opened[2:4], opened[4:]]

    def test_many_alerts_of_one_article_fill_one_message_after_the_other(
        self, store: Store, now: datetime, open_alerts: OpenAlerts
    ) -> None:
        opened = [each.id for each in open_alerts(7, channels=())]
        with writing(store._engine) as connection:
            enqueue(connection, "email", opened[:1], 3, now)
            enqueue(connection, "email", opened[1:], 3, now)
            enqueue(connection, "email", [], 3, now)
        held = [list(each.alert_ids) for each in reversed(store.deliveries())]
        assert held == [opened[:3], opened[3:6], opened[6:]]

    @pytest.mark.parametrize("state", ["sending", "failed_once", "sent"])
    def test_what_was_tried_takes_no_more_alerts(
        self, store: Store, now: datetime, open_alerts: OpenAlerts, state: str
    ) -> None:
        """Its message may be with the recipient already."""
        open_alerts(1)
        claimed = claim(store, now)
        if state == "failed_once":
            fail(store, claimed, "451", now, now)
        elif state == "sent":
            store.record_sent(claimed, now, None)
        open_alerts(1)
        assert [each.alert_ids for each in store.deliveries()] == [(2,), (1,)]

    def test_the_key_is_fixed_when_the_row_is_written(
        self, store: Store, now: datetime, open_alerts: OpenAlerts
    ) -> None:
        open_alerts(1)
        key = only(store).idempotency_key
        assert key.startswith("<")
        assert key.endswith("@watchlist>")
        for n in range(3):
            claimed = claim(store, now + n * MINUTE)
            assert claimed.idempotency_key == key
            fail(store, claimed, "451", now + (n + 1) * MINUTE, now)

    def test_an_alert_put_in_while_a_sender_claims_is_not_left_behind(
        self, store: Store, now: datetime, open_alerts: OpenAlerts
    ) -> None:
        """It is in the message that the sender gets, or in one that is due afterwards."""
        open_alerts(1)
        (late,) = open_alerts(1, channels=())
        written = threading.Event()
        claimed: list[Delivery | None] = []

        def claim_now() -> None:
            claimed.append(store.claim_delivery(MAIL, now, LEASE, HORIZON))
            written.set()

        sender = threading.Thread(target=claim_now)
        with writing(store._engine) as connection:
            enqueue(connection, "email", [late.id], 50, now)
            sender.start()
            # PostgreSQL answers the sender at once; SQLite makes it wait for this transaction.
            written.wait(0.3)
        sender.join()
        sent = set(claimed[0].alert_ids) if claimed[0] else set()
        while (more := store.claim_delivery(MAIL, now, LEASE, HORIZON)) is not None:
            sent |= set(more.alert_ids)
        assert sent == {1, late.id}

    def test_an_alert_put_in_just_after_a_sender_claimed_gets_a_delivery_of_its_own(
        self, store: Store, now: datetime, open_alerts: OpenAlerts
    ) -> None:
        """The sender has read already which alerts its message is about."""
        open_alerts(1)
        with ThreadPoolExecutor(1) as pool:
            with writing(store._engine) as connection:
                # As `claim_delivery` does, stopped before its commit.
                connection.execute(select(deliveries.c.id).where(deliveries.c.id == 1).with_for_update())
                connection.execute(update(deliveries).values(status=DeliveryStatus.SENDING, attempts=1))
                late = pool.submit(open_alerts, 1)
                wait([late], timeout=0.3)
            late.result(30)
        assert [each.alert_ids for each in store.deliveries()] == [(2,), (1,)]


class TestClaim:
    def test_nothing_due_is_none(self, store: Store, now: datetime, open_alerts: OpenAlerts) -> None:
        assert store.claim_delivery(MAIL, now, LEASE, HORIZON) is None
        open_alerts(1)
        assert store.claim_delivery({"chat": ("",)}, now, LEASE, HORIZON) is None
        assert store.claim_delivery({}, now, LEASE, HORIZON) is None
        assert store.claim_delivery(MAIL, now - MINUTE, LEASE, HORIZON) is None

    def test_it_leases_and_counts_an_attempt(self, store: Store, now: datetime, open_alerts: OpenAlerts) -> None:
        open_alerts(2)
        claimed = claim(store, now)
        assert (claimed.status, claimed.attempts, claimed.lease_until) == (DeliveryStatus.SENDING, 1, now + LEASE)
        assert claimed.alert_ids == (1, 2)
        assert claimed == only(store)
        assert store.claim_delivery(MAIL, now + LEASE - MINUTE, LEASE, HORIZON) is None

    def test_what_failed_on_itself_comes_after_the_others(
        self, store: Store, now: datetime, open_alerts: OpenAlerts
    ) -> None:
        open_alerts(3, max_per_message=1)
        fail(store, claim(store, now), "451", now + 5 * MINUTE, now)
        assert [claim(store, now + 9 * MINUTE).alert_ids for _ in range(3)] == [(2,), (3,), (1,)]

    def test_a_lease_that_ran_out_is_due_again_under_the_same_key(
        self, store: Store, now: datetime, open_alerts: OpenAlerts
    ) -> None:
        open_alerts(1)
        first = claim(store, now)
        second = claim(store, now + LEASE)
        assert (second.id, second.idempotency_key, second.attempts) == (first.id, first.idempotency_key, 2)
        assert second.lease_until == now + 2 * LEASE

    @pytest.mark.parametrize("outcome", ["sent", "retry", "failed"])
    def test_a_sender_that_comes_late_does_not_undo_what_the_next_one_recorded(
        self, store: Store, now: datetime, open_alerts: OpenAlerts, outcome: str
    ) -> None:
        open_alerts(1)
        late, holder = claim(store, now), claim(store, now + LEASE)

        def finish(delivery: Delivery) -> None:
            if outcome == "sent":
                store.record_sent(delivery, now, None)
            else:
                fail(store, delivery, "late", now if outcome == "retry" else None, now)

        finish(late)
        assert only(store) == holder
        store.record_sent(holder, now + LEASE, "250 queued")
        finish(late)
        after = only(store)
        assert (after.status, after.sent_at, after.receipt) == (DeliveryStatus.SENT, now + LEASE, "250 queued")
        assert after.lease_until is None

    def test_one_that_failed_is_due_again_at_its_time(
        self, store: Store, now: datetime, open_alerts: OpenAlerts
    ) -> None:
        open_alerts(1)
        fail(store, claim(store, now), "451 later", now + MINUTE, now)
        waiting = only(store)
        assert (waiting.status, waiting.last_error) == (DeliveryStatus.PENDING, "451 later")
        assert (waiting.next_attempt_at, waiting.lease_until) == (now + MINUTE, None)
        assert store.claim_delivery(MAIL, now, LEASE, HORIZON) is None
        assert claim(store, now + MINUTE).attempts == 2

    def test_one_that_was_given_up_or_sent_is_never_due_again(
        self, store: Store, now: datetime, open_alerts: OpenAlerts
    ) -> None:
        open_alerts(2, max_per_message=1)
        fail(store, claim(store, now), "550 no", None, now)
        store.record_sent(claim(store, now), now, None)
        assert store.claim_delivery(MAIL, now + timedelta(days=400), LEASE, HORIZON) is None
        assert store.delivery_counts() == {DeliveryStatus.FAILED: 1, DeliveryStatus.SENT: 1}
        assert {each.last_error for each in store.deliveries()} == {"550 no", None}

    def test_two_senders_never_get_the_same(self, database: str, now: datetime, open_alerts: OpenAlerts) -> None:
        count = 12
        open_alerts(count, max_per_message=1)
        start = threading.Barrier(4)

        def drain() -> list[int]:
            with closing(open_store(database)) as own:
                start.wait()
                claimed = []
                while (delivery := own.claim_delivery(MAIL, now, LEASE, HORIZON)) is not None:
                    claimed.append(delivery.id)
                return claimed

        with ThreadPoolExecutor(4) as pool:
            futures = [pool.submit(drain) for _ in range(4)]
        claimed = [id for future in futures for id in future.result()]
        assert sorted(claimed) == list(range(1, count + 1))

    def test_a_claim_does_not_wait_for_a_delivery_that_another_is_claiming(
        self, store: Store, now: datetime, open_alerts: OpenAlerts, backend: str
    ) -> None:
        if backend == "sqlite":
            pytest.skip("SQLite has one writer at a time: claims wait for one another")
        open_alerts(2, max_per_message=1)
        with writing(store._engine) as connection:
            connection.execute(select(deliveries.c.id).where(deliveries.c.id == 1).with_for_update())
            assert claim(store, now).id == 2


def test_the_list_of_deliveries_can_be_longer_than_one_statement_takes(
    store: Store, now: datetime, open_alerts: OpenAlerts
) -> None:
    """PostgreSQL takes 65,535 values in a statement, an SQLite 999 at least: however long the list, none has more."""
    many = CHUNK * 2 + 200
    with writing(store._engine) as connection:
        connection.execute(
            insert(deliveries),
            [
                {"channel": "email", "idempotency_key": f"<{n}>", "status": "sent", "attempts": 1}
                | {"created_at": now, "digest": False, "next_attempt_at": now}
                for n in range(many)
            ],
        )
    open_alerts(1)
    carried: list[int] = []

    def count(_connection: object, _cursor: object, _statement: str, values: Sized, *_: object) -> None:
        carried.append(len(values))

    event.listen(store._engine, "before_cursor_execute", count)
    found = store.deliveries()
    event.remove(store._engine, "before_cursor_execute", count)
    assert len(found) == many + 1
    assert [each.alert_ids for each in found if each.alert_ids] == [(1,)]
    assert CHUNK <= max(carried) < 999
    assert len(store.deliveries(limit=3)) == 3
