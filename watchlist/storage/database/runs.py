"""Runs: what each pass did, so that silence can be told from health."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import and_, delete, insert, select, update

from watchlist.model import Run
from watchlist.storage.database.fence import clock
from watchlist.storage.database.rows import AnyRow, Rows, insert_one
from watchlist.storage.database.tables import runs, workers

#: Runs kept. The daemon makes one of every tick: this many are some days of it.
KEPT = 20_000


class RunRows(Rows):
    """The runs."""

    def start_run(self, now: datetime) -> int:
        """Note that a run begins; return its number."""
        with self._writing() as connection:
            statement = insert(runs).values(started_at=now, counts={}, errors=[], worker_id=self._fence.worker)
            return insert_one(connection, statement)

    def note_counts(self, run_id: int, counts: Mapping[str, int]) -> None:
        """Note of a run that goes on what it counted so far."""
        with self._writing() as connection:
            connection.execute(update(runs).where(runs.c.id == run_id).values(counts=dict(counts)))

    def finish_run(self, run_id: int, counts: Mapping[str, int], errors: Sequence[str], now: datetime) -> None:
        """Note what a run did, and forget runs long past."""
        with self._writing() as connection:
            connection.execute(
                update(runs)
                .where(runs.c.id == run_id)
                .values(finished_at=now, counts=dict(counts), errors=list(errors))
            )
            connection.execute(delete(runs).where(runs.c.id <= run_id - KEPT))

    def break_off(self, run_id: int, error: str) -> None:
        """Note why a run does not come to its end."""
        with self._writing() as connection:
            connection.execute(update(runs).where(runs.c.id == run_id).values(errors=[error]))

    def ran_between(self, since: datetime, until: datetime) -> bool:
        """Whether a run began in this time."""
        statement = select(runs.c.id).where(runs.c.started_at.between(since, until)).limit(1)
        with self._reading() as connection:
            return connection.execute(statement).first() is not None

    def last_runs(self, limit: int) -> tuple[Run, ...]:
        """The latest runs, the newest first."""
        latest = select(runs).order_by(runs.c.id.desc()).limit(limit)
        with self._reading() as connection:
            rows = connection.execute(latest).all()
            alive: frozenset[str] = frozenset()
            if any(row.finished_at is None and row.worker_id for row in rows):
                at_work = and_(workers.c.lost_at.is_(None), workers.c.lease_until > clock(connection))
                alive = frozenset(connection.execute(select(workers.c.id).where(at_work)).scalars())
            return tuple(_from_row(row, alive) for row in rows)


def _from_row(row: AnyRow, alive: frozenset[str]) -> Run:
    over = row.finished_at is not None or bool(row.errors)
    return Run(
        id=row.id,
        started_at=row.started_at,
        finished_at=row.finished_at,
        counts=tuple(row.counts.items()),
        errors=tuple(row.errors),
        under_way=not over and row.worker_id in alive if over or row.worker_id else None,
    )
