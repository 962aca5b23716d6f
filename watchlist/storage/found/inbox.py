"""How many alerts there are, by what people choose them by."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from sqlalchemy import func, select

from watchlist.model import AlertDetail, AlertFilter, AlertStatus, Severity
from watchlist.storage.database.conditions import withdrawn
from watchlist.storage.database.rows import Rows
from watchlist.storage.database.tables import alerts
from watchlist.storage.found.alerts import read_alerts
from watchlist.storage.found.judged.wanted import count_wanted, found_by_words, read_wanted


class InboxRows(Rows):
    """The numbers of the inbox."""

    def alert_counts(self) -> dict[AlertStatus, int]:
        """How many alerts stand at each status."""
        with self._reading() as connection:
            rows = connection.execute(select(alerts.c.status, func.count().label("n")).group_by(alerts.c.status))
            return {AlertStatus(row.status): row.n for row in rows}

    def count_alerts(self, wanted: AlertFilter, most: int, beyond: int | None = None) -> int:
        """How many alerts a filter wants, up to a bound; where given, those with a number ``beyond`` this one alone."""
        with self._reading() as connection:
            return count_wanted(connection, wanted, found_by_words(connection, wanted), most, beyond)

    def page_of_alerts(self, wanted: AlertFilter, most: int) -> tuple[tuple[AlertDetail, ...], int]:
        """The alerts that a filter wants, and how many it wants from its beginning on, up to a bound."""
        with self._reading() as connection:
            # Words are looked for once.
            words = found_by_words(connection, wanted)
            ids = read_wanted(connection, wanted, words)
            total = count_wanted(connection, replace(wanted, after=None, limit=None), words, most)
            return read_alerts(connection, ids), total

    def neighbours(self, wanted: AlertFilter, alert_id: int) -> tuple[int | None, int | None]:
        """The alerts before and after one in what a filter wants, whether it is among those or not."""
        here = replace(wanted, after=str(alert_id), limit=1)
        with self._reading() as connection:
            before, after = (read_wanted(connection, here, backwards=back) for back in (True, False))
        return next(iter(before), None), next(iter(after), None)

    def alert_of(self, mention_id: str) -> int | None:
        """The alert that stands on a mention; None where there is none, or one that was taken back."""
        statement = select(alerts.c.id).where(alerts.c.mention_id == mention_id, ~withdrawn)
        with self._reading() as connection:
            found: int | None = connection.execute(statement).scalar()
        return found

    def newest_alert(self) -> int:
        """The highest number of an alert; 0 where there is none."""
        with self._reading() as connection:
            return int(connection.execute(select(func.max(alerts.c.id))).scalar() or 0)

    def severity_counts(self, status: AlertStatus) -> dict[Severity, int]:
        """How many alerts at a status are of each severity."""
        statement = select(alerts.c.severity, func.count().label("n")).where(alerts.c.status == status)
        with self._reading() as connection:
            rows = connection.execute(statement.group_by(alerts.c.severity))
            return {Severity(row.severity): row.n for row in rows}

    def list_counts(self, status: AlertStatus) -> dict[str, int]:
        """How many alerts at a status are of each list, by the entry that was found; the most first."""
        statement = select(alerts.c.entity_id, func.count().label("n")).where(alerts.c.status == status)
        counts: Counter[str] = Counter()
        with self._reading() as connection:
            for row in connection.execute(statement.group_by(alerts.c.entity_id)):
                counts[row.entity_id.partition(":")[0]] += row.n
        return dict(counts.most_common())
