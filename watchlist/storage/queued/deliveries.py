"""The outbox: deliveries waiting, leased to a sender, sent or given up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Column, Connection, Table, and_, func, insert, or_, select, update

from watchlist.model import Delivery, DeliveryStatus
from watchlist.storage.database.rows import AnyRow, Rows, chunks, insert_one
from watchlist.storage.database.tables import deliveries, delivery_alerts, delivery_notices

#: The most alerts in a digest: more than one reading of a feed brings, and few enough to be held in memory.
DIGEST_SIZE = 2000


class DeliveryRows(Rows):
    """The deliveries."""

    def claim_delivery(self, channels: tuple[str, ...], now: datetime, lease: timedelta) -> Delivery | None:
        """Lease the oldest due delivery of these channels to the caller, counting an attempt; None when none is due.

        A lease that ran out belongs to a sender that was killed: the delivery is due again, under the same key.
        """
        due = or_(
            and_(deliveries.c.status == DeliveryStatus.PENDING, deliveries.c.next_attempt_at <= now),
            and_(deliveries.c.status == DeliveryStatus.SENDING, deliveries.c.lease_until <= now),
        )
        statement = (
            select(deliveries)
            .where(due, deliveries.c.channel.in_(channels))
            .order_by(deliveries.c.next_attempt_at, deliveries.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        with self._writing() as connection:
            row = connection.execute(statement).first()
            if row is None:
                return None
            connection.execute(
                update(deliveries)
                .where(deliveries.c.id == row.id)
                .values(status=DeliveryStatus.SENDING, attempts=row.attempts + 1, lease_until=now + lease)
            )
            claimed = connection.execute(select(deliveries).where(deliveries.c.id == row.id)).one()
            return _from_row(
                claimed, _alert_ids(connection, [row.id])[row.id], _notice_ids(connection, [row.id])[row.id]
            )

    def record_sent(self, delivery: Delivery, now: datetime, remark: str | None) -> None:
        """The message was taken; ``remark`` names recipients that were not."""
        self._finish(delivery, status=DeliveryStatus.SENT, sent_at=now, last_error=remark)

    def record_failed(self, delivery: Delivery, error: str, retry_at: datetime | None) -> None:
        """The message was not taken: try again at ``retry_at``, or give up when that is None."""
        if retry_at is None:
            self._finish(delivery, status=DeliveryStatus.FAILED, last_error=error)
        else:
            self._finish(delivery, status=DeliveryStatus.PENDING, last_error=error, next_attempt_at=retry_at)

    def _finish(self, delivery: Delivery, **values: Any) -> None:
        # Only the holder of the lease may write: one whose lease ran out must not undo what the next sender recorded.
        with self._writing() as connection:
            connection.execute(
                update(deliveries)
                .where(
                    deliveries.c.id == delivery.id,
                    deliveries.c.status == DeliveryStatus.SENDING,
                    deliveries.c.attempts == delivery.attempts,
                )
                .values(lease_until=None, **values)
            )

    def deliveries(self, limit: int | None = None) -> tuple[Delivery, ...]:
        """All deliveries, the newest first."""
        statement = select(deliveries).order_by(deliveries.c.created_at.desc(), deliveries.c.id.desc()).limit(limit)
        with self._reading() as connection:
            rows = connection.execute(statement).all()
            ids = _alert_ids(connection, [row.id for row in rows])
            told = _notice_ids(connection, [row.id for row in rows])
        return tuple(_from_row(row, ids[row.id], told[row.id]) for row in rows)

    def delivery_counts(self) -> dict[DeliveryStatus, int]:
        """How many deliveries stand at each status."""
        with self._reading() as connection:
            rows = connection.execute(
                select(deliveries.c.status, func.count().label("n")).group_by(deliveries.c.status)
            )
            return {DeliveryStatus(row.status): row.n for row in rows}


def enqueue(
    connection: Connection,
    channel: str,
    alert_ids: Sequence[int],
    max_per_message: int,
    now: datetime,
    *,
    digest: bool = False,
) -> None:
    """Put alerts in the outbox: into a delivery that nobody has tried to send yet while it has room, else a new one.

    Those of a ``digest`` go into messages of their own, which take `DIGEST_SIZE` alerts.
    """
    if digest:
        max_per_message = DIGEST_SIZE
    waiting = list(alert_ids)
    if not waiting:
        return
    count = select(func.count()).where(delivery_alerts.c.delivery_id == deliveries.c.id).scalar_subquery()
    untouched = connection.execute(
        select(deliveries.c.id, count.label("n"))
        .where(
            deliveries.c.channel == channel,
            deliveries.c.status == DeliveryStatus.PENDING,
            deliveries.c.attempts == 0,
            deliveries.c.digest == digest,
            count > 0,
            count < max_per_message,
        )
        .order_by(deliveries.c.id)
        .limit(1)
        # One that a sender is just claiming would take the alerts along unseen.
        .with_for_update(skip_locked=True, of=deliveries)
    ).first()
    if untouched is not None:
        room = max_per_message - untouched.n
        _attach(connection, untouched.id, waiting[:room])
        waiting = waiting[room:]
    while waiting:
        id = _new(connection, channel, now, digest=digest)
        _attach(connection, id, waiting[:max_per_message])
        waiting = waiting[max_per_message:]


def enqueue_notices(connection: Connection, channel: str, notice_ids: Sequence[int], now: datetime) -> None:
    """Put notices in the outbox, as one message of their own."""
    if notice_ids:
        id = _new(connection, channel, now)
        rows = [{"delivery_id": id, "notice_id": notice_id} for notice_id in notice_ids]
        connection.execute(insert(delivery_notices), rows)


def _new(connection: Connection, channel: str, now: datetime, *, digest: bool = False) -> int:
    statement = insert(deliveries).values(
        channel=channel,
        idempotency_key=f"<{uuid4().hex}@watchlist>",
        status=DeliveryStatus.PENDING,
        attempts=0,
        created_at=now,
        next_attempt_at=now,
        digest=digest,
    )
    return insert_one(connection, statement)


def _attach(connection: Connection, delivery_id: int, alert_ids: Sequence[int]) -> None:
    rows = [{"delivery_id": delivery_id, "alert_id": alert_id} for alert_id in alert_ids]
    connection.execute(insert(delivery_alerts), rows)


def _alert_ids(connection: Connection, delivery_ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    return _attached(connection, delivery_alerts, delivery_alerts.c.alert_id, delivery_ids)


def _notice_ids(connection: Connection, delivery_ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    return _attached(connection, delivery_notices, delivery_notices.c.notice_id, delivery_ids)


def _attached(
    connection: Connection, table: Table, column: Column[int], delivery_ids: Sequence[int]
) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = {id: [] for id in delivery_ids}
    for part in chunks(delivery_ids):
        statement = select(table.c.delivery_id, column.label("id")).where(table.c.delivery_id.in_(part))
        for row in connection.execute(statement.order_by(column)):
            found[row.delivery_id].append(row.id)
    return {id: tuple(ids) for id, ids in found.items()}


def _from_row(row: AnyRow, alert_ids: tuple[int, ...], notice_ids: tuple[int, ...]) -> Delivery:
    return Delivery(
        id=row.id,
        channel=row.channel,
        alert_ids=alert_ids,
        idempotency_key=row.idempotency_key,
        status=DeliveryStatus(row.status),
        attempts=row.attempts,
        created_at=row.created_at,
        next_attempt_at=row.next_attempt_at,
        lease_until=row.lease_until,
        last_error=row.last_error,
        sent_at=row.sent_at,
        notice_ids=notice_ids,
        digest=row.digest,
    )
