"""The compiled index of all lists that are switched on, kept on disk and made anew only when they or groups changed."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from watchlist.errors import MatchingError
from watchlist.log import Log
from watchlist.matching.index.compiled import CompiledIndex
from watchlist.matching.version import engine_version
from watchlist.model import Entity
from watchlist.ports import IndexStore

if TYPE_CHECKING:
    from watchlist.matching.index.parsed_entities import ParsedEntities

_log = Log(__name__)

#: What the last compiling took apart.
_PARSED = "parsed"

#: An index that no process has opened for this long (seconds) is deleted.
_UNUSED_AFTER = 7 * 24 * 3600
#: So many indexes are kept at most, the last used, and so many bytes; who has another one open keeps it all the same.
_MOST_KEPT, _MOST_BYTES = 4, 500_000_000


@dataclass(frozen=True, slots=True)
class LoadedIndex:
    """An index, and the revisions of the lists it was made of."""

    index: CompiledIndex
    revisions: tuple[tuple[str, str], ...]
    #: Its file; None where it could not be kept.
    path: Path | None = None


def kept_index(revisions: tuple[tuple[str, str], ...], folder: Path) -> LoadedIndex | None:
    """The index of these revisions from ``folder``, None where none is kept that can be used."""
    path = _path(revisions, folder)
    if not path.exists():
        return None
    try:
        index = CompiledIndex.load(path)
    except MatchingError as error:
        _log.warning("index cannot be used and is made anew", path=str(path), error=str(error))
        return None
    _mark_used(path)
    return LoadedIndex(index, revisions, path)


def load_index(store: IndexStore, folder: Path) -> LoadedIndex:
    """The index of what the store holds now: from ``folder`` when it is there, else compiled and put there.

    What the last compiling took apart is kept as well, so that after a change only the entities that changed are read.
    A folder that cannot be written costs time at every start, no more.
    """
    while True:
        revisions = store.revisions()
        kept = kept_index(revisions, folder)
        if kept is not None:
            return kept
        snapshots = {each.id: each.snapshot.version if each.snapshot else "" for each in store.watched_lists()}
        parsed, ids = _parse(store, folder / _PARSED)
        groups = store.groups()
        # A list that changed while it was read, or a group, gives an index of neither state.
        if store.revisions() == revisions:
            break
    # Here, because numpy takes longer to import than an index to load, and only compiling needs it.
    from watchlist.matching.index.compile import assemble_index, number_subjects

    index = assemble_index(parsed, snapshots, number_subjects(ids, groups))
    path = _path(revisions, folder)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        index.save(path)
        parsed.save(folder / _PARSED)
        _prune(folder, path)
    except (OSError, MatchingError) as error:
        _log.warning("index cannot be kept", path=str(path), error=str(error))
    return LoadedIndex(index, revisions, path if path.exists() else None)


def _parse(store: IndexStore, kept: Path) -> tuple[ParsedEntities, list[str]]:
    """What is screened for, taken apart, with its ids; as far as possible from what an earlier compiling kept."""
    # Here for the same reason.
    from watchlist.matching.index.parse import parse_entities
    from watchlist.matching.index.parsed_entities import ParsedEntities

    fingerprints = store.entity_fingerprints()
    try:
        before = ParsedEntities.load(kept)
    except MatchingError:
        before = parse_entities(())
    fresh = [id for id, fingerprint in fingerprints.items() if fingerprint not in before]
    if len(fresh) <= len(fingerprints) / 2:
        news = parse_entities((fingerprints[entity.id], entity) for entity in store.entities_of(fresh))
        # An entity that is gone by now was taken away while it was read; the caller sees that its list changed.
        with suppress(KeyError):
            return before.updated(fingerprints.values(), news), list(fingerprints)
    ids: list[str] = []

    def listed() -> Iterator[tuple[int, Entity]]:
        for entity in store.live_entities():
            ids.append(entity.id)
            yield fingerprints.get(entity.id, 0), entity

    return parse_entities(listed()), ids


def _path(revisions: tuple[tuple[str, str], ...], folder: Path) -> Path:
    content = "\n".join([engine_version(), *(f"{id} {revision}" for id, revision in revisions)])
    return folder / f"{hashlib.sha256(content.encode()).hexdigest()[:32]}.index"


def _mark_used(path: Path) -> None:
    try:
        os.utime(path)
    except OSError:
        # Read-only, or deleted since: it is open already.
        return


def _prune(folder: Path, keep: Path) -> None:
    """Delete indexes that nobody used for long, or that are too many or too large; never the one to ``keep``."""
    newest_kept = time.time() - _UNUSED_AFTER
    used = sorted((path for path in folder.glob("*.index") if path != keep), key=_used_at, reverse=True)
    size = keep.stat().st_size
    for number, path in enumerate(used, start=1):
        with suppress(FileNotFoundError):
            size += path.stat().st_size
            if path.stat().st_mtime < newest_kept or number >= _MOST_KEPT or size > _MOST_BYTES:
                path.unlink()


def _used_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
