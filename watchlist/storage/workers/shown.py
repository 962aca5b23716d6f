"""The workers as people see them, and who of them is at work."""

from __future__ import annotations

from collections import Counter, defaultdict

from sqlalchemy import Connection, func, select

from watchlist.model import DeliveryStatus, Duty, Worker, WorkerRole
from watchlist.storage.database.fence import clock
from watchlist.storage.database.rows import Rows
from watchlist.storage.database.tables import claims, deliveries, duties, workers


class ShownWorkerRows(Rows):
    """The workers, as they are shown."""

    def workers(self) -> tuple[Worker, ...]:
        """All that are at work and those that were lost within a day, in the order in which they began."""
        with self._reading() as connection:
            now = clock(connection)
            rows = connection.execute(select(workers).order_by(workers.c.started_at, workers.c.id)).all()
            counted = select(claims.c.worker_id, claims.c.kind, func.count().label("n"))
            claimed: defaultdict[str, Counter[str]] = defaultdict(Counter)
            for row in connection.execute(counted.group_by(claims.c.worker_id, claims.c.kind)):
                claimed[row.worker_id][row.kind] = row.n
            sending = select(deliveries.c.leased_by, func.count().label("n")).where(
                deliveries.c.status == DeliveryStatus.SENDING, deliveries.c.leased_by.is_not(None)
            )
            sent = {row.leased_by: row.n for row in connection.execute(sending.group_by(deliveries.c.leased_by))}
            at = defaultdict(list)
            for row in connection.execute(select(duties).where(duties.c.worker_id.is_not(None))):
                at[row.worker_id].append(Duty(row.name))
        return tuple(
            Worker(
                id=row.id,
                name=row.name,
                roles=tuple(WorkerRole(each) for each in row.roles),
                started_at=row.started_at,
                beat_at=row.beat_at,
                lost=row.lost_at is not None or row.lease_until < now,
                duties=tuple(sorted(at[row.id])),
                feeds=claimed[row.id]["feed"],
                articles=claimed[row.id]["article"],
                deliveries=sent.get(row.id, 0),
            )
            for row in rows
        )


def live_workers(connection: Connection, role: WorkerRole | None = None) -> list[str]:
    """The ids of the workers that are at work, in a role where one is given, in the order in which they began."""
    statement = (
        select(workers.c.id, workers.c.roles)
        .where(workers.c.lost_at.is_(None), workers.c.lease_until > clock(connection))
        .order_by(workers.c.started_at, workers.c.id)
    )
    return [row.id for row in connection.execute(statement) if role is None or role in row.roles]
