"""A process that screens texts, as it sees itself: with an index that it maps, and the next once it is told of it."""

from __future__ import annotations

import signal
import sys
import threading
import traceback
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Final

from watchlist.children import listened, settle_in
from watchlist.errors import MatchingError
from watchlist.model import Article
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


def work(connection: Connection, index: Path, matching: str) -> None:
    """Screen what comes until nothing comes any more; ``matching`` is the settings as JSON."""
    settle_in()
    # A service manager tells all processes at once; what is in hand is finished, and then the line is closed.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    process = _ChildEngine(matching)
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
            if process.failed:
                sys.exit(NO_INDEX)


class _ChildEngine:
    def __init__(self, matching: str) -> None:
        self._matching = matching
        self._engine: tuple[Engine, CompiledIndex, Path] | None = None
        self.failed = False

    def use(self, path: Path) -> None:
        """Put another index in the place of the one that there is, once its engine is ready."""
        from watchlist.config import MatchingConfig
        from watchlist.matching.engine import Engine
        from watchlist.matching.index.compiled import CompiledIndex

        try:
            index = CompiledIndex.load(path)
        except MatchingError:
            self.failed = True
            return
        engine = Engine(index, MatchingConfig.model_validate_json(self._matching))
        engine.screen(_FIRST)
        self._engine = engine, index, path

    def answer(self, asked: AskedText) -> object:
        """What comes of a text."""
        if self._engine is None:
            raise RuntimeError("a text came before an index")
        engine, index, path = self._engine
        try:
            return screened(engine, index, path, asked)
        except Exception:
            # A fault of the engine's own: what it holds may be half made.
            from watchlist.config import MatchingConfig
            from watchlist.matching.engine import Engine

            self._engine = Engine(index, MatchingConfig.model_validate_json(self._matching)), index, path
            return ScreeningBroke(traceback.format_exc())
