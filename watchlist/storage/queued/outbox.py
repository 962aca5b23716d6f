"""The outbox as its sender sees it: deliveries leased, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, delete, exists, func, not_, or_, select, update

from watchlist.model import Delivery, DeliveryStatus, Outage, Setback
from watchlist.storage.database.rows import AnyRow, Rows, chunks, upsert
from watchlist.storage.database.tables import deliveries, delivery_alerts, outages
from watchlist.storage.queued.delivery_rows import (
    alert_ids_of,
    attach_alerts,
    attach_notices,
    delivery_from_row,
    new_delivery,
    notice_ids_of,
    outage_from_row,
    read_deliveries,
)
from watchlist.storage.queued.enqueue import DIGEST_SIZE

#: A message that waited as long as this was held up: if there are so many of them, they come as one.
_HELD_UP = timedelta(minutes=30)
_MUCH = 4
#: What is said of a message whose sender left no record of the try before.
_UNENDED = "no record of how its last try ended, which may have arrived: the program was killed, or could not write"
#: What gathers alerts is due within a day, and quiet hours or a change of the clocks later.
_LONGEST_HELD = timedelta(hours=50)


class OutboxRows(Rows):
    """The deliveries, for the sender."""

    def claim_delivery(
        self, ways: Mapping[str, tuple[str, ...]], now: datetime, lease: timedelta, horizon: timedelta
    ) -> Delivery | None:
        """Lease the oldest due delivery to the caller, counting an attempt; None when none is due.

        ``ways`` has the recipients of each channel; what is for other channels or recipients waits. A delivery for its
        channel becomes one for each recipient here. Those whose last try failed on them alone come after all others.
        No due time counts that is further ahead than ``horizon``: it is from a clock that was wrong. A lease that ran
        out belongs to a sender that was killed: the delivery is due again, under the same key. Where many were held up,
        they are folded into the oldest.
        """
        statement = (
            select(deliveries)
            .where(_due(now, lease, horizon), _on(ways), not_(_is_held_up(now, horizon)))
            .order_by(
                case((or_(deliveries.c.suspect, deliveries.c.status == DeliveryStatus.SENDING), 1), else_=0),
                deliveries.c.created_at,
                deliveries.c.id,
            )
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        with self._writing() as connection:
            _address(connection, ways, now, horizon)
            row = connection.execute(statement).first()
            return None if row is None else _lease(connection, row, now, lease, horizon, self._fence.worker)

    def record_sent(self, delivery: Delivery, now: datetime, receipt: str | None, told: Sequence[int] = ()) -> None:
        """The message was taken; ``receipt`` is what the other side said.

        ``told`` are parked deliveries that the message told of. What waited because of its channel or its recipient, or
        failed as this one had, is due at once.
        """
        values = {"status": DeliveryStatus.SENT, "sent_at": now, "last_error": None, "receipt": receipt}
        # Not fenced, nor below: as long as nobody else has leased it, what became of it is worth knowing.
        with self._writing(fenced=False) as connection:
            if not _finish(connection, delivery, values):
                return
            for part in chunks(told):
                connection.execute(update(deliveries).where(deliveries.c.id.in_(part)).values(told_at=now))
            over = connection.execute(delete(outages).where(_of(delivery.channel, delivery.recipient))).rowcount
            if over or delivery.attempts > 1:
                connection.execute(
                    update(deliveries)
                    .where(
                        deliveries.c.channel == delivery.channel,
                        deliveries.c.recipient == delivery.recipient,
                        deliveries.c.status == DeliveryStatus.PENDING,
                        deliveries.c.last_error.is_not(None),
                        # One without an answer may have arrived: it is not sent again before its time.
                        deliveries.c.unanswered == 0,
                    )
                    .values(next_attempt_at=now)
                )

    def record_failed(self, delivery: Delivery, setback: Setback, now: datetime) -> None:
        """The message was not taken: it waits or is parked, and so does what the same outage holds up."""
        parked = {"status": DeliveryStatus.FAILED, "failed_at": now}
        kept = {"status": DeliveryStatus.PENDING, "next_attempt_at": setback.retry_at}
        values = {
            "last_error": setback.error,
            "first_failed_at": setback.first_failed_at,
            "suspect": setback.suspect,
            "unanswered": setback.unanswered,
            **(parked if setback.retry_at is None else kept),
        }
        with self._writing(fenced=False) as connection:
            if not _finish(connection, delivery, values):
                return
            if setback.split:
                _split(connection, delivery, values)
            if setback.outage is None:
                return
            outage = setback.outage
            upsert(connection, outages, [asdict(outage)], ["channel", "recipient"])
            if setback.park_before is not None:
                waiting = [
                    deliveries.c.channel == outage.channel,
                    deliveries.c.status == DeliveryStatus.PENDING,
                    func.coalesce(deliveries.c.waiting_since, deliveries.c.created_at) <= setback.park_before,
                ]
                if outage.recipient:
                    waiting.append(deliveries.c.recipient == outage.recipient)
                connection.execute(update(deliveries).where(*waiting).values(**parked, last_error=setback.error))

    def parked_deliveries(self, channel: str, recipient: str | None) -> tuple[Delivery, ...]:
        """What was parked of this recipient's and not told of, the oldest first."""
        statement = (
            select(deliveries)
            .where(
                deliveries.c.channel == channel,
                or_(deliveries.c.recipient == recipient, deliveries.c.recipient.is_(None)),
                deliveries.c.status == DeliveryStatus.FAILED,
                deliveries.c.told_at.is_(None),
            )
            .order_by(deliveries.c.created_at, deliveries.c.id)
        )
        with self._reading() as connection:
            return read_deliveries(connection, connection.execute(statement).all())


