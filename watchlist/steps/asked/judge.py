"""Doing something with alerts, wherever it was asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from watchlist.model import Act, Action, Judgement
from watchlist.ports import JudgingStore
from watchlist.steps.asked.named import Named
from watchlist.steps.parts import Parts, severity_rules


def perform(parts: Parts, store: JudgingStore, act: Act, wanted: Named, at: datetime) -> tuple[Judgement, ...]:
    """Do something with alerts, and with mentions kept for review; return the judgements that were kept.

    Of those, to confirm is to open an alert, which is told like any other; what else is made of one is kept with an
    alert that nobody is told of. Raises JudgedMeanwhileError where others judged since what the act has seen.
    """
    done = store.judge(wanted.alerts, act, at) if wanted.alerts else ()
    if not wanted.kept:
        return done
    opens = act.action is Action.CONFIRM
    return done + store.judge_kept(
        wanted.kept,
        replace(act, action=Action.OPEN) if opens else act,
        at,
        channels=parts.told_on if opens else (),
        max_per_message=parts.config.alerts.max_per_message,
        rules=severity_rules(parts.config),
    )
