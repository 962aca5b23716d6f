"""A role that nobody has is a fault."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from watchlist.model import Worker, WorkerRole
from watchlist.steps.health.roles import role_faults

NOW = datetime(2026, 3, 1, tzinfo=UTC)
POLL, SCREEN, DELIVER = WorkerRole


def worker(*roles: WorkerRole, lost: bool = False) -> Worker:
    return Worker("1", "process 7 on desk", roles, NOW, NOW, lost)


@pytest.mark.parametrize(
    ("workers", "missing"),
    [
        ([], []),
        ([worker(POLL, SCREEN, DELIVER)], []),
        ([worker(POLL), worker(SCREEN, DELIVER)], []),
        ([worker(POLL, DELIVER)], ["role screen"]),
        ([worker(POLL), worker(SCREEN, lost=True)], ["role screen", "role deliver"]),
        ([worker(POLL, lost=True)], []),
    ],
)
def test_what_nobody_does_is_a_grave_fault(workers: list[Worker], missing: list[str]) -> None:
    found = list(role_faults(workers))
    assert [fault.subject for fault in found] == missing
    assert all(fault.grave and fault.lasting and "'watchlist workers'" in fault.text for fault in found)
