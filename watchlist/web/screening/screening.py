"""What routes ask to have texts screened, and described entities compared with listed ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from watchlist.app import App
from watchlist.errors import MatchingError
from watchlist.web.screening.answered import AnsweredTexts
from watchlist.web.screening.followed import FollowedIndex
from watchlist.web.screening.places import Places, ScreeningLimits
from watchlist.web.screening.pool import ScreeningDiedError, ScreeningHungError, ScreeningPool
from watchlist.web.screening.text import AskedText, ScreenedText, TextScreener, screened

if TYPE_CHECKING:
    from watchlist.matching.engine import Engine
    from watchlist.matching.index.compiled import CompiledIndex
    from watchlist.steps.asked.alike.scored import AlikeFinder

#: Processes that may die of a text before it is given up.
_TRIES = 2
#: Characters from which on a text is long: it takes a process for a tenth of a second and more.
_LONG = 50_000


class TextScreening:
    """Screens in so many processes, or in this one where that is one; safe in threads.

    The processes are started with the first text. See `ScreeningPool`.
    """

    def __init__(self, parts: App, processes: int = 1, limits: ScreeningLimits | None = None) -> None:
        self._followed = FollowedIndex(parts)
        self._answered = AnsweredTexts()
        limits = limits or ScreeningLimits()
        own = _OwnScreener(parts, self._followed)
        self._places: Places[TextScreener] = Places(limits)
        self._places.add(own)
        #: Permits for long texts: one process is left for short ones, which would else wait for seconds.
        self._long: Places[int] = Places(limits)
        for number in range(max(1, processes - 1)):
            self._long.add(number)
        self._comparing: Places[_OwnFinder] = Places(limits)
        self._comparing.add(_OwnFinder(self._followed))
        matching = parts.config.matching.model_dump_json()
        self._size = processes
        self.pool = ScreeningPool(processes, matching, self._places, own) if processes > 1 else None

    def index(self) -> CompiledIndex:
        """The index as it is now; safe to share.

        Raises StorageError where there is none yet and the database does not answer.
        """
        return self._followed.present().index

    def screen(self, asked: AskedText) -> ScreenedText:
        """Have a text screened; raises BusyError where too many wait already, MatchingError where that breaks it."""
        loaded = self._followed.present()
        known = self._answered.known(loaded.path, asked)
        if known is not None:
            return known
        if self.pool is not None:
            self.pool.follow(loaded.path)
        with self._long.lent() if asked.size >= _LONG else nullcontext():
            found = self._screen(asked)
        self._answered.keep(asked, found)
        return found

    def _screen(self, asked: AskedText) -> ScreenedText:
        for _ in range(_TRIES):
            with self._places.lent() as screener:
                try:
                    return screener.screen(asked)
                except ScreeningDiedError:
                    self._lose(screener)
                except ScreeningHungError:
                    self._lose(screener)
                    # No second try: who asks has waited long enough, and the next process could hang as well.
                    words = "this text was not screened in time and is given up: please report it"
                    raise MatchingError(words) from None
        raise MatchingError("the processes that were to screen this text died, one after another: please report it")

    def _lose(self, screener: TextScreener) -> None:
        """Lend one no more that ended, and have another started."""
        self._places.remove(screener)
        if self.pool is not None:
            self.pool.lost()

    def screen_all(self, asked: Sequence[AskedText]) -> list[ScreenedText]:
        """The same for several, in their order, each with a turn of its own: others come between them."""
        if len(asked) < 2 or self._size < 2:
            return [self.screen(each) for each in asked]
        with ThreadPoolExecutor(self._size) as threads:
            return list(threads.map(self.screen, asked))

    @contextmanager
    def likeness(self) -> Iterator[AlikeFinder]:
        """What compares described entities with listed ones, nobody else's while the block lasts; raises BusyError."""
        with self._comparing.lent() as place:
            yield place.finder()

    def settle(self) -> None:
        """Wait until an index that is being compiled is in place."""
        self._followed.settle()

    def close(self) -> None:
        """End the processes, each after the text that it has in hand."""
        if self.pool is not None:
            self.pool.close()


class _OwnScreener:
    """Screens in this process, with the index as it is."""

    def __init__(self, parts: App, followed: FollowedIndex) -> None:
        self._parts, self._followed = parts, followed
        self._kept: tuple[Engine, CompiledIndex] | None = None

    def screen(self, asked: AskedText) -> ScreenedText:
        # Here, because whoever only looks at pages needs none of it.
        from watchlist.matching.engine import Engine

        loaded = self._followed.present()
        # One that something was raised in is not used again.
        kept, self._kept = self._kept, None
        if kept is None or kept[1] is not loaded.index:
            kept = Engine(loaded.index, self._parts.config.matching), loaded.index
        found = screened(*kept, loaded.path, asked)
        self._kept = kept
        return found


class _OwnFinder:
    """Compares in this process."""

    def __init__(self, followed: FollowedIndex) -> None:
        self._followed = followed
        self._kept: tuple[AlikeFinder, CompiledIndex] | None = None

    def finder(self) -> AlikeFinder:
        """What compares with the index as it is."""
        from watchlist.steps.asked.alike.scored import AlikeFinder

        index = self._followed.present().index
        if self._kept is None or self._kept[1] is not index:
            self._kept = AlikeFinder(index), index
        return self._kept[0]
