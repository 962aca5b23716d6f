"""Feeds, and who is at work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from watchlist.health.states import doing
from watchlist.model import Feed, FeedPoll, Worker


def feed_json(feed: Feed) -> dict[str, Any]:
    """Every field of a feed."""
    return asdict(feed)


def feed_in_full(feed: Feed, polls: Iterable[FeedPoll]) -> dict[str, Any]:
    """A feed, with every poll that is kept."""
    return {**feed_json(feed), "polls": [asdict(poll) for poll in polls]}


def worker_json(worker: Worker) -> dict[str, Any]:
    """A worker, and what it does in words."""
    return {**asdict(worker), "doing": doing(worker)}
