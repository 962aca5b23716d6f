"""The processes that screen texts, kept at work: started, told of the next index, replaced when they die, and ended.

Nobody waits for any of it. Until they are ready, and while there is none, this process screens itself.
"""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Final

from watchlist.children import ChildProcess, end_children, next_pause
from watchlist.errors import MatchingError
from watchlist.log import Log
from watchlist.web.screening.child import NO_INDEX, ScreeningBroke, UseIndex, work
from watchlist.web.screening.places import Places, ScreeningLimits
from watchlist.web.screening.text import AskedText, ScreenedText, TextScreener

_log = Log(__name__)

#: Seconds for one to start, on a busy machine.
_START: Final = 120.0
#: Seconds that a text in hand has to be done when all are to end.
_STOP_WITHIN: Final = 10.0


class ScreeningDiedError(Exception):
    """The process that screened a text is gone."""


class ScreeningHungError(Exception):
    """The process that screened a text did not answer in time, and was ended."""


class _Screener:
    """A process of the pool, to whoever has its place."""

    def __init__(self, index: Path, matching: str, limits: ScreeningLimits) -> None:
        self.began = time.monotonic()
        self.index = index
        self.process = ChildProcess(work, (index, matching))
        self.process.bound_sending(max(1, round(limits.answer_within)))
        self._limits = limits
        #: Whether it ended.
        self.is_gone = False
        #: Held for what is sent: a text and another index may be at the same time.
        self._sending = threading.Lock()
        #: Held while a text is in hand.
        self.in_hand = threading.Lock()

    def wait_ready(self) -> bool:
        """Wait until it can screen; whether it can."""
        try:
            return self.process.connection.poll(_START) and self.process.connection.recv() is None
        except (EOFError, OSError):
            return False

    def use(self, index: Path) -> None:
        """Have it take another index as soon as it can."""
        try:
            with self._sending:
                self.process.connection.send(UseIndex(index))
        except OSError:
            self.is_gone = True
        self.index = index

    def screen(self, asked: AskedText) -> ScreenedText:
        """Have a text screened.

        Raises ScreeningDiedError where it is gone, ScreeningHungError where it did not answer in time and had to be
        ended, MatchingError where the engine broke.
        """
        with self.in_hand:
            try:
                with self._sending:
                    self.process.connection.send(asked)
                if not self.process.connection.poll(self._limits.seconds_for(asked.size)):
                    raise BlockingIOError
                found = self.process.connection.recv()
            except BlockingIOError as error:
                self.is_gone = True
                self.process.kill()
                raise ScreeningHungError from error
            except (EOFError, OSError) as error:
                self.is_gone = True
                raise ScreeningDiedError from error
        if isinstance(found, ScreeningBroke):
            _log.error("the engine broke on a text", traceback=found.traceback)
            raise MatchingError("the engine broke on this text; the log says where, please report it")
        if not isinstance(found, ScreenedText):
            raise TypeError(type(found))
        return found


class ScreeningPool:
    """Keeps so many processes at work, and their places among those where texts are screened."""

    def __init__(self, size: int, matching: str, places: Places[TextScreener], own: TextScreener) -> None:
        self._size, self._matching, self._places, self._own = size, matching, places, own
        self._index: Path | None = None
        self._starting: list[_Screener] = []
        #: The index that no process could use.
        self._refused: Path | None = None
        self._screeners: list[_Screener] = []
        self._wake = threading.Condition()
        self._ready = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def processes(self) -> tuple[int, ...]:
        """The ids of those that are at work."""
        return tuple(each.process.pid for each in self._screeners)

    def follow(self, index: Path | None) -> None:
        """Have texts screened with the index of a file; None has this process do it. The first call starts them."""
        with self._wake:
            if index == self._index or self._stopping.is_set():
                return
            self._index = index
            if self._thread is None:
                self._thread = threading.Thread(target=self._keep, name="screening", daemon=True)
                self._thread.start()
            self._wake.notify()

    def lost(self) -> None:
        """Say that one died, so that it is replaced."""
        with self._wake:
            self._wake.notify()

    def wait_ready(self, seconds: float) -> bool:
        """Wait until all that are wanted are at work; whether they are."""
        return self._ready.wait(seconds)

    def close(self) -> None:
        """End them, each after the text that it has in hand."""
        with self._wake:
            self._stopping.set()
            self._wake.notify()
        for each in tuple(self._starting):
            each.process.kill()
        if self._thread is not None:
            self._thread.join(_START)
        until = time.monotonic() + _STOP_WITHIN
        for each in self._screeners:
            self._places.remove(each)
            each.in_hand.acquire(timeout=max(0.0, until - time.monotonic()))
        end_children(each.process for each in self._screeners)
        self._screeners.clear()
        # Whoever still waits, since the configuration was read anew, is answered by this process.
        self._places.add(self._own)

    def _keep(self) -> None:
        pause = 0.0
        while True:
            with self._wake:
                if self._stopping.is_set():
                    return
                if pause:
                    self._wake.wait(pause)
                elif self._is_as_wanted():
                    self._ready.set()
                    self._wake.wait()
                if self._stopping.is_set():
                    return
                wanted = self._index if self._index != self._refused else None
            self._ready.clear()
            self._take_away([each for each in self._screeners if each.is_gone or wanted is None])
            if wanted is None:
                self._places.add(self._own)
                pause = 0.0
                continue
            for each in self._screeners:
                if each.index != wanted:
                    each.use(wanted)
            pause = self._start_missing(wanted, pause)

    def _take_away(self, screeners: list[_Screener]) -> None:
        for each in screeners:
            self._places.remove(each)
            self._screeners.remove(each)
            # Whoever has its place gets an answer first.
            with each.in_hand:
                end_children([each.process])

    def _is_as_wanted(self) -> bool:
        wanted = self._index if self._index != self._refused else None
        count = 0 if wanted is None else self._size
        return len(self._screeners) == count and all(
            each.index == wanted and not each.is_gone for each in self._screeners
        )

    def _start_missing(self, index: Path, pause: float) -> float:
        """Start those that are missing; gives the seconds until the next try where one died of its start."""
        if not self._screeners:
            self._places.add(self._own)
        self._starting = [
            _Screener(index, self._matching, self._places.limits) for _ in range(self._size - len(self._screeners))
        ]
        failed = []
        for each in self._starting:
            if not each.wait_ready():
                failed.append(each)
                continue
            self._screeners.append(each)
            self._places.add(each)
            # They do it from here on; pages are answered by this process alone.
            self._places.remove(self._own)
        self._starting = []
        if not failed or self._stopping.is_set():
            end_children(each.process for each in failed)
            return 0.0
        codes = {each.process.exit_code() for each in failed}
        end_children(each.process for each in failed)
        if codes == {NO_INDEX}:
            # Until the lists change again: there is nothing that a further try could mend.
            _log.warning("no process can use the index: texts are screened one at a time", path=str(index))
            self._refused = index
            return 0.0
        pause = next_pause(pause, 0.0)
        _log.warning("processes that screen die as they start", exit_codes=sorted(map(str, codes)), again_in=pause)
        return pause
