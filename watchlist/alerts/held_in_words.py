"""What a suppression holds back, and until when, in words."""

from __future__ import annotations

from datetime import datetime

from watchlist.model import Reach, Suppression
from watchlist.text.times import when

#: What a suppression holds back, by its scope.
_REACH = {
    Reach.SUBJECT: "all of it",
    Reach.FEED: "all in one feed",
    Reach.STORY: "all in one story",
}


def reach(suppression: Suppression) -> str:
    """What a suppression holds back, in words."""
    if suppression.scope is Reach.SURFACE:
        stands = "as" if suppression.context.kinds else "where"
        return f"“{suppression.surface}” {stands} {suppression.context.words}"
    return _REACH[suppression.scope]


def ends(suppression: Suppression, now: datetime) -> str:
    """When a suppression ends or ended, and why."""
    if suppression.ended_at is not None:
        return f"{when(suppression.ended_at)} ({suppression.ended_why})"
    if suppression.until is None:
        return ""
    return f"{when(suppression.until)}{' (over)' if suppression.until <= now else ''}"
