"""A process that screens texts, as it sees itself: with an index that it maps, and the next once it is told of it."""

from __future__ import annotations

import os
import signal
import sys
import threading
import traceback
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Final

from watchlist.children import listened, settle_in
from watchlist.errors import MatchingError
from watchlist.model import Article
from watchlist.shared import SharedFinds, remove_finds
from watchlist.web.screening.text import AskedText, screened

if TYPE_CHECKING:
    from watchlist.matching.engine import Engine
    from watchlist.matching.index.compiled import CompiledIndex

#: What it ends with where it cannot use an index that it was told of.
NO_INDEX: Final = 3
#: Has the words of the usual language loaded before anybody waits for them.
_FIRST: Final = Article("", "", "A spokesman said on Monday that Mr Smith of the company was not there.")


@dataclass(frozen=True, slots=True)
class UseIndex:
    """Screen with the index of this file from now on."""

    path: Path


@dataclass(frozen=True, slots=True)
class ScreeningBroke:
    """The engine raised on a text: where, for the log."""

    traceback: str


#: Chains of words that a process tells the others of at most, and bytes of what they hold.
_TOLD: Final = 1 << 16
_TOLD_BYTES: Final = 1 << 22


def work(connection: Connection, index: Path, matching: str, told_in: Path | None) -> None:
    """Screen what comes until nothing comes any more; ``matching`` is the settings as JSON.

    In the folder ``told_in`` it tells others what it found in words, and reads what they did; None has it do without.
    """
    settle_in()
    # A service manager tells all processes at once; what is in hand is finished, and then the line is closed.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    process = _ChildEngine(matching, told_in)
    process.use(index)
    if process.failed:
        sys.exit(NO_INDEX)
    connection.send(None)
    while (told := listened(connection)) is not None:
        if isinstance(told, UseIndex):
            # Beside what is screened: nobody waits for it.
            threading.Thread(target=process.use, args=(told.path,), daemon=True).start()
        elif isinstance(told, AskedText):
            connection.send(process.answer(told))
            process.look_around()
            if process.failed:
                sys.exit(NO_INDEX)


@dataclass(frozen=True, slots=True)
class _Ready:
    """An engine, with its index and what it tells others and is told."""

    engine: Engine
    index: CompiledIndex
    finds: SharedFinds | None


class _ChildEngine:
    def __init__(self, matching: str, told_in: Path | None) -> None:
        self._matching, self._told_in = matching, told_in
        self._ready: _Ready | None = None
        self.failed = False

    def use(self, path: Path) -> None:
        """Put another index in the place of the one that there is, once its engine is ready."""
        from watchlist.matching.index.compiled import CompiledIndex

        try:
            index = CompiledIndex.load(path)
        except MatchingError:
            self.failed = True
            return
        # What words hold is told of one index alone.
        folder = None if self._told_in is None else self._told_in / path.stem
        finds = None if folder is None else _finds(folder)
        ready = _Ready(self._engine(index, finds), index, finds)
        ready.engine.screen(_FIRST)
        before, self._ready = self._ready, ready
        if before is not None and before.finds is not None and before.finds.folder != folder:
            remove_finds(before.finds.folder, _own())

    def look_around(self) -> None:
        """See whom there is by now to be told by."""
        if self._ready is not None and self._ready.finds is not None:
            self._ready.finds.look_around()

    def answer(self, asked: AskedText) -> object:
        """What comes of a text."""
        if self._ready is None:
            raise RuntimeError("a text came before an index")
        ready = self._ready
        try:
            return screened(ready.engine, ready.index, asked)
        except Exception:
            # A fault of the engine's own: what it holds may be half made.
            self._ready = replace(ready, engine=self._engine(ready.index, ready.finds))
            return ScreeningBroke(traceback.format_exc())

    def _engine(self, index: CompiledIndex, finds: SharedFinds | None) -> Engine:
        from watchlist.config import MatchingConfig
        from watchlist.matching.engine import Engine

        return Engine(index, MatchingConfig.model_validate_json(self._matching), finds)


def _finds(folder: Path) -> SharedFinds | None:
    try:
        finds = SharedFinds(folder, _own(), slots=_TOLD, found_bytes=_TOLD_BYTES)
    except OSError:
        # A full disk. It costs time, no more: this one reads all words by itself.
        return None
    finds.look_around()
    return finds


def _own() -> str:
    """The name of this process among those that tell each other."""
    return str(os.getpid())
