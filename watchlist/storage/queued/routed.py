"""Alerts on their way from the outbox to where their routes send them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select

from watchlist.model import UNROUTED, Delivery, Dispatch
from watchlist.storage.database.rows import Rows
from watchlist.storage.database.tables import deliveries, delivery_alerts
from watchlist.storage.queued.delivery_rows import alert_ids_of, read_deliveries
from watchlist.storage.queued.enqueue import dispatch


class RoutedRows(Rows):
    """Deliveries as the routes see them."""

    def unrouted_delivery(self) -> Delivery | None:
        """The oldest delivery whose alerts are not routed yet."""
        statement = select(deliveries).where(deliveries.c.channel == UNROUTED).order_by(deliveries.c.id).limit(1)
        with self._reading() as connection:
            return next(iter(read_deliveries(connection, connection.execute(statement).all())), None)

    def told_at_once(self, since: datetime) -> dict[str, int]:
        """How many alerts each route told at once since a time."""
        statement = (
            select(deliveries.c.route, func.count(delivery_alerts.c.alert_id.distinct()).label("n"))
            .join(delivery_alerts, delivery_alerts.c.delivery_id == deliveries.c.id)
            .where(deliveries.c.route.is_not(None), deliveries.c.held.is_(False), deliveries.c.created_at >= since)
            .group_by(deliveries.c.route)
        )
        with self._reading() as connection:
            return {row.route: row.n for row in connection.execute(statement)}

    def record_routes(self, delivery: Delivery, dispatches: Sequence[Dispatch], now: datetime) -> None:
        """Put the alerts of an unrouted delivery where they go, and end it, all or nothing."""
        with self._writing() as connection:
            own = (deliveries.c.id == delivery.id, deliveries.c.channel == UNROUTED)
            locked = connection.execute(select(deliveries.c.id).where(*own).with_for_update()).first()
            # Another alert may have joined it since it was read: it is routed with the next look.
            if locked is None or alert_ids_of(connection, [delivery.id])[delivery.id] != delivery.alert_ids:
                return
            for each in dispatches:
                dispatch(connection, each, now, digest=delivery.digest)
            connection.execute(delete(deliveries).where(deliveries.c.id == delivery.id))
