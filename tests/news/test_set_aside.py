from __future__ import annotations

from datetime import UTC, datetime, timedelta

from watchlist.news.set_aside import FIRST_WAIT, LONGEST_WAIT, next_try

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def test_it_waits_longer_each_time_and_a_day_at_most() -> None:
    waits = [next_try(failures, NOW) - NOW for failures in (1, 2, 3, 50, 10_000)]
    assert waits == [FIRST_WAIT, 2 * FIRST_WAIT, 4 * FIRST_WAIT, LONGEST_WAIT, LONGEST_WAIT]
    assert timedelta(hours=1) < LONGEST_WAIT
