"""Everyday commands on a large database."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.large import COMMANDS, HELD, cpu_of, fill


@pytest.mark.timing
def test_a_tenth_of_a_million_articles_takes_a_command_less_than_a_second(tmp_path: Path) -> None:
    path = tmp_path / "large.db"
    fill(path, 100_000, 5_000)
    for command in COMMANDS[:HELD]:
        cpu_of(path, command)
        seconds, code = cpu_of(path, command)
        assert code in (0, 1, 2), command
        assert seconds < 1, command
