"""Runs: what each pass did, so that silence can be told from health."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from watchlist.model import Run
from watchlist.storage.database.rows import AnyRow, Rows, insert_one
from watchlist.storage.database.tables import runs

#: Runs kept. The daemon makes one of every tick: this many are some days of it.
KEPT = 20_000


class RunRows(Rows):
    """The runs."""

    def start_run(self, now: datetime) -> int:
        """Note that a run begins; return its number."""
        with self._writing() as connection:
            statement = insert(runs).values(started_at=now, counts={}, errors=[])
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
        with self._reading() as connection:
            return tuple(
                _from_row(row) for row in connection.execute(select(runs).order_by(runs.c.id.desc()).limit(limit))
            )


def _from_row(row: AnyRow) -> Run:
    return Run(
        id=row.id,
        started_at=row.started_at,
        finished_at=row.finished_at,
        counts=tuple(row.counts.items()),
        errors=tuple(row.errors),
    )
