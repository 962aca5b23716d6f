"""Putting alerts and notices in the outbox, within the transaction that makes them.

For whom is not known here: a delivery is for its channel until it is first due, and then there is one for each
recipient that the channel has.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, func, select, update

from watchlist.model import DeliveryStatus, Dispatch
from watchlist.storage.database.rows import chunks
from watchlist.storage.database.tables import deliveries, delivery_alerts
from watchlist.storage.queued.delivery_rows import attach_alerts, attach_notices, new_delivery

#: The most alerts in a digest: more than one reading of a feed brings, and few enough to be held in memory.
DIGEST_SIZE = 2000


def enqueue(
    connection: Connection,
    channel: str,
    alert_ids: Sequence[int],
    max_per_message: int,
    now: datetime,
    *,
    digest: bool = False,
) -> None:
    """Put alerts in the outbox: into a delivery that is due and untried while it has room, else into a new one.

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
            deliveries.c.recipient.is_(None),
            deliveries.c.status == DeliveryStatus.PENDING,
            deliveries.c.attempts == 0,
            deliveries.c.route.is_(None),
            # What is not due may never be, as after a clock that was wrong: nothing new is to wait with it.
            deliveries.c.next_attempt_at <= now,
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
        attach_alerts(connection, untouched.id, waiting[:room])
        waiting = waiting[room:]
    while waiting:
        id = new_delivery(connection, channel, now, digest=digest)
        attach_alerts(connection, id, waiting[:max_per_message])
        waiting = waiting[max_per_message:]


def is_told(connection: Connection, alert_id: int) -> bool:
    """Whether an alert is in any message, sent or not."""
    found = select(delivery_alerts.c.delivery_id).where(delivery_alerts.c.alert_id == alert_id).limit(1)
    return connection.execute(found).first() is not None


def take_out(connection: Connection, alert_id: int) -> None:
    """Take an alert out of what nobody has tried to send yet, and with it a message that was about nothing else."""
    untried = (deliveries.c.status == DeliveryStatus.PENDING, deliveries.c.attempts == 0)
    in_it = (delivery_alerts.c.delivery_id == deliveries.c.id, delivery_alerts.c.alert_id == alert_id)
    found = select(deliveries.c.id).join(delivery_alerts, and_(*in_it)).where(*untried)
    ids = connection.execute(found.with_for_update(of=deliveries)).scalars().all()
    for id in ids:
        own = delivery_alerts.c.delivery_id == id
        connection.execute(delete(delivery_alerts).where(own, delivery_alerts.c.alert_id == alert_id))
        if connection.execute(select(delivery_alerts.c.alert_id).where(own).limit(1)).first() is None:
            connection.execute(delete(deliveries).where(deliveries.c.id == id))


def enqueue_notices(connection: Connection, channel: str, notice_ids: Sequence[int], now: datetime) -> None:
    """Put notices in the outbox, as one message of their own."""
    if notice_ids:
        attach_notices(connection, new_delivery(connection, channel, now), notice_ids)


def dispatch(connection: Connection, wanted: Dispatch, now: datetime, *, digest: bool = False) -> None:
    """Put alerts where they were sent: what is held gathers with others of its route, due at the same time."""
    waiting = list(wanted.alert_ids)
    if wanted.held and (gathering := _gathering(connection, wanted, digest=digest)) is not None:
        attach_alerts(connection, gathering, waiting)
        return
    for part in chunks(waiting, DIGEST_SIZE):
        id = new_delivery(connection, wanted.channel, now, digest=digest, recipient=wanted.recipient)
        values: dict[str, Any] = {"route": wanted.route, "held": wanted.held, "next_attempt_at": wanted.due}
        # What gathers does not wait before it is due; its mail is of that time.
        values |= {"waiting_since": wanted.due}
        connection.execute(update(deliveries).where(deliveries.c.id == id).values(**values))
        attach_alerts(connection, id, part)


def _gathering(connection: Connection, dispatch: Dispatch, *, digest: bool) -> int | None:
    """The delivery that gathers what this route tells there at that time."""
    statement = (
        select(deliveries.c.id)
        .where(
            deliveries.c.channel == dispatch.channel,
            deliveries.c.recipient.is_not_distinct_from(dispatch.recipient),
            deliveries.c.route == dispatch.route,
            deliveries.c.held,
            deliveries.c.status == DeliveryStatus.PENDING,
            deliveries.c.attempts == 0,
            deliveries.c.next_attempt_at == dispatch.due,
            deliveries.c.digest == digest,
        )
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return connection.execute(statement).scalar()
