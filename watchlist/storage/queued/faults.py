"""Faults as state: which there are, since when, who knows of them; and the notices of those that come and go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from watchlist.errors import NotFoundError
from watchlist.model import Fault, KnownFault, NoticeKind
from watchlist.storage.database.lock import one_writer
from watchlist.storage.database.rows import AnyRow, Rows, chunks
from watchlist.storage.database.tables import faults, notices
from watchlist.storage.queued.enqueue import enqueue_notices
from watchlist.storage.queued.notices import insert_notice

#: What is over is remembered for so long.
_REMEMBERED = timedelta(days=365)
#: Any number will do, as long as every version of this program uses the same.
_ADVISORY_KEY = 7_735_520_119
#: As wide as the column.
_SUBJECT = 255

_SEEN = (
    update(faults)
    .where(faults.c.id == bindparam("fault"))
    .values(
        text=bindparam("words"),
        lasting=bindparam("lasts"),
        grave=bindparam("weighs"),
        last_at=bindparam("now"),
        seen=faults.c.seen + bindparam("runs"),
    )
)


class FaultRows(Rows):
    """The faults."""

    def record_faults(self, found: Iterable[Fault], channels: Sequence[str] | None, now: datetime) -> int:
        """Make these the open faults; put in the outbox those that last and were not told, and the end of those told.

        All or nothing, in one transaction; return how many notices are new. A fault that stays is told once, one that
        somebody acknowledged before it lasted not at all. Without channels (None) nothing is told.
        """
        present = {_key(fault): fault for fault in found}
        with self._reading() as connection:
            if not present and not _open(connection):
                return 0
        with self._writing() as connection:
            one_writer(connection, _ADVISORY_KEY)
            known = _open(connection)
            _note(connection, present, known, now, runs=1)
            over = [each for subject, each in known.items() if subject not in present]
            _clear(connection, over, now)
            return 0 if channels is None else _tell(connection, over, channels, now)

    def note_faults(self, found: Iterable[Fault], now: datetime) -> None:
        """Keep what was found between two runs, so that it has a number; what was told is ended by a run alone."""
        present = {_key(fault): fault for fault in found}
        with self._writing() as connection:
            one_writer(connection, _ADVISORY_KEY)
            known = _open(connection)
            _note(connection, present, known, now, runs=0)
            over = (each for subject, each in known.items() if subject not in present)
            _clear(connection, [each for each in over if each.told_at is None], now)

    def open_faults(self) -> tuple[KnownFault, ...]:
        """The faults that are not over, in the order in which they came."""
        with self._reading() as connection:
            return tuple(_open(connection).values())

    def past_faults(self, since: datetime, limit: int) -> tuple[KnownFault, ...]:
        """The faults that ended since a time, the last to end first."""
        statement = select(faults).where(faults.c.cleared_at >= since).order_by(faults.c.cleared_at.desc())
        with self._reading() as connection:
            return tuple(_from_row(row) for row in connection.execute(statement.limit(limit)))

    def acknowledge_faults(self, numbers: Sequence[int], by: str, why: str | None, now: datetime) -> None:
        """Note that somebody knows of these faults; raises NotFoundError, and notes nothing, where one is not open."""
        self._acknowledge(numbers, {"acknowledged_at": now, "acknowledged_by": by, "acknowledged_why": why})

    def take_back_acknowledgement(self, numbers: Sequence[int]) -> None:
        """Let these faults count again; raises NotFoundError, and changes nothing, where one is not open."""
        self._acknowledge(numbers, dict.fromkeys(("acknowledged_at", "acknowledged_by", "acknowledged_why")))

    def _acknowledge(self, numbers: Sequence[int], values: Mapping[str, object]) -> None:
        with self._writing() as connection:
            known = {each.number for each in _open(connection).values()}
            for number in numbers:
                if number not in known:
                    raise NotFoundError("open fault", str(number), "'watchlist faults' shows them")
            for part in chunks(numbers):
                connection.execute(update(faults).where(faults.c.id.in_(part)).values(**values))


def _key(fault: Fault) -> str:
    return fault.subject[:_SUBJECT]


def _open(connection: Connection) -> dict[str, KnownFault]:
    rows = connection.execute(select(faults).where(faults.c.cleared_at.is_(None)).order_by(faults.c.id))
    return {row.subject: _from_row(row) for row in rows}


def _note(
    connection: Connection, present: Mapping[str, Fault], known: Mapping[str, KnownFault], now: datetime, *, runs: int
) -> None:
    """Keep these faults, seen in so many runs more."""
    fresh = [
        {
            "subject": subject,
            "text": fault.text,
            "lasting": fault.lasting,
            "grave": fault.grave,
            "first_at": now,
            "last_at": now,
            "seen": runs,
        }
        for subject, fault in present.items()
        if subject not in known
    ]
    if fresh:
        connection.execute(insert(faults), fresh)
    seen = [
        {
            "fault": known[subject].number,
            "words": fault.text,
            "lasts": fault.lasting,
            "weighs": fault.grave,
            "now": now,
            "runs": runs,
        }
        for subject, fault in present.items()
        if subject in known
    ]
    if seen:
        connection.execute(_SEEN, seen)


def _clear(connection: Connection, over: Sequence[KnownFault], now: datetime) -> None:
    for part in chunks(over):
        numbers = [each.number for each in part]
        connection.execute(update(faults).where(faults.c.id.in_(numbers)).values(cleared_at=now))
    if over:
        connection.execute(delete(faults).where(faults.c.cleared_at < now - _REMEMBERED))


def _tell(connection: Connection, over: Sequence[KnownFault], channels: Sequence[str], now: datetime) -> int:
    told: list[int] = []
    for known in _open(connection).values():
        if known.fault.lasting and known.told_at is None and not known.is_acknowledged:
            told.append(insert_notice(connection, NoticeKind.FAULT, known.fault.subject, known.fault.text, now))
            connection.execute(update(faults).where(faults.c.id == known.number).values(told_at=now))
    for known in over:
        if known.told_at is not None:
            subject = known.fault.subject
            still = (notices.c.kind == NoticeKind.FAULT, notices.c.subject == subject, notices.c.resolved_at.is_(None))
            connection.execute(update(notices).where(*still).values(resolved_at=now))
            told.append(insert_notice(connection, NoticeKind.RECOVERY, subject, known.fault.text, now))
    for channel in channels:
        enqueue_notices(connection, channel, told, now)
    return len(told)


def _from_row(row: AnyRow) -> KnownFault:
    return KnownFault(
        number=row.id,
        fault=Fault(row.subject, row.text, row.lasting, row.grave),
        first_at=row.first_at,
        last_at=row.last_at,
        count=row.seen,
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=row.acknowledged_by,
        acknowledged_why=row.acknowledged_why,
        cleared_at=row.cleared_at,
        told_at=row.told_at,
    )
