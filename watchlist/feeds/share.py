"""Which feeds are whose, where several workers poll. Pure: each works it out by itself, and comes to the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from watchlist.http.addresses import is_this_machine
from watchlist.http.pace import host_of
from watchlist.model import Feed, Rank


def share_of(feeds: Iterable[Feed], place: Rank) -> frozenset[int]:
    """The feeds that the worker at this place polls, by their numbers.

    All of one host are one worker's, so that the host is asked at its pace; this machine's own needs none. The largest
    hosts are given away first, each to who has the fewest feeds so far: shares are even as far as hosts allow.
    """
    hosts: defaultdict[str, list[int]] = defaultdict(list)
    for feed in feeds:
        host = host_of(feed.moved_to if feed.adopted and feed.moved_to else feed.url)
        hosts[f"{host} {feed.id}" if is_this_machine(host) else host].append(feed.id)
    shares: list[list[int]] = [[] for _ in range(place.workers)]
    for _, numbers in sorted(hosts.items(), key=lambda each: (-len(each[1]), min(each[1]))):
        min(shares, key=len).extend(numbers)
    return frozenset(shares[place.position])


def is_left(feed: Feed, now: datetime, patience: timedelta) -> bool:
    """Whether a feed waits for so long beyond its time that whoever has time polls it, whosever it is."""
    return feed.next_check_at is not None and feed.next_check_at <= now - patience
