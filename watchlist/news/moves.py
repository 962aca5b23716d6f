"""Where a feed has moved for good: a pure decision over its polls. One redirect may be a mistake of its server's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from watchlist.model import FeedFetchIntent

#: A move for good is believed after so many good polls that said the same, over so long a time.
_MOVED_POLLS, _MOVED_FOR = 3, timedelta(days=7)
_NOT_MODIFIED = 304
#: After so many failures in a row at the new address, the old one is asked again.
_GIVEN_UP = 3


@dataclass(frozen=True, slots=True)
class Move:
    """Where a feed's address leads for good, since when, and in how many polls."""

    to: str | None = None
    since: datetime | None = None
    polls: int = 0
    #: Whether it is believed: then the feed is fetched from there.
    adopted: bool = False


_STAYED = Move()


def after_poll(move: Move, intent: FeedFetchIntent, failures: int) -> Move:
    """What is known of a feed's move after one more poll; ``failures`` counts those in a row before it."""
    if intent.error is not None:
        return _STAYED if move.adopted and failures + 1 >= _GIVEN_UP else move
    target = intent.moved_to
    if target is None:
        # A feed that is fetched from where it moved meets no redirect; nor does "not modified" say anything of one.
        away = move.adopted or intent.status == _NOT_MODIFIED
        return move if away else _STAYED
    if target != move.to:
        return Move(target, intent.checked_at, polls=1)
    polls = move.polls + 1
    held = move.since is not None and intent.checked_at - move.since >= _MOVED_FOR
    return replace(move, polls=polls, adopted=move.adopted or (held and polls >= _MOVED_POLLS))
