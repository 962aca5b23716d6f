"""A year of runs by a clock that is moved on: nothing is lost, every figure is right, nothing grows."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from benchmarks.year import live_and_check


@pytest.mark.crash
@pytest.mark.timeout(7200)
def test_a_year_of_faults_changes_outages_and_jumps(tmp_path: Path) -> None:
    mail, samples = live_and_check(365, timedelta(hours=12), tmp_path)
    assert len(mail.told) > 100
    assert len(samples) == 10
