"""The deliveries as people see them: listed and counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, case, exists, func, not_, or_, select

from watchlist.errors import NotFoundError
from watchlist.model import Delivery, DeliveryStatus, DeliveryTrouble, Outage
from watchlist.storage.database.conditions import withdrawn
from watchlist.storage.database.rows import Rows
from watchlist.storage.database.tables import alerts, deliveries, delivery_alerts, outages, silenced
from watchlist.storage.queued.delivery_rows import outage_from_row, read_deliveries

#: What waits, tried or not.
_WAITING = (DeliveryStatus.PENDING, DeliveryStatus.SENDING)


class DeliveryRows(Rows):
    """The deliveries."""

    def deliveries(
        self, limit: int | None = None, statuses: Sequence[DeliveryStatus] = tuple(DeliveryStatus)
    ) -> tuple[Delivery, ...]:
        """The deliveries at these statuses, the newest first."""
        statement = (
            select(deliveries)
            .where(deliveries.c.status.in_(statuses))
            .order_by(deliveries.c.created_at.desc(), deliveries.c.id.desc())
            .limit(limit)
        )
        return self._read(statement)

    def delivery(self, number: int) -> Delivery:
        """One delivery; raises NotFoundError."""
        for found in self._read(select(deliveries).where(deliveries.c.id == number)):
            return found
        hint = "'watchlist deliveries' shows them; what waited long may have been folded into an older one"
        raise NotFoundError("delivery", str(number), hint)

    def deliveries_about(self, alert_id: int) -> tuple[Delivery, ...]:
        """The deliveries that an alert is in, the oldest first."""
        of_alert = select(delivery_alerts.c.delivery_id).where(delivery_alerts.c.alert_id == alert_id)
        return self._read(select(deliveries).where(deliveries.c.id.in_(of_alert)).order_by(deliveries.c.id))

    def delivery_counts(self) -> dict[DeliveryStatus, int]:
        """How many deliveries stand at each status."""
        with self._reading() as connection:
            rows = connection.execute(
                select(deliveries.c.status, func.count().label("n")).group_by(deliveries.c.status)
            )
            return {DeliveryStatus(row.status): row.n for row in rows}

    def delivery_troubles(self) -> tuple[DeliveryTrouble, ...]:
        """What is parked, and what waits after a failed try, counted over all deliveries of each recipient."""
        about = select(func.count()).where(delivery_alerts.c.delivery_id == deliveries.c.id).scalar_subquery()
        failed = case((deliveries.c.last_error.is_not(None), deliveries.c.id))
        parked = case((deliveries.c.status == DeliveryStatus.FAILED, 1), else_=0)
        held_up = exists().where(
            outages.c.channel == deliveries.c.channel,
            or_(outages.c.recipient == "", outages.c.recipient == deliveries.c.recipient),
        )
        rows = (
            select(
                deliveries.c.channel,
                deliveries.c.recipient,
                deliveries.c.created_at,
                about.label("alerts"),
                failed.label("failed"),
                parked.label("parked"),
            )
            .where(
                or_(
                    deliveries.c.status == DeliveryStatus.FAILED,
                    and_(deliveries.c.status.in_(_WAITING), or_(deliveries.c.last_error.is_not(None), held_up)),
                )
            )
            .subquery()
        )
        grouped = (rows.c.channel, rows.c.recipient, rows.c.parked)
        statement = (
            select(
                *grouped,
                func.count().label("n"),
                func.sum(rows.c.alerts).label("alerts"),
                func.min(rows.c.created_at).label("first_at"),
                func.max(rows.c.created_at).label("last_at"),
                func.max(rows.c.failed).label("latest"),
            )
            .group_by(*grouped)
            .order_by(*grouped)
        )
        with self._reading() as connection:
            found = connection.execute(statement).all()
            latest = [row.latest for row in found if row.latest is not None]
            named = select(deliveries.c.id, deliveries.c.last_error).where(deliveries.c.id.in_(latest))
            errors = {row.id: row.last_error for row in connection.execute(named)}
        return tuple(
            DeliveryTrouble(
                channel=row.channel,
                recipient=row.recipient,
                parked=bool(row.parked),
                deliveries=row.n,
                alerts=int(row.alerts),
                first_at=row.first_at,
                last_at=row.last_at,
                error=errors.get(row.latest),
            )
            for row in found
        )

    def waiting_counts(self) -> dict[tuple[str, str | None], int]:
        """How many deliveries wait for each recipient of each channel; None is for whoever the channel has."""
        key = (deliveries.c.channel, deliveries.c.recipient)
        statement = select(*key, func.count().label("n")).where(deliveries.c.status.in_(_WAITING)).group_by(*key)
        with self._reading() as connection:
            return {(row.channel, row.recipient): row.n for row in connection.execute(statement)}

    def outages(self) -> tuple[Outage, ...]:
        """The channels and recipients that take nothing at present."""
        with self._reading() as connection:
            rows = connection.execute(select(outages).order_by(outages.c.channel, outages.c.recipient))
            return tuple(outage_from_row(row) for row in rows)

    def untold_alerts(self) -> int:
        """How many alerts are in no delivery: they opened while there was no channel for them."""
        in_none = and_(
            not_(exists().where(delivery_alerts.c.alert_id == alerts.c.id)),
            not_(exists().where(silenced.c.alert_id == alerts.c.id)),
            not_(withdrawn),
        )
        with self._reading() as connection:
            return connection.execute(select(func.count()).select_from(alerts).where(in_none)).scalar_one()

    def _read(self, statement: Select[Any]) -> tuple[Delivery, ...]:
        with self._reading() as connection:
            return read_deliveries(connection, connection.execute(statement).all())
