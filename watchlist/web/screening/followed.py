"""The index of the lists as they are: loaded once, and the next one in its place as soon as lists have changed."""

from __future__ import annotations

import threading
import time

from watchlist.app import App
from watchlist.errors import StorageError, WatchlistError
from watchlist.log import Log
from watchlist.steps.index import LoadedIndex, kept_index, load_index

_log = Log(__name__)

#: Seconds between two looks whether lists changed.
LOOK_EVERY = 2.0


class FollowedIndex:
    """The compiled index of the lists as they are. Safe in threads.

    It is loaded when it is first asked for, memory-mapped, and shared. A look at the lists' revisions now and then
    finds out that it is of the past: then the next is put in its place as soon as it is there, and whoever screens
    meanwhile does so with the one before.
    """

    def __init__(self, parts: App) -> None:
        self._parts = parts
        self._looking = threading.Lock()
        self._loaded: LoadedIndex | None = None
        self._looked_at = 0.0
        self._compiling: threading.Thread | None = None

    def present(self) -> LoadedIndex:
        """The index as it is now; safe to share.

        Raises StorageError where there is none yet and the database does not answer.
        """
        loaded = self._loaded
        if loaded is None:
            with self._looking:
                if self._loaded is None:
                    self._loaded = load_index(self._parts.store, self._parts.index_dir)
                    self._looked_at = time.monotonic()
                return self._there()
        if time.monotonic() - self._looked_at >= LOOK_EVERY and self._looking.acquire(blocking=False):
            try:
                self._look(loaded)
            finally:
                self._looking.release()
        return self._there()

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
            self._loaded = kept
        elif self._compiling is None:
            self._compiling = threading.Thread(target=self._compile, name="index", daemon=True)
            self._compiling.start()

    def _compile(self) -> None:
        try:
            self._loaded = load_index(self._parts.store, self._parts.index_dir)
        except WatchlistError as error:
            _log.warning("the changed lists cannot be compiled: trying again", error=str(error))
        finally:
            self._compiling = None

    def _there(self) -> LoadedIndex:
        if self._loaded is None:
            raise StorageError("the lists are not loaded yet")
        return self._loaded
