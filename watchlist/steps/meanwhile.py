"""What is done with what came while the rest is still fetched, so that nobody's news waits for a slow server.

what came, and when + now -> whether to screen, whether to tell (pure)        Meanwhile: does so, in the run's thread
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

#: Seconds without anything new after which what is there is screened, and told. Telling waits longer, since what opens
#: in one run is better told in one message.
_PAUSE_TO_SCREEN, _PAUSE_TO_TELL = 0.3, 3.0
#: Nothing waits longer than this for either, in seconds, however much goes on coming.
_LONGEST_TO_SCREEN, _LONGEST_TO_TELL = 5.0, 20.0


@dataclass(frozen=True, slots=True)
class Waiting:
    """What has come and waits, by the times it came at; None where nothing waits."""

    #: When the last of it came.
    latest: float = float("-inf")
    #: When the first of it came that is not screened, and not told.
    unscreened: float | None = None
    untold: float | None = None

    def with_more(self, now: float) -> Waiting:
        """The same, with something that has come now."""
        return Waiting(
            latest=now,
            unscreened=now if self.unscreened is None else self.unscreened,
            untold=now if self.untold is None else self.untold,
        )

    def wants_screening(self, now: float) -> bool:
        """Whether what came is screened now, although more is to come."""
        return _is_time(self.unscreened, self.latest, now, _PAUSE_TO_SCREEN, _LONGEST_TO_SCREEN)

    def wants_telling(self, now: float) -> bool:
        """Whether what was found is told now, although more may be found."""
        return _is_time(self.untold, self.latest, now, _PAUSE_TO_TELL, _LONGEST_TO_TELL)


def _is_time(since: float | None, latest: float, now: float, pause: float, longest: float) -> bool:
    return since is not None and (now - latest >= pause or now - since >= longest)


def _nothing() -> None:
    """Neither screens nor tells."""


class Meanwhile:
    """Screens and tells between two things that are fetched, when it is time."""

    def __init__(
        self,
        screen: Callable[[], None] = _nothing,
        tell: Callable[[], None] = _nothing,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._screen = screen
        self._tell = tell
        self._clock = clock
        self._waiting = Waiting()

    def something_came(self) -> None:
        """There is something new to be screened."""
        self._waiting = self._waiting.with_more(self._clock())

    def look(self) -> None:
        """Do what it is time for; to be called again and again while something is fetched."""
        if self._waiting.wants_screening(self._clock()):
            self._screen()
            self._waiting = replace(self._waiting, unscreened=None)
        if self._waiting.wants_telling(self._clock()):
            self._screen()
            self._tell()
            self._waiting = Waiting()


#: For those who only fetch.
NOTHING_ELSE = Meanwhile()
