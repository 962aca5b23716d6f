"""How a list, a feed and a worker stand, and where a feed was found, each in a few words."""

from __future__ import annotations

from watchlist.model import Feed, WatchedList, Worker
from watchlist.text.times import when

#: What a worker has in hand, in words.
_IN_HAND = (("feed", "feeds"), ("article", "articles"), ("message", "deliveries"))
_DUTIES = {
    "lists": "syncs lists or looks back",
    "pages": "fetches pages",
    "routes": "routes alerts",
    "care": "tells the operator, removes what is old",
}
#: What was declared, and is not named any more; followed by the time since when.
_UNDECLARED = "off: no longer in the configuration, since"
#: Where a feed of a site was found.
FOUND_IN = {
    "page": "named by the page",
    "link": "linked from the page",
    "robots": "named by robots.txt",
    "guess": "a guess, not tried",
}


def list_state(watched: WatchedList, *, stale: bool) -> str:
    """A list's state in a few words."""
    if watched.undeclared_at is not None:
        return f"{_UNDECLARED} {when(watched.undeclared_at)}"
    if not watched.enabled:
        return "off"
    if watched.last_error is not None:
        return ("stale, " if stale else "") + watched.last_error.removeprefix(f"{watched.id}: ")
    if stale:
        return f"stale: last good check {when(watched.last_good_at)}"
    return "ok" if watched.own or watched.snapshot else "not synced yet"


def feed_state(feed: Feed) -> str:
    """A feed's state in a few words."""
    if feed.undeclared_at is not None:
        return f"{_UNDECLARED} {when(feed.undeclared_at)}"
    if not feed.enabled:
        return "gone for good (410), off" if feed.gone_at is not None else "off"
    if feed.last_error is not None:
        return feed.last_error if feed.failures < 2 else f"{feed.last_error} ({feed.failures} times in a row)"
    return "ok" if feed.last_checked_at else "not polled yet"


def doing(worker: Worker) -> str:
    """What a worker does, in words."""
    if worker.lost:
        return "lost: it gave no sign of life, and others go on with what it had"
    counts = [(getattr(worker, name), noun) for noun, name in _IN_HAND]
    in_hand = [f"{n:,} {noun}{'s' if n != 1 else ''}" for n, noun in counts if n]
    return ", ".join([*(_DUTIES[each] for each in worker.duties), *in_hand]) or "waits"
