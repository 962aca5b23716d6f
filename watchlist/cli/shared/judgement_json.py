"""A judgement as the JSON of commands has it, and in a line."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from watchlist.alerts.triage import DONE
from watchlist.cli.shared.output import when
from watchlist.model import Action, Judgement, TriageState


def judgement_json(judgement: Judgement) -> dict[str, Any]:
    """A judgement: who did what, when and why, what that changed, and what was seen."""
    return {
        "id": judgement.id,
        "act": judgement.act,
        "action": judgement.action,
        "outcome": judgement.outcome,
        "by": judgement.by,
        "at": judgement.at,
        "why": judgement.why,
        "before": _state(judgement.before),
        "after": _state(judgement.after),
        "seen": asdict(judgement.seen) if judgement.seen is not None else None,
        "undoes": judgement.undoes,
        "undone": judgement.undone,
    }


def judged(judgement: Judgement) -> str:
    """A judgement in a line: when, who, what and why."""
    to = f" to {judgement.after.assigned or 'nobody'}" if judgement.action is Action.ASSIGN else ""
    why = f": {judgement.why}" if judgement.why else ""
    undone = " (undone)" if judgement.undone else ""
    return f"{when(judgement.at)} {judgement.by} {DONE[judgement.action]}{to}{why}{undone}"


def _state(state: TriageState) -> dict[str, Any]:
    return {"status": state.status, "outcome": state.outcome, "assigned": state.assigned}
