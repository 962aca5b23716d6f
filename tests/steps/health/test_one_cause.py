"""That no host at all can be reached is told once, and a few dead hosts are told as what they are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from watchlist.model import Fault
from watchlist.steps.health.one_cause import Asked, gathered, note_answer, one_cause, tell_once
from watchlist.steps.parts import RunReport

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
LOST = "host name not found"


def asked(
    number: int, *, at: datetime = NOW, answered: datetime | None = NOW - HOUR, error: str | None = LOST
) -> Asked:
    return Asked(f"feed {number}", f"n{number}.example", at, answered, error)


def test_all_hosts_at_once_are_one_cause() -> None:
    cause = one_cause([asked(n) for n in range(35)])
    assert cause is not None
    assert cause.text == "none of 35 hosts could be looked up: is this machine online?"
    assert len(cause.subjects) == 35


def test_since_anybody_answered_none_is() -> None:
    one_well = asked(99, at=NOW, error=None)
    assert one_cause([*(asked(n) for n in range(35)), one_well]) is None
    answered_badly = asked(99, at=NOW, error="answered 503 Service Unavailable")
    assert one_cause([*(asked(n) for n in range(35)), answered_badly]) is None


def test_two_dead_hosts_that_are_asked_after_all_others_are_none() -> None:
    well = [asked(n, at=NOW - timedelta(minutes=1), error=None) for n in range(33)]
    assert one_cause([*well, asked(98, answered=None), asked(99, answered=None)]) is None


def test_half_of_the_hosts_since_the_last_answer_are_enough() -> None:
    well = [asked(n, at=NOW - HOUR, error=None) for n in range(3)]
    assert one_cause([*well, *(asked(n) for n in range(3, 6))]) is not None
    assert one_cause([*well, *(asked(n) for n in range(3, 5))]) is None
    assert one_cause([asked(1)]) is None


def test_other_reasons_are_named() -> None:
    cause = one_cause([asked(n, error="no connection: Network is unreachable") for n in range(3)])
    assert cause is not None
    assert cause.text.startswith("none of 3 hosts could be reached (no connection: Network is unreachable)")


def test_the_faults_of_one_cause_are_one_in_the_place_of_the_first() -> None:
    cause = one_cause([asked(1), asked(2)])
    other = Fault("list a", "stale")
    faults = [other, Fault("feed 1", LOST, lasting=False), Fault("feed 2", LOST), Fault("setup feeds", "none works")]
    found = gathered(faults, cause)
    assert [(each.subject, each.lasting, each.grave) for each in found] == [
        ("list a", True, False),
        ("network", True, True),
    ]
    assert gathered(faults, None) == faults


def test_a_run_that_reaches_nobody_says_so_in_one_line() -> None:
    report = RunReport(errors=["list a: refused"])
    for n in range(3):
        line = f"feed https://n{n}.example/feed: {LOST}"
        report.errors.append(line)
        note_answer(report, f"n{n}.example", LOST, line)
    assert tell_once(report) == "none of 3 hosts could be looked up: is this machine online?"
    assert report.errors == ["list a: refused", "none of 3 hosts could be looked up: is this machine online?"]
    note_answer(report, "well.example", None)
    assert tell_once(report) is None


def test_the_words_of_a_list_are_understood_too() -> None:
    report = RunReport()
    for id in ("a", "b"):
        line = f"{id}: https://{id}.example/x.xml: the connection failed: {LOST}; the next sync tries again"
        report.errors.append(line)
        note_answer(report, id, line)
    assert tell_once(report) == "none of 2 hosts could be looked up: is this machine online?"
