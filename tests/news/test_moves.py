"""Where a feed has moved for good."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from watchlist.model import FeedFetchIntent
from watchlist.news.moves import Move, after_poll

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
NEW = "https://news.example/new.xml"


def poll(day: int, **found: object) -> FeedFetchIntent:
    at = NOW + timedelta(days=day)
    return FeedFetchIntent(1, at, at, **{"status": 200, **found})


def test_a_move_is_believed_once_it_was_met_often_enough_and_for_long_enough():
    move = Move()
    for day in (0, 3):
        move = after_poll(move, poll(day, moved_to=NEW), 0)
    assert move == Move(NEW, NOW, 2)
    assert after_poll(move, poll(7, moved_to=NEW), 0) == Move(NEW, NOW, 3, adopted=True)
    assert not after_poll(move, poll(6, moved_to=NEW), 0).adopted


def test_what_was_adopted_meets_no_redirect_and_stays():
    adopted = Move(NEW, NOW, 9, adopted=True)
    assert after_poll(adopted, poll(10), 0) == adopted
    assert after_poll(adopted, poll(10, status=None, error="timed out"), 1) == adopted
    assert after_poll(adopted, poll(10, status=None, error="timed out"), 2) == Move()


def test_another_target_is_another_move_and_none_is_none():
    move = Move(NEW, NOW, 2)
    assert after_poll(move, poll(1, moved_to="https://third.example/"), 0) == Move(
        "https://third.example/", NOW + timedelta(days=1), 1
    )
    assert after_poll(move, poll(1, status=304), 0) == move
    assert after_poll(move, poll(1), 0) == Move()


@given(st.lists(st.tuples(st.sampled_from([None, NEW]), st.booleans()), max_size=20))
def test_nothing_is_adopted_within_a_week(polls):
    move = Move()
    for hour, (target, failed) in enumerate(polls):
        found = poll(0, moved_to=None if failed else target, error="timed out" if failed else None)
        move = after_poll(move, found, hour)
    assert not move.adopted
