"""How often a feed changes, and how often it wants to be asked: pure values that are kept with the feed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

#: A feed that is silent for less than this is never called silent, and this many of its usual gaps are still usual.
_LEAST_SILENCE = timedelta(days=7)
_USUAL_GAPS = 5
#: How much the latest gap says against all before.
_LATEST = 0.4


@dataclass(frozen=True, slots=True)
class FeedHints:
    """How often a feed wants to be asked, by what its server and its document say."""

    #: Seconds that an answer stays fresh, by ``max-age``, ``Expires``, ``<ttl>`` or ``sy:updatePeriod``: the longest.
    fresh: float | None = None
    #: Hours (0 to 23, UTC) and days (0 is Monday) in which nothing new is to be expected.
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Habit:
    """How often a feed brings something new, by when it did."""

    #: When it last brought something new.
    changed_at: datetime | None = None
    #: Seconds that lie between two times as a rule; None until it was seen twice.
    gap: float | None = None

    def after(self, changed: bool, now: datetime) -> Habit:
        """The habit after one more good poll, which brought something new or did not."""
        if not changed:
            return self
        if self.changed_at is None or now <= self.changed_at:
            return Habit(now, self.gap)
        seen = (now - self.changed_at).total_seconds()
        return Habit(now, seen if self.gap is None else (1 - _LATEST) * self.gap + _LATEST * seen)

    def expected_gap(self, now: datetime) -> float | None:
        """Seconds between two changes as they are to be expected now: longer while it has been silent longer."""
        if self.gap is None or self.changed_at is None:
            return None
        return max(self.gap, (now - self.changed_at).total_seconds())

    def silent_for(self, now: datetime) -> timedelta | None:
        """How long it has been silent, if that is much longer than its habit; else None."""
        if self.gap is None or self.changed_at is None:
            return None
        silent = now - self.changed_at
        return silent if silent > max(_LEAST_SILENCE, timedelta(seconds=_USUAL_GAPS * self.gap)) else None


NO_HINTS = FeedHints()
NO_HABIT = Habit()


@dataclass(frozen=True, slots=True)
class FeedPoll:
    """One poll of the past."""

    at: datetime
    status: int | None
    #: Articles that were new or edited.
    new: int
    #: How long it took, in seconds.
    seconds: float
    error: str | None
