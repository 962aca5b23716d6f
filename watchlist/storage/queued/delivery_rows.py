"""What every part of the outbox does with rows: making deliveries, attaching what they are about, reading them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Column, Connection, Table, insert, select

from watchlist.model import Delivery, DeliveryStatus, Outage
from watchlist.storage.database.rows import AnyRow, chunks, insert_one
from watchlist.storage.database.tables import deliveries as table
from watchlist.storage.database.tables import delivery_alerts, delivery_notices


def new_delivery(
    connection: Connection, channel: str, now: datetime, *, digest: bool = False, recipient: str | None = None
) -> int:
    """A delivery about nothing yet, due at once, with the key that it keeps."""
    statement = insert(table).values(
        channel=channel,
        recipient=recipient,
        idempotency_key=new_key(),
        status=DeliveryStatus.PENDING,
        attempts=0,
        created_at=now,
        waiting_since=now,
        next_attempt_at=now,
        digest=digest,
    )
    return insert_one(connection, statement)


def new_key() -> str:
    """A key that no other message has."""
    return f"<{uuid4().hex}@watchlist>"


def attach_alerts(connection: Connection, delivery_id: int, alert_ids: Sequence[int]) -> None:
    """Put alerts into a delivery."""
    _attach(connection, delivery_alerts, "alert_id", delivery_id, alert_ids)


def attach_notices(connection: Connection, delivery_id: int, notice_ids: Sequence[int]) -> None:
    """Put notices into a delivery."""
    _attach(connection, delivery_notices, "notice_id", delivery_id, notice_ids)


def alert_ids_of(connection: Connection, delivery_ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """The alerts of each delivery."""
    return _attached(connection, delivery_alerts, delivery_alerts.c.alert_id, delivery_ids)


def notice_ids_of(connection: Connection, delivery_ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """The notices of each delivery."""
    return _attached(connection, delivery_notices, delivery_notices.c.notice_id, delivery_ids)


def read_deliveries(connection: Connection, rows: Sequence[AnyRow]) -> tuple[Delivery, ...]:
    """Rows as deliveries, with what each is about."""
    ids = [row.id for row in rows]
    alerts, notices = alert_ids_of(connection, ids), notice_ids_of(connection, ids)
    return tuple(delivery_from_row(row, alerts[row.id], notices[row.id]) for row in rows)


def delivery_from_row(
    row: AnyRow, alert_ids: tuple[int, ...], notice_ids: tuple[int, ...], outages: tuple[Outage, ...] = ()
) -> Delivery:
    """A row as a delivery."""
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
        recipient=row.recipient,
        waiting_since=row.waiting_since or row.created_at,
        first_failed_at=row.first_failed_at,
        suspect=row.suspect,
        unanswered=row.unanswered,
        receipt=row.receipt,
        folded=row.folded,
        failed_at=row.failed_at,
        told_at=row.told_at,
        route=row.route,
        held=row.held,
        outages=outages,
    )


def outage_from_row(row: AnyRow) -> Outage:
    """A row as an outage."""
    return Outage(
        channel=row.channel,
        recipient=row.recipient,
        since=row.since,
        failures=row.failures,
        next_try_at=row.next_try_at,
        error=row.error,
    )


def _attach(connection: Connection, into: Table, column: str, delivery_id: int, ids: Sequence[int]) -> None:
    rows: list[dict[str, Any]] = [{"delivery_id": delivery_id, column: id} for id in ids]
    if rows:
        connection.execute(insert(into), rows)


def _attached(
    connection: Connection, table: Table, column: Column[int], delivery_ids: Sequence[int]
) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = {id: [] for id in delivery_ids}
    for part in chunks(delivery_ids):
        statement = select(table.c.delivery_id, column.label("id")).where(table.c.delivery_id.in_(part))
        for row in connection.execute(statement.order_by(column)):
            found[row.delivery_id].append(row.id)
    return {id: tuple(ids) for id, ids in found.items()}
