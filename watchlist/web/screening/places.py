"""Places to compute at: so many at a time, the others wait in the order in which they came."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from watchlist.errors import BusyError

_Place = TypeVar("_Place")

#: So many wait for a place; whoever comes then is told to come again.
_WAITING = 24
#: Seconds that one waits.
_PATIENCE = 30.0
#: Seconds that a process has for a text, and for each million characters of one: hundreds of times what it takes.
_ANSWER_WITHIN = 60.0
#: Seconds after which one who was sent away may come again.
_AGAIN_AFTER = 2


@dataclass(frozen=True, slots=True)
class ScreeningLimits:
    """How many wait, and for how many seconds at most; how many seconds a process has for a text."""

    waiting: int = _WAITING
    patience: float = _PATIENCE
    answer_within: float = _ANSWER_WITHIN

    def seconds_for(self, characters: int) -> float:
        """How many a text of so many characters may take."""
        return self.answer_within * (1 + characters / 1_000_000)


@dataclass(slots=True, eq=False)
class _Waiter(Generic[_Place]):
    """One who waits, and the place that was handed over."""

    told: threading.Event = field(default_factory=threading.Event)
    place: _Place | None = None


class Places(Generic[_Place]):
    """Lends its places, each to one at a time, in the order in which they came for one; safe in threads."""

    def __init__(self, limits: ScreeningLimits) -> None:
        self.limits = limits
        self._lock = threading.Lock()
        self._free: list[_Place] = []
        self._taken: list[_Place] = []
        self._waiting: deque[_Waiter[_Place]] = deque()

    @contextmanager
    def lent(self) -> Iterator[_Place]:
        """A place for as long as the block lasts; raises BusyError where none becomes free in time."""
        place = self._take()
        try:
            yield place
        finally:
            with self._lock:
                # Unless it was taken away meanwhile.
                if place in self._taken:
                    self._taken.remove(place)
                    self._hand_on(place)

    def add(self, place: _Place) -> None:
        """Lend one more, unless it is there already."""
        with self._lock:
            if place not in self._free and place not in self._taken:
                self._hand_on(place)

    def remove(self, place: _Place) -> None:
        """Lend it no more; who has it keeps it to the end."""
        with self._lock:
            for places in (self._free, self._taken):
                if place in places:
                    places.remove(place)

    def _take(self) -> _Place:
        with self._lock:
            if self._free:
                # In turn: each comes to know the words of the news, and none meets them first when many ask at once.
                place = self._free.pop(0)
                self._taken.append(place)
                return place
            if len(self._waiting) >= self.limits.waiting:
                raise _busy()
            mine: _Waiter[_Place] = _Waiter()
            self._waiting.append(mine)
        mine.told.wait(self.limits.patience)
        with self._lock:
            # It may have come at the last moment.
            if mine.place is not None:
                return mine.place
            self._waiting.remove(mine)
        raise _busy()

    def _hand_on(self, place: _Place) -> None:
        # To who waits longest: one who comes just now would else be quicker, again and again.
        if not self._waiting:
            self._free.append(place)
            return
        waiter = self._waiting.popleft()
        waiter.place = place
        self._taken.append(place)
        waiter.told.set()


def _busy() -> BusyError:
    return BusyError("too many texts are being screened: come again in a moment", _AGAIN_AFTER)
