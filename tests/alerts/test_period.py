"""A period in numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from watchlist.alerts.period import OUTCOMES, period_of
from watchlist.model import (
    Action,
    Alert,
    AlertDetail,
    AlertStatus,
    Band,
    Entity,
    Judgement,
    Mention,
    Name,
    Outcome,
    Quote,
    Schema,
    TriageState,
)

MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OPEN = TriageState()


def detail(
    n: int,
    opened_at: datetime = MONDAY,
    outcome: Outcome | None = None,
    after: timedelta = HOUR,
    list_id: str = "own",
    **changes: Any,
) -> AlertDetail:
    entity = Entity(list_id, str(n), Schema.COMPANY, (Name("Quay"),), programs=("P", "Q") if n == 1 else ("P",))
    name = Name("Quay")
    mention = Mention(
        "a", entity.id, (entity.id, *(("un:7",) if n == 1 else ())), "Quay", Schema.COMPANY, name, "text", 0, 4, "Quay",
        (), Quote("Quay", 0, 4), 0.9, Band.ALERT, (), "1", "1",
    )  # fmt: skip
    status = AlertStatus.CLOSED if outcome else AlertStatus.OPEN
    alert = Alert(n, entity.id, "s", "a", "m", status, opened_at, outcome=outcome)
    judgements = ()
    if outcome:
        closed = TriageState(AlertStatus.CLOSED, outcome)
        judgements = (Judgement(n, n, "x", Action.CONFIRM, "ann", opened_at + after, None, OPEN, closed),)
    return AlertDetail(alert, mention, entity, "Own", "T", None, None, "Bay News", judgements=judgements, **changes)


def test_an_empty_period_has_its_weeks_and_nothing_in_them() -> None:
    found = period_of([], [], MONDAY, MONDAY + 8 * DAY)
    assert (found.total.total, found.total.false_positive_rate, found.median_hours) == (0, None, None)
    assert [row.total for row in found.weeks] == [0]


def test_alerts_are_counted_by_week_list_program_and_outcome() -> None:
    alerts = [
        detail(1, MONDAY, Outcome.TRUE_MATCH),
        detail(2, MONDAY + 6 * DAY, Outcome.FALSE_POSITIVE),
        detail(3, MONDAY + 14 * DAY, Outcome.FALSE_POSITIVE, list_id="un"),
        detail(4, MONDAY + 14 * DAY),
    ]
    found = period_of(alerts, [], MONDAY, MONDAY + 15 * DAY)
    assert [(row.name, row.total) for row in found.weeks] == [("2026-03-02", 2), ("2026-03-09", 0), ("2026-03-16", 2)]
    # The first stands on both lists.
    assert {row.name: row.outcomes for row in found.lists} == {"own": (1, 1, 0, 1), "un": (1, 1, 0, 0)}
    assert [(row.name, row.total) for row in found.programs] == [("P", 4), ("Q", 1)]
    assert found.sources[0].name == "Bay News"
    assert [row.total for row in found.severities] == [0, 4, 0]
    assert found.total.false_positive_rate == pytest.approx(2 / 3)
    assert len(OUTCOMES) == len(found.total.outcomes)


def test_the_time_to_a_judgement_leaves_out_what_was_taken_back() -> None:
    taken_back = detail(9, MONDAY)
    wrong = replace(detail(9, MONDAY, Outcome.UNSURE).judgements[0], undone=True)
    alerts = [detail(n, MONDAY, Outcome.TRUE_MATCH, after=n * HOUR) for n in range(1, 12)]
    found = period_of([*alerts, replace(taken_back, judgements=(wrong,))], [], MONDAY, MONDAY + DAY)
    assert (found.median_hours, found.most_hours) == (6, 10)
    assert found.people == (("ann", 11),)


def test_more_rows_than_a_page_holds_are_one() -> None:
    alerts = [detail(n, list_id=f"l{n}") for n in range(2, 30)]
    rows = period_of(alerts, [], MONDAY, MONDAY + DAY).lists
    assert len(rows) == 21
    assert (rows[-1].name, rows[-1].total) == ("all others (8)", 8)
