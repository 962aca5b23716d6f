"""The compiled index of all lists that are switched on, kept on disk and made anew only when a list changed."""

from __future__ import annotations

import hashlib
import os
import time
from dataclasses import dataclass
from pathlib import Path

import structlog

from watchlist.errors import MatchingError
from watchlist.matching.engine import ENGINE_VERSION
from watchlist.matching.index import Index, compile_index
from watchlist.storage.store import Store

_log = structlog.get_logger(__name__)

#: An index that no process has opened for this long (seconds) is deleted.
_UNUSED_AFTER = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class LoadedIndex:
    """An index, and the content tokens of the lists it was made of."""

    index: Index
    revisions: tuple[tuple[str, str], ...]


def load_index(store: Store, folder: Path) -> LoadedIndex:
    """The index of what the store holds now: from ``folder`` when it is there, else compiled and put there.

    A folder that cannot be written costs time at every start, no more.
    """
    while True:
        revisions = store.revisions()
        path = folder / f"{_key(revisions)}.index"
        if path.exists():
            try:
                index = Index.load(path)
            except MatchingError as error:
                _log.warning("index cannot be used and is made anew", path=str(path), error=str(error))
            else:
                _mark_used(path)
                return LoadedIndex(index, revisions)
        snapshots = {each.id: each.snapshot.version if each.snapshot else "" for each in store.watched_lists()}
        index = compile_index(store.live_entities(), snapshots)
        # A list that changed while it was read gives an index of neither state.
        if store.revisions() == revisions:
            break
    try:
        folder.mkdir(parents=True, exist_ok=True)
        index.save(path)
        _prune(folder, path)
    except OSError as error:
        _log.warning("index cannot be kept", path=str(path), error=str(error))
    return LoadedIndex(index, revisions)


def _key(revisions: tuple[tuple[str, str], ...]) -> str:
    content = "\n".join([ENGINE_VERSION, *(f"{id} {revision}" for id, revision in revisions)])
    return hashlib.sha256(content.encode()).hexdigest()[:32]


def _mark_used(path: Path) -> None:
    try:
        os.utime(path)
    except OSError:
        # Read-only, or deleted since: it is open already.
        return


def _prune(folder: Path, keep: Path) -> None:
    newest_kept = time.time() - _UNUSED_AFTER
    for path in folder.glob("*.index"):
        if path != keep and path.stat().st_mtime < newest_kept:
            path.unlink(missing_ok=True)
