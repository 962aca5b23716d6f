"""What each pass did."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from watchlist.storage.database import runs
from watchlist.storage.store import Store


def test_a_run_is_on_record_from_its_start_and_complete_at_its_end(store: Store, now: datetime) -> None:
    first = store.start_run(now)
    (begun,) = store.last_runs(5)
    assert (begun.id, begun.started_at, begun.finished_at, begun.counts, begun.errors) == (first, now, None, (), ())
    store.finish_run(first, {"alerts": 2, "feeds_polled": 7}, ["feed x: down"], now + timedelta(seconds=9))
    second = store.start_run(now)
    latest, done = store.last_runs(5)
    assert latest.id == second
    assert done.finished_at == now + timedelta(seconds=9)
    assert (dict(done.counts), done.errors) == ({"alerts": 2, "feeds_polled": 7}, ("feed x: down",))


def test_old_runs_are_forgotten(store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """The daemon makes a run of every tick: they would outgrow everything else."""
    monkeypatch.setattr(runs, "KEPT", 3)
    for _ in range(5):
        store.finish_run(store.start_run(now), {}, [], now)
    assert [each.id for each in store.last_runs(99)] == [5, 4, 3]
