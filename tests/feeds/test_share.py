"""Which feeds are whose, where several workers poll."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

from watchlist.feeds.share import is_left, share_of
from watchlist.model import Declared, Feed, Rank

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def feed(number: int, host: str, **changes: Any) -> Feed:
    values: dict[str, Any] = {"title": None, "declared": Declared.USER, "enabled": True, **changes}
    return Feed(id=number, url=f"https://{host}/{number}", **values)


def shares(feeds: list[Feed], workers: int) -> list[frozenset[int]]:
    return [share_of(feeds, Rank(position, workers)) for position in range(workers)]


def test_every_feed_is_in_one_share_and_shares_are_even() -> None:
    feeds = [feed(n, f"news{n % 70}.example") for n in range(200)]
    found = shares(feeds, 3)
    assert Counter(id for each in found for id in each) == Counter(range(200))
    assert max(map(len, found)) - min(map(len, found)) <= 3


def test_the_feeds_of_a_host_are_one_workers_and_those_of_this_machine_anybodys() -> None:
    feeds = [feed(n, "news.example") for n in range(9)] + [feed(9 + n, "127.0.0.1") for n in range(9)]
    found = shares(feeds, 2)
    assert {frozenset(range(9)), frozenset(range(9, 18))} == set(found)
    assert [len(each) for each in shares(feeds[9:], 3)] == [3, 3, 3]


def test_one_worker_has_all() -> None:
    assert share_of([feed(1, "a.example"), feed(2, "b.example")], Rank()) == {1, 2}


def test_what_is_long_due_is_left_to_anybody() -> None:
    minute = timedelta(minutes=1)
    assert is_left(feed(1, "a.example", next_check_at=NOW - 2 * minute), NOW, minute)
    assert not is_left(feed(1, "a.example", next_check_at=NOW), NOW, minute)
    assert not is_left(feed(1, "a.example"), NOW, minute)
