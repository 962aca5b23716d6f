"""A judgement in a line."""

from __future__ import annotations

from watchlist.alerts.triage import DONE
from watchlist.cli.shared.output import when
from watchlist.model import Action, Judgement


def judged(judgement: Judgement) -> str:
    """A judgement in a line: when, who, what and why."""
    to = f" to {judgement.after.assigned or 'nobody'}" if judgement.action is Action.ASSIGN else ""
    why = f": {judgement.why}" if judgement.why else ""
    undone = " (undone)" if judgement.undone else ""
    return f"{when(judgement.at)} {judgement.by} {DONE[judgement.action]}{to}{why}{undone}"
