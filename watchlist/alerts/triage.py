"""What becomes of an alert by what a person does with it: pure decisions."""

from __future__ import annotations

from dataclasses import replace

from watchlist.model import Act, Action, Alert, AlertStatus, Outcome, TriageState

#: What an act that closes an alert finds it to be.
_OUTCOMES = {
    Action.CONFIRM: Outcome.TRUE_MATCH,
    Action.DISMISS: Outcome.FALSE_POSITIVE,
    Action.UNSURE: Outcome.UNSURE,
}
#: Of alerts that are chosen by a filter which names no status, those that an act is for.
MEANT_FOR = {
    Action.CONFIRM: (AlertStatus.OPEN, AlertStatus.ESCALATED),
    Action.DISMISS: (AlertStatus.OPEN, AlertStatus.ESCALATED),
    Action.UNSURE: (AlertStatus.OPEN, AlertStatus.ESCALATED),
    Action.ESCALATE: (AlertStatus.OPEN,),
    Action.REOPEN: (AlertStatus.CLOSED, AlertStatus.ESCALATED),
}
#: What an act did, in words that follow the alerts it was done to.
DONE = {
    Action.CONFIRM: "confirmed",
    Action.DISMISS: "dismissed",
    Action.UNSURE: "closed as unsure",
    Action.ESCALATE: "escalated",
    Action.REOPEN: "reopened",
    Action.ASSIGN: "assigned",
    Action.NOTE: "noted",
    Action.OPEN: "opened",
    Action.UNDO: "undone",
}


def after(state: TriageState, act: Act) -> TriageState:
    """Where an alert stands after an act.

    An alert that is closed may be judged again: the later judgement holds. A note changes nothing; nor does an undoing
    here, which takes the alert back to where it stood.
    """
    match act.action:
        case Action.CONFIRM | Action.DISMISS | Action.UNSURE:
            return replace(state, status=AlertStatus.CLOSED, outcome=_OUTCOMES[act.action])
        case Action.ESCALATE:
            return replace(state, status=AlertStatus.ESCALATED, outcome=None)
        case Action.REOPEN | Action.OPEN:
            return replace(state, status=AlertStatus.OPEN, outcome=None)
        case Action.ASSIGN:
            # What somebody is to judge stands open.
            status = AlertStatus.OPEN if state.is_withdrawn else state.status
            return replace(state, status=status, assigned=act.to)
        case Action.NOTE | Action.UNDO:
            return state


def is_idle(state: TriageState, act: Act) -> bool:
    """Whether an act would say nothing new: an open alert is not reopened, nor an assigned one assigned to the same.

    Judging again is never idle: another person, or another reason, is a judgement of its own.
    """
    return act.action in (Action.REOPEN, Action.ASSIGN, Action.ESCALATE) and after(state, act) == state


def standing(alert: Alert) -> str:
    """How an alert stands, in a word or two: its status, or once closed what it was found to be."""
    if not alert.id:
        return "review"
    if alert.is_withdrawn:
        return "taken back"
    return (alert.outcome or alert.status).replace("_", " ")
