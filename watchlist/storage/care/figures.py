"""What is there, counted for one screen: each figure over all rows, however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import and_, case, func, not_, select, text

from watchlist.model import AlertStatus
from watchlist.storage.database.conditions import withdrawn
from watchlist.storage.database.rows import Rows
from watchlist.storage.database.tables import alerts, entities, names

#: What SQLite keeps beside its file.
_BESIDE = ("", "-wal", "-shm")


class FigureRows(Rows):
    """Figures of the whole database."""

    def names_by_script(self) -> dict[str, dict[str, int]]:
        """How many names each list has now in each script, the most first; names without letters are in none."""
        number = func.count().label("n")
        statement = (
            select(entities.c.list_id, names.c.script, number)
            .select_from(names.join(entities, entities.c.id == names.c.entity_id))
            .where(entities.c.removed_at.is_(None))
            .group_by(entities.c.list_id, names.c.script)
            .order_by(number.desc(), names.c.script)
        )
        found: dict[str, dict[str, int]] = {}
        with self._reading() as connection:
            for row in connection.execute(statement):
                of_list = found.setdefault(row.list_id, {})
                of_list[row.script or "none"] = of_list.get(row.script or "none", 0) + row.n
        return found

    def unclosed_alerts(self, now: datetime, ages: Sequence[timedelta]) -> tuple[tuple[int, ...], datetime | None]:
        """How many alerts nobody has closed, by age, and when the oldest of them opened.

        The first number is of those younger than the first age, the last of those older than all.
        """
        bounds = [now - age for age in ages]
        opened = alerts.c.opened_at
        place = case(*((opened > bound, n) for n, bound in enumerate(bounds)), else_=len(bounds)).label("place")
        waiting = and_(alerts.c.status != AlertStatus.CLOSED, not_(withdrawn))
        statement = (
            select(place, func.count().label("n"), func.min(opened).label("oldest")).where(waiting).group_by(place)
        )
        counts, oldest = [0] * (len(bounds) + 1), None
        with self._reading() as connection:
            for row in connection.execute(statement):
                counts[row.place] = row.n
                oldest = row.oldest if oldest is None else min(oldest, row.oldest)
        return tuple(counts), oldest

    def alerts_by_list(self) -> dict[tuple[str, AlertStatus], int]:
        """How many alerts stand at each status, by the list whose entry they were raised for."""
        statement = (
            select(entities.c.list_id, alerts.c.status, func.count().label("n"))
            .select_from(alerts.join(entities, entities.c.id == alerts.c.entity_id))
            .group_by(entities.c.list_id, alerts.c.status)
        )
        with self._reading() as connection:
            return {(row.list_id, AlertStatus(row.status)): row.n for row in connection.execute(statement)}

    def address(self) -> str:
        """Where the database is, without its password."""
        return self._engine.url.render_as_string(hide_password=True)

    def size(self) -> int:
        """How much room the database takes, in bytes."""
        if self._engine.dialect.name == "postgresql":
            with self._reading() as connection:
                return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())
        file = str(self._engine.url.database)
        return sum(path.stat().st_size for end in _BESIDE if (path := Path(file + end)).exists())

    def versions(self) -> tuple[str, str]:
        """The version of the tables, and that of what keeps them, such as ``SQLite 3.45.1``."""
        tables = text("SELECT version_num FROM alembic_version")
        with self._reading() as connection:
            schema = str(connection.execute(tables).scalar_one())
            if self._engine.dialect.name == "postgresql":
                server = str(connection.execute(text("SHOW server_version")).scalar_one())
                return schema, f"PostgreSQL {server.split()[0]}"
            return schema, f"SQLite {connection.execute(text('SELECT sqlite_version()')).scalar_one()}"
