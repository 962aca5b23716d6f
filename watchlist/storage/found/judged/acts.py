"""What people do with alerts, and all that follows from it, at one stroke."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from watchlist.model import Act, Action, Judgement
from watchlist.storage.database.rows import Rows
from watchlist.storage.found.judged.dismissals import dismiss, lift, take_back_dismissals, would_hold
from watchlist.storage.found.judged.judgements import judge, last_act, take_back
from watchlist.storage.found.judged.withdrawn import follow

#: Acts by which an alert that was dismissed is found to be something else.
_OTHERWISE = (Action.CONFIRM, Action.UNSURE, Action.ESCALATE, Action.REOPEN)


class ActRows(Rows):
    """The acts."""

    def judge(self, alert_ids: Sequence[int], act: Act, now: datetime) -> tuple[Judgement, ...]:
        """Do the same with some alerts, all or none; return the judgements, those of alerts closed along last.

        A dismissal holds back from then on what the act says; what is judged otherwise later is held back no more. An
        act that would say nothing new of an alert is left out. Raises NotFoundError when one is not on record, and
        JudgedMeanwhileError when one was judged since what the act has seen of it.
        """
        with self._writing() as connection:
            return perform(connection, alert_ids, act, now)

    def would_hold(self, alert_id: int, act: Act, limit: int, now: datetime) -> tuple[tuple[int, ...], int]:
        """Which of the latest alerts of its subject a dismissal of one would have held back, and of how many.

        Nothing is done.
        """
        with self._reading() as connection:
            return would_hold(connection, alert_id, act, limit, now)

    def undo(self, by: str, now: datetime, act: str | None = None) -> tuple[Judgement, ...]:
        """Take back the last act of a person that is not taken back yet, or this one, with all that followed from it.

        Returns the judgements that do so. Raises UsageError when there is none, or when one of its alerts was judged
        again since.
        """
        with self._writing() as connection:
            act = last_act(connection, by, act)
            undone = take_back(connection, act, by, now)
            take_back_dismissals(connection, act, by, now)
            follow(connection, undone, now)
            return undone


def perform(connection: Connection, alert_ids: Sequence[int], act: Act, now: datetime) -> tuple[Judgement, ...]:
    """Do the same with some alerts, and what follows from it, within the caller's transaction."""
    done = judge(connection, alert_ids, act, now)
    follow(connection, done, now)
    if act.action is Action.DISMISS:
        return done + dismiss(connection, done, act, now)
    if act.action in _OTHERWISE:
        lift(connection, done, act, now)
    return done