def _due(now: datetime, lease: timedelta, horizon: timedelta) -> ColumnElement[bool]:
    # The clocks of two machines differ a little; by a lease they don't.
    return or_(
        _is_due(now, horizon),
        and_(
            deliveries.c.status == DeliveryStatus.SENDING,
            or_(deliveries.c.lease_until <= now, deliveries.c.lease_until > now + 2 * lease),
        ),
    )


def _is_due(now: datetime, horizon: timedelta) -> ColumnElement[bool]:
    return and_(
        deliveries.c.status == DeliveryStatus.PENDING,
        or_(
            deliveries.c.next_attempt_at <= now,
            deliveries.c.next_attempt_at > case((deliveries.c.held, now + _LONGEST_HELD), else_=now + horizon),
        ),
    )


def _on(ways: Mapping[str, tuple[str, ...]]) -> ColumnElement[bool]:
    return or_(
        False,
        *(
            and_(
                deliveries.c.channel == channel,
                deliveries.c.recipient.in_(recipients),
            )
            for channel, recipients in ways.items()
        ),
    )


def _is_held_up(now: datetime, horizon: timedelta) -> ColumnElement[bool]:
    return exists().where(
        outages.c.channel == deliveries.c.channel,
        or_(outages.c.recipient == "", outages.c.recipient == deliveries.c.recipient),
        outages.c.next_try_at > now,
        outages.c.next_try_at <= now + horizon,
    )


def _of(channel: str, recipient: str | None) -> ColumnElement[bool]:
    return and_(outages.c.channel == channel, outages.c.recipient.in_(("", recipient or "")))


def _address(connection: Connection, ways: Mapping[str, tuple[str, ...]], now: datetime, horizon: timedelta) -> None:
    """Make what is due for a channel one delivery for each recipient; the first takes the row, with its key."""
    unaddressed = (
        select(deliveries)
        .where(_is_due(now, horizon), deliveries.c.recipient.is_(None), deliveries.c.channel.in_(ways))
        .order_by(deliveries.c.id)
        .with_for_update(skip_locked=True)
    )
    rows = connection.execute(unaddressed).all()
    ids = [row.id for row in rows]
    alerts, notices = alert_ids_of(connection, ids), notice_ids_of(connection, ids)
    for row in rows:
        first, *others = ways[row.channel]
        connection.execute(update(deliveries).where(deliveries.c.id == row.id).values(recipient=first))
        for recipient in others:
            id = new_delivery(connection, row.channel, row.created_at, digest=row.digest, recipient=recipient)
            own = {"route": row.route, "held": row.held, "waiting_since": row.waiting_since}
            connection.execute(update(deliveries).where(deliveries.c.id == id).values(**own))
            attach_alerts(connection, id, alerts[row.id])
            attach_notices(connection, id, notices[row.id])


