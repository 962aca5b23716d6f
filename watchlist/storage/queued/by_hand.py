"""Deliveries that somebody takes up by hand: sent again, dropped, or made for alerts that a channel missed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, not_, or_, select, update

from watchlist.model import DeliveryStatus
from watchlist.storage.database.conditions import withdrawn
from watchlist.storage.database.rows import Rows, chunks
from watchlist.storage.database.tables import alerts, deliveries, delivery_alerts, outages, silenced
from watchlist.storage.queued.delivery_rows import attach_alerts, new_delivery

#: What can be sent again or dropped: all that was not sent and is not being sent.
_UNSENT = (DeliveryStatus.PENDING, DeliveryStatus.FAILED, DeliveryStatus.DROPPED)

#: Not of alerts that nobody is to be told of.
_IS_HEARD = and_(not_(exists().where(silenced.c.alert_id == alerts.c.id)), not_(withdrawn))


class HandledRows(Rows):
    """Deliveries taken up by hand."""

    def retry_deliveries(self, numbers: Sequence[int] | None, now: datetime) -> tuple[int, ...]:
        """Make these deliveries due at once, with their whole time before them again; None means all that are parked.

        Their channels and recipients are tried at once as well. Return which there were; those sent already, or being
        sent, are not among them.
        """
        statuses = (DeliveryStatus.FAILED,) if numbers is None else _UNSENT
        values = {
            "status": DeliveryStatus.PENDING,
            "next_attempt_at": now,
            "waiting_since": now,
            "first_failed_at": None,
            "unanswered": 0,
            "failed_at": None,
            "told_at": None,
        }
        ways = exists().where(
            deliveries.c.channel == outages.c.channel,
            or_(outages.c.recipient == "", outages.c.recipient == deliveries.c.recipient),
            deliveries.c.status == DeliveryStatus.PENDING,
            deliveries.c.next_attempt_at == now,
        )
        with self._writing() as connection:
            chosen = self._chosen(numbers, statuses)
            found = tuple(connection.execute(select(deliveries.c.id).where(chosen).order_by(deliveries.c.id)).scalars())
            for part in chunks(found):
                connection.execute(update(deliveries).where(deliveries.c.id.in_(part)).values(**values))
            if found:
                connection.execute(update(outages).where(ways).values(next_try_at=now))
        return found

    def drop_deliveries(self, numbers: Sequence[int]) -> tuple[int, ...]:
        """Take it that these deliveries need not be sent; return which there were."""
        with self._writing() as connection:
            chosen = self._chosen(numbers, _UNSENT)
            found = tuple(connection.execute(select(deliveries.c.id).where(chosen).order_by(deliveries.c.id)).scalars())
            for part in chunks(found):
                dropped = update(deliveries).where(deliveries.c.id.in_(part)).values(status=DeliveryStatus.DROPPED)
                connection.execute(dropped)
        return found

    def tell_since(self, channel: str, recipient: str | None, since: datetime, size: int, now: datetime) -> int:
        """Put alerts opened since a time in the outbox that this channel, or recipient, was never to be told.

        Messages take up to ``size`` alerts. Return how many alerts there were.
        """
        to_it = [delivery_alerts.c.alert_id == alerts.c.id, deliveries.c.channel == channel]
        if recipient is not None:
            to_it.append(or_(deliveries.c.recipient == recipient, deliveries.c.recipient.is_(None)))
        told = exists().where(and_(delivery_alerts.c.delivery_id == deliveries.c.id, *to_it))
        statement = select(alerts.c.id).where(alerts.c.opened_at >= since, not_(told), _IS_HEARD).order_by(alerts.c.id)
        with self._writing() as connection:
            missed = tuple(connection.execute(statement).scalars())
            for part in chunks(missed, size):
                attach_alerts(connection, new_delivery(connection, channel, now, recipient=recipient), part)
        return len(missed)

    @staticmethod
    def _chosen(numbers: Sequence[int] | None, statuses: Sequence[DeliveryStatus]) -> ColumnElement[bool]:
        at_status = deliveries.c.status.in_(statuses)
        return at_status if numbers is None else and_(at_status, deliveries.c.id.in_(numbers))
