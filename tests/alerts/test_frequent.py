"""Past its share of a day a subject is told in short."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from watchlist.alerts.frequent import day_of, is_rolled_up
from watchlist.model import Frequent


@pytest.mark.parametrize(("opened", "rolled_up"), [(0, False), (4, False), (5, True), (60, True)])
def test_so_many_stories_are_told_one_by_one(opened: int, rolled_up: bool) -> None:
    assert is_rolled_up({"own:1"}, opened, Frequent(5)) is rolled_up


def test_a_subject_may_have_a_number_of_its_own_and_the_lowest_of_its_entries_holds() -> None:
    frequent = Frequent(5, {"un:7": 3, "ofac:7": 1, "own:2": 50})
    assert is_rolled_up({"un:7", "ofac:7"}, 1, frequent)
    assert not is_rolled_up({"own:2"}, 49, frequent)


def test_a_day_begins_at_midnight_in_utc() -> None:
    east = timezone(timedelta(hours=5))
    assert day_of(datetime(2026, 3, 2, 3, 0, tzinfo=east)) == datetime(2026, 3, 1, tzinfo=UTC)