def _lease(
    connection: Connection, row: AnyRow, now: datetime, lease: timedelta, horizon: timedelta, worker: str | None
) -> Delivery:
    values: dict[str, Any] = {
        "status": DeliveryStatus.SENDING,
        "attempts": row.attempts + 1,
        "lease_until": now + lease,
        "leased_by": worker,
        "folded": row.folded + _fold(connection, row, now, horizon),
    }
    if row.status == DeliveryStatus.SENDING:
        # A try that came to no end counts as failed: a message that kills its sender must not be tried for ever.
        values["first_failed_at"] = row.first_failed_at or now
        values["unanswered"] = row.unanswered + 1
        values["last_error"] = _UNENDED
    connection.execute(update(deliveries).where(deliveries.c.id == row.id).values(**values))
    claimed = connection.execute(select(deliveries).where(deliveries.c.id == row.id)).one()
    alerts, notices = alert_ids_of(connection, [row.id])[row.id], notice_ids_of(connection, [row.id])[row.id]
    return delivery_from_row(claimed, alerts, notices, _outages(connection, row))


def _outages(connection: Connection, row: AnyRow) -> tuple[Outage, ...]:
    statement = select(outages).where(_of(row.channel, row.recipient))
    return tuple(outage_from_row(each) for each in connection.execute(statement))


def _fold(connection: Connection, row: AnyRow, now: datetime, horizon: timedelta) -> int:
    """Take what was held up as well into this delivery, if it is much; return how many messages that spares."""
    untold = row.status == DeliveryStatus.PENDING and not row.suspect
    if not untold or row.created_at > now - _HELD_UP:
        return 0
    count = select(func.count()).where(delivery_alerts.c.delivery_id == deliveries.c.id).scalar_subquery()
    waiting = connection.execute(
        select(deliveries.c.id, count.label("n"))
        .where(
            deliveries.c.id != row.id,
            deliveries.c.channel == row.channel,
            deliveries.c.recipient == row.recipient,
            _is_due(now, horizon),
            # What may have arrived keeps its words, and what is refused for its words must not take others along.
            not_(deliveries.c.suspect),
            deliveries.c.digest == row.digest,
            deliveries.c.route.is_not_distinct_from(row.route),
            count > 0,
        )
        .order_by(deliveries.c.created_at, deliveries.c.id)
        .with_for_update(skip_locked=True, of=deliveries)
    ).all()
    held = set(alert_ids_of(connection, [row.id])[row.id])
    if not held or len(waiting) + row.folded + 1 < _MUCH:
        return 0
    folded: list[int] = []
    room = DIGEST_SIZE - len(held)
    for each in waiting:
        if each.n > room:
            break
        room -= each.n
        folded.append(each.id)
    moved = alert_ids_of(connection, folded)
    fresh = sorted({id for ids in moved.values() for id in ids} - held)
    for part in chunks(folded):
        connection.execute(delete(deliveries).where(deliveries.c.id.in_(part)))
    attach_alerts(connection, row.id, fresh)
    return len(folded)


def _split(connection: Connection, delivery: Delivery, values: Mapping[str, Any]) -> None:
    """Make of a delivery that others were folded into two: what one of them is refused for must not hold up the rest.

    Neither is folded again.
    """
    folded = (delivery.folded - 1) // 2
    connection.execute(update(deliveries).where(deliveries.c.id == delivery.id).values(folded=folded))
    id = new_delivery(connection, delivery.channel, delivery.created_at, recipient=delivery.recipient)
    own = {
        "route": delivery.route,
        "digest": delivery.digest,
        "waiting_since": delivery.waiting_since,
        "folded": delivery.folded - 1 - folded,
    }
    connection.execute(update(deliveries).where(deliveries.c.id == id).values(**values, **own))
    half = delivery.alert_ids[len(delivery.alert_ids) // 2 :]
    for part in chunks(half):
        moved = (delivery_alerts.c.delivery_id == delivery.id, delivery_alerts.c.alert_id.in_(part))
        connection.execute(update(delivery_alerts).where(*moved).values(delivery_id=id))


def _finish(connection: Connection, delivery: Delivery, values: Mapping[str, Any]) -> bool:
    # Only the holder of the lease may write: one whose lease ran out must not undo what the next sender recorded.
    done = connection.execute(
        update(deliveries)
        .where(
            deliveries.c.id == delivery.id,
            deliveries.c.status == DeliveryStatus.SENDING,
            deliveries.c.attempts == delivery.attempts,
        )
        .values(lease_until=None, **values)
    )
    return done.rowcount > 0
