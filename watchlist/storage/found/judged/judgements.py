"""What people did with alerts: each judgement is a row that stays, and the alert stands as the last one says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, func, insert, select, update

from watchlist.alerts.triage import after, is_idle
from watchlist.errors import JudgedMeanwhileError, NotFoundError, UsageError
from watchlist.model import Act, Action, AlertStatus, Judgement, Outcome, Shown, TriageState
from watchlist.storage.database.rows import AnyRow, Rows, chunks, insert_one
from watchlist.storage.database.tables import alerts, articles, judgements, mentions


class JudgementRows(Rows):
    """The judgements."""

    def judgements(self, since: datetime | None = None, until: datetime | None = None) -> tuple[Judgement, ...]:
        """Everything that people did with alerts within a time, in order."""
        statement = select(judgements).order_by(judgements.c.id)
        if since is not None:
            statement = statement.where(judgements.c.at >= since)
        if until is not None:
            statement = statement.where(judgements.c.at < until)
        with self._reading() as connection:
            rows = connection.execute(statement).all()
            undone = _undone(connection, {row.act for row in rows})
            return tuple(_from_row(row, undone) for row in rows)

    def act(self, number: str) -> tuple[Judgement, ...]:
        """What somebody did at one stroke, in the order of the alerts; nothing where there is no such act."""
        with self._reading() as connection:
            rows = connection.execute(
                select(judgements).where(judgements.c.act == number).order_by(judgements.c.id)
            ).all()
            undone = _undone(connection, {row.act for row in rows})
            return tuple(_from_row(row, undone) for row in rows)


def judge(
    connection: Connection, alert_ids: Sequence[int], act: Act, now: datetime, number: str | None = None
) -> tuple[Judgement, ...]:
    """Do the same with some alerts, as a part of the act of this number where it has one; return what was kept.

    What would say nothing new is left out. Raises NotFoundError when one of them is not on record, and
    JudgedMeanwhileError when one was judged since what the act has seen of it.
    """
    number = number or uuid4().hex
    kept = []
    standing = _standing(connection, alert_ids)
    if act.seen is not None:
        _refuse_unseen(connection, standing, act.seen)
    for alert_id, (state, shown) in standing.items():
        if not is_idle(state, act):
            kept.append(_keep(connection, _Change(alert_id, number, act, state, after(state, act), shown), now))
    return tuple(kept)


def last_act(connection: Connection, by: str, only: str | None = None) -> str:
    """The last act of a person that is not taken back yet, or this one; raises UsageError when there is none."""
    undone = select(judgements.c.undoes).where(judgements.c.undoes.is_not(None))
    last = (
        select(judgements.c.act)
        .where(judgements.c.by == by, judgements.c.action != Action.UNDO, judgements.c.act.not_in(undone))
        .order_by(judgements.c.id.desc())
        .limit(1)
    )
    if only is not None:
        last = last.where(judgements.c.act == only)
    act: str | None = connection.execute(last).scalar()
    if act is None:
        if only is not None:
            raise UsageError(f"what {by} did there is undone already, or was done by somebody else")
        raise UsageError(f"{by} has done nothing that could be undone; '--by NAME' undoes for somebody else")
    return act


def read_judgements(connection: Connection, alert_ids: Iterable[int]) -> dict[int, tuple[Judgement, ...]]:
    """What people did with each of these alerts, in order of time; those nobody judged are left out."""
    found: dict[int, list[AnyRow]] = {}
    for part in chunks(alert_ids):
        statement = select(judgements).where(judgements.c.alert_id.in_(part)).order_by(judgements.c.id)
        for row in connection.execute(statement):
            found.setdefault(row.alert_id, []).append(row)
    undone = _undone(connection, {row.act for rows in found.values() for row in rows})
    return {id: tuple(_from_row(row, undone) for row in rows) for id, rows in found.items()}


def _standing(connection: Connection, alert_ids: Iterable[int]) -> dict[int, tuple[TriageState, Shown]]:
    """Where each of these alerts stands and what there is to see of it, held until the transaction ends."""
    wanted = list(dict.fromkeys(alert_ids))
    found = {}
    for part in chunks(wanted):
        statement = (
            select(
                *(alerts.c.id, alerts.c.status, alerts.c.outcome, alerts.c.assigned),
                *(mentions.c.engine_version, mentions.c.snapshot_version, mentions.c.score, articles.c.content_hash),
            )
            .join(mentions, mentions.c.id == alerts.c.mention_id)
            .join(articles, articles.c.id == alerts.c.article_id)
            .where(alerts.c.id.in_(part))
            .with_for_update(of=alerts)
        )
        for row in connection.execute(statement):
            state = _state(row.status, row.outcome, row.assigned)
            found[row.id] = state, Shown(row.engine_version, row.snapshot_version, row.score, row.content_hash)
    for id in wanted:
        if id not in found:
            raise NotFoundError("alert", str(id), "'watchlist alerts' shows them")
    return {id: found[id] for id in wanted}


def _refuse_unseen(connection: Connection, alert_ids: Iterable[int], seen: Mapping[int, int]) -> None:
    """Raise JudgedMeanwhileError where others judged since; they cannot while these alerts are held."""
    unseen = []
    for part in chunks(id for id in alert_ids if id in seen):
        last = select(judgements.c.alert_id, func.max(judgements.c.id).label("last")).group_by(judgements.c.alert_id)
        rows = connection.execute(last.where(judgements.c.alert_id.in_(part)))
        unseen += [row.alert_id for row in rows if row.last > seen[row.alert_id]]
    if unseen:
        raise JudgedMeanwhileError(tuple(sorted(unseen)))


def take_back(connection: Connection, act: str, by: str, now: datetime) -> tuple[Judgement, ...]:
    """Have the alerts of an act stand as before; raises UsageError when one of them was judged again since."""
    rows = connection.execute(select(judgements).where(judgements.c.act == act).order_by(judgements.c.id)).all()
    standing = _standing(connection, [row.alert_id for row in rows])
    number = uuid4().hex
    kept = []
    for row in rows:
        state, shown = standing[row.alert_id]
        before = _state(row.was_status, row.was_outcome, row.was_assigned)
        if state != _state(row.status, row.outcome, row.assigned):
            hint = f"'watchlist alerts show {row.alert_id}' shows by whom; judge it anew"
            raise UsageError(f"alert {row.alert_id} was judged again since, and nothing is undone; {hint}")
        done = Act(Action.UNDO, by)
        kept.append(_keep(connection, _Change(row.alert_id, number, done, state, before, shown, undoes=act), now))
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class _Change:
    """What an act of this number does to an alert."""

    alert_id: int
    number: str
    act: Act
    before: TriageState
    to: TriageState
    shown: Shown
    undoes: str | None = None


def _keep(connection: Connection, change: _Change, now: datetime) -> Judgement:
    act, before, to, shown = change.act, change.before, change.to, change.shown
    values = {
        "alert_id": change.alert_id,
        "act": change.number,
        "action": act.action,
        "status": to.status,
        "outcome": to.outcome,
        "assigned": to.assigned,
        "was_status": before.status,
        "was_outcome": before.outcome,
        "was_assigned": before.assigned,
        "by": act.by,
        "at": now,
        "note": act.why,
        "undoes": change.undoes,
        "engine_version": shown.engine_version,
        "snapshot_version": shown.snapshot_version,
        "score": shown.score,
        "text_hash": shown.text_hash,
    }
    id = insert_one(connection, insert(judgements).values(values))
    changed: dict[str, Any] = {"status": to.status, "outcome": to.outcome, "assigned": to.assigned}
    connection.execute(update(alerts).where(alerts.c.id == change.alert_id).values(**changed))
    return Judgement(
        id, change.alert_id, change.number, act.action, act.by, now, act.why, before, to, shown, change.undoes
    )


def _undone(connection: Connection, acts: Iterable[str]) -> frozenset[str]:
    """Which of these acts were taken back."""
    return frozenset(
        act
        for part in chunks(acts)
        for act in connection.execute(select(judgements.c.undoes).where(judgements.c.undoes.in_(part))).scalars()
    )


def _from_row(row: AnyRow, undone: frozenset[str]) -> Judgement:
    seen = None
    if row.engine_version is not None:
        seen = Shown(row.engine_version, row.snapshot_version, row.score, row.text_hash)
    return Judgement(
        id=row.id,
        alert_id=row.alert_id,
        act=row.act,
        action=Action(row.action),
        by=row.by,
        at=row.at,
        why=row.note,
        before=_state(row.was_status, row.was_outcome, row.was_assigned),
        after=_state(row.status, row.outcome, row.assigned),
        seen=seen,
        undoes=row.undoes,
        undone=row.act in undone,
    )


def _state(status: str, outcome: str | None, assigned: str | None) -> TriageState:
    return TriageState(AlertStatus(status), Outcome(outcome) if outcome else None, assigned)
