"""What becomes of an alert by what a person does with it."""

from __future__ import annotations

import pytest

from watchlist.alerts.triage import DONE, after, is_idle
from watchlist.model import Act, Action, AlertStatus, Outcome, TriageState

OPEN = TriageState()
DISMISSED = TriageState(AlertStatus.CLOSED, Outcome.FALSE_POSITIVE, "ann")


@pytest.mark.parametrize(
    ("action", "outcome"),
    [
        (Action.CONFIRM, Outcome.TRUE_MATCH),
        (Action.DISMISS, Outcome.FALSE_POSITIVE),
        (Action.UNSURE, Outcome.UNSURE),
    ],
)
@pytest.mark.parametrize("state", [OPEN, DISMISSED, TriageState(AlertStatus.ESCALATED)])
def test_a_judgement_closes_from_anywhere(state: TriageState, action: Action, outcome: Outcome) -> None:
    found = after(state, Act(action, "bob"))
    assert (found.status, found.outcome, found.assigned) == (AlertStatus.CLOSED, outcome, state.assigned)
    assert not is_idle(state, Act(action, "bob"))


def test_escalating_and_reopening_take_the_outcome_back() -> None:
    assert after(DISMISSED, Act(Action.ESCALATE, "bob")) == TriageState(AlertStatus.ESCALATED, None, "ann")
    assert after(DISMISSED, Act(Action.REOPEN, "bob")) == TriageState(AlertStatus.OPEN, None, "ann")


def test_assigning_and_noting_leave_the_status() -> None:
    assert after(DISMISSED, Act(Action.ASSIGN, "bob", to="eve")).assigned == "eve"
    assert after(DISMISSED, Act(Action.ASSIGN, "bob")).assigned is None
    assert after(DISMISSED, Act(Action.NOTE, "bob", "seen")) == DISMISSED


def test_what_says_nothing_new_is_idle() -> None:
    assert is_idle(OPEN, Act(Action.REOPEN, "bob"))
    assert is_idle(DISMISSED, Act(Action.ASSIGN, "bob", to="ann"))
    assert is_idle(TriageState(AlertStatus.ESCALATED), Act(Action.ESCALATE, "bob"))
    assert not is_idle(OPEN, Act(Action.NOTE, "bob", "seen"))


def test_every_act_has_words() -> None:
    assert set(DONE) == set(Action)
