"""The engines that screen for whoever asks: one index for all, an engine for each who screens, so many at a time."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from watchlist.app import App
from watchlist.errors import BusyError, StorageError, WatchlistError
from watchlist.log import Log
from watchlist.steps.index import LoadedIndex, kept_index, load_index

if TYPE_CHECKING:
    from watchlist.matching.engine import Engine
    from watchlist.matching.index.compiled import CompiledIndex
    from watchlist.steps.asked.alike.scored import AlikeFinder

_log = Log(__name__)

_Lent = TypeVar("_Lent")

#: Seconds between two looks whether lists changed.
LOOK_EVERY = 2.0
#: So many screen at a time: more would only take turns, and pages would wait for all of them.
_AT_ONCE = 1
#: So many wait for a turn; whoever comes then is told to come again.
_WAITING = 24
#: Seconds that one waits for a turn.
_PATIENCE = 30.0
#: Seconds after which one who was sent away may come again.
_AGAIN_AFTER = 2


@dataclass(frozen=True, slots=True)
class ScreeningLimits:
    """How many screen at a time, how many wait, and for how many seconds at most."""

    at_once: int = _AT_ONCE
    waiting: int = _WAITING
    patience: float = _PATIENCE


class Turns:
    """Has so many at a time do something, in the order in which they came; safe in threads."""

    def __init__(self, limits: ScreeningLimits) -> None:
        self._limits = limits
        self._lock = threading.Lock()
        self._free = limits.at_once
        self._waiting: deque[threading.Event] = deque()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn, which lasts as long as the block; raises BusyError where it does not come."""
        self._wait()
        try:
            yield
        finally:
            self._pass_on()

    def _wait(self) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            if len(self._waiting) >= self._limits.waiting:
                raise _busy()
            mine = threading.Event()
            self._waiting.append(mine)
        if mine.wait(self._limits.patience):
            return
        with self._lock:
            if mine.is_set():
                # It came at the last moment.
                return
            self._waiting.remove(mine)
        raise _busy()

    def _pass_on(self) -> None:
        # Handed to who waits longest: one who comes just now would else be quicker, again and again.
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1


def _busy() -> BusyError:
    return BusyError("too many texts are being screened: come again in a moment", _AGAIN_AFTER)


class Engines:
    """The compiled index of the lists as they are, and engines over it. Safe in threads.

    The index is loaded when it is first asked for, memory-mapped, and shared. A look at the lists' revisions now and
    then finds out that it is of the past: then the next is put in its place as soon as it is there, and whoever screens
    meanwhile does so with the one before.
    """

    def __init__(self, parts: App, limits: ScreeningLimits | None = None) -> None:
        self._parts = parts
        self._turns = Turns(limits or ScreeningLimits())
        self._lock = threading.Lock()
        self._looking = threading.Lock()
        self._loaded: LoadedIndex | None = None
        self._looked_at = 0.0
        self._engines: list[tuple[CompiledIndex, Engine]] = []
        self._likenesses: list[tuple[CompiledIndex, AlikeFinder]] = []
        self._compiling: threading.Thread | None = None

    def index(self) -> CompiledIndex:
        """The index as it is now; safe to share.

        Raises StorageError where there is none yet and the database does not answer.
        """
        loaded = self._loaded
        if loaded is None:
            with self._looking:
                if self._loaded is None:
                    self._take(load_index(self._parts.store, self._parts.index_dir))
                    self._looked_at = time.monotonic()
                return self._present()
        if time.monotonic() - self._looked_at >= LOOK_EVERY and self._looking.acquire(blocking=False):
            try:
                self._look(loaded)
            finally:
                self._looking.release()
        return self._present()

    @contextmanager
    def engine(self) -> Iterator[tuple[Engine, CompiledIndex]]:
        """An engine that is nobody else's while the block lasts, and the index it screens with.

        Raises BusyError where too many screen and wait already.
        """
        # Here, because whoever only looks at pages needs none of it.
        from watchlist.matching.engine import Engine

        with self._lent(self._engines, lambda index: Engine(index, self._parts.config.matching)) as lent:
            yield lent

    @contextmanager
    def likeness(self) -> Iterator[tuple[AlikeFinder, CompiledIndex]]:
        """What compares described entities with listed ones, under the same terms."""
        from watchlist.steps.asked.alike.scored import AlikeFinder

        with self._lent(self._likenesses, AlikeFinder) as lent:
            yield lent

    @contextmanager
    def _lent(
        self, free: list[tuple[CompiledIndex, _Lent]], make: Callable[[CompiledIndex], _Lent]
    ) -> Iterator[tuple[_Lent, CompiledIndex]]:
        with self._turns.turn():
            index = self.index()
            with self._lock:
                kept = free.pop() if free else None
            if kept is None or kept[0] is not index:
                kept = index, make(index)
            yield kept[1], index
            with self._lock:
                # One that something was raised in is not used again.
                if self._loaded is not None and self._loaded.index is index:
                    free.append(kept)

    def settle(self) -> None:
        """Wait until an index that is being compiled is in place."""
        thread = self._compiling
        if thread is not None:
            thread.join()

    def _look(self, loaded: LoadedIndex) -> None:
        """See whether the lists changed; take what is compiled already, else have it compiled beside."""
        self._looked_at = time.monotonic()
        try:
            revisions = self._parts.store.revisions()
        except StorageError as error:
            _log.warning("the lists cannot be looked at: screening with those of before", error=str(error))
            return
        if revisions == loaded.revisions:
            return
        kept = kept_index(revisions, self._parts.index_dir)
        if kept is not None:
            self._take(kept)
        elif self._compiling is None:
            self._compiling = threading.Thread(target=self._compile, name="index", daemon=True)
            self._compiling.start()

    def _compile(self) -> None:
        try:
            self._take(load_index(self._parts.store, self._parts.index_dir))
        except WatchlistError as error:
            _log.warning("the changed lists cannot be compiled: trying again", error=str(error))
        finally:
            self._compiling = None

    def _take(self, loaded: LoadedIndex) -> None:
        with self._lock:
            self._loaded = loaded
            self._engines.clear()
            self._likenesses.clear()

    def _present(self) -> CompiledIndex:
        if self._loaded is None:
            raise StorageError("the lists are not loaded yet")
        return self._loaded.index
