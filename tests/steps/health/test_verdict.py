from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from watchlist.model import Fault, KnownFault
from watchlist.steps.health.verdict import Health, health_of, in_words

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
SLIGHT = KnownFault(1, Fault("feed 7", "feed 7: answered 404"), NOW, NOW)
GRAVE = KnownFault(2, Fault("channel email", "email takes nothing", grave=True), NOW, NOW)


def known(fault: KnownFault) -> KnownFault:
    return replace(fault, acknowledged_at=NOW, acknowledged_by="ada")


@pytest.mark.parametrize(
    ("faults", "health", "words"),
    [
        ([], Health.WELL, "Well: no faults."),
        ([SLIGHT], Health.DEGRADED, "Degraded: 1 fault. feed 7: answered 404"),
        ([SLIGHT, GRAVE], Health.FAILING, "Failing: 2 faults. email takes nothing"),
        ([known(SLIGHT)], Health.WELL, "Well: no faults but 1 acknowledged."),
        ([known(GRAVE)], Health.DEGRADED, "Degraded: 1 acknowledged. email takes nothing"),
        ([SLIGHT, known(GRAVE)], Health.DEGRADED, "Degraded: 1 fault, 1 acknowledged. feed 7: answered 404"),
    ],
)
def test_what_is_acknowledged_weighs_a_step_less(faults: list[KnownFault], health: Health, words: str) -> None:
    assert (health_of(faults), in_words(faults)) == (health, words)
