"""Two weeks of polls by the hour; ``benchmarks.month`` has the feeds and the rules, and takes a month.

Each rule alone is tested in the plain suite: `test_schedule.py` here, and what becomes of a poll beside the storage.
"""

from __future__ import annotations

from contextlib import closing

import pytest

from benchmarks.month import World, check, live
from watchlist.storage.store import open_store


@pytest.mark.thorough
def test_two_weeks(sqlite_database: str) -> None:
    world = World()
    with closing(open_store(sqlite_database)) as store:
        live(world, store, days=14, interval=3600.0)
        check(world, store, 3600.0)
