"""What was answered under a key is known for a day, and one who died over an answer holds nobody up for good."""

from __future__ import annotations

from datetime import datetime, timedelta

from watchlist.model import KeptAnswer
from watchlist.storage.store import Store

ANSWER = KeptAnswer("r-1", 200, "application/json", b'{"\xc3\xa9": 1}')


def test_an_answer_is_known_for_a_day(store: Store, now: datetime) -> None:
    assert store.begin_answer("k", "r-1", now) is None
    being_answered = store.begin_answer("k", "r-1", now)
    assert being_answered is not None
    assert being_answered.status is None
    store.keep_answer("k", ANSWER)
    assert store.begin_answer("k", "r-2", now + timedelta(hours=23)) == ANSWER
    assert store.begin_answer("k", "r-2", now + timedelta(hours=25)) is None


def test_what_came_to_nothing_may_be_asked_again(store: Store, now: datetime) -> None:
    assert store.begin_answer("k", "r-1", now) is None
    store.forget_answer("k")
    assert store.begin_answer("k", "r-1", now) is None
    # Whoever was to answer it was killed.
    assert store.begin_answer("k", "r-1", now + timedelta(minutes=11)) is None
