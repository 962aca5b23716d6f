"""LISTS -> FILE: what is screened for, compiled into one file that needs no database.

The file is an index as the engine maps it. Beside that it says of each list how much of it is in there, and of each
entry since when it stands on its list as it does.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from watchlist.errors import MatchingError, NotFoundError, UsageError
from watchlist.matching.index import file
from watchlist.matching.index.compiled import CompiledIndex
from watchlist.matching.version import engine_version
from watchlist.ports import IndexFileStore
from watchlist.steps.index import load_index

#: Our own parts of the file, which the engine passes over: seconds since 1970 for each entry, in the index's order.
_SINCE: Final = "entity_since"
_LISTED: Final = "listed"
_MADE_AT: Final = "made_at"


@dataclass(frozen=True, slots=True)
class IndexedList:
    """How much of a list is in an index file; None where the file does not say."""

    id: str
    snapshot: str
    entities: int | None
    names: int | None


@dataclass(frozen=True, slots=True)
class IndexFile:
    """What an index file says of itself."""

    path: Path
    engine_version: str
    #: Whether this program's engine can use it.
    usable: bool
    made_at: str | None
    lists: tuple[IndexedList, ...]
    entities: int
    names: int
    size: int


def write_index_file(
    store: IndexFileStore, path: Path, kept: Path, now: datetime, lists: frozenset[str] | None = None
) -> None:
    """Compile what is screened for into ``path`` in one step, of these lists alone where given.

    ``kept`` is the folder of compiled indexes. Raises UsageError for a list that is off or holds nothing, NotFoundError
    for one that is not there, and MatchingError where the file cannot be written.
    """
    index = load_index(store, kept).index if lists is None else _compiled(store, lists)
    if not index.entity_count:
        raise UsageError("there are no names to look for: 'watchlist lists sync us_ofac_sdn' fetches a list")
    since = store.listed_since()
    # Here it is written and read back as any reader would, so that what goes in is what the engine maps.
    plain = path.with_name(f".{path.name}.plain")
    try:
        index.save(plain)
        about, sections = file.read(plain)
        about[_MADE_AT] = now.astimezone(UTC).isoformat(timespec="seconds")
        about[_LISTED] = _counted(index)
        sections[_SINCE] = memoryview(array("I", (_seconds(since.get(each.id)) for each in index.entities())))
        file.write(path, about, sections)
    finally:
        plain.unlink(missing_ok=True)


def read_index_file(path: Path) -> IndexFile:
    """What an index file says of itself, of whichever engine it is; raises MatchingError where it is none."""
    about, _ = file.read(path)
    listed: Mapping[str, Mapping[str, int]] = about.get(_LISTED, {})
    snapshots: Mapping[str, str] = about["snapshots"]
    return IndexFile(
        path=path,
        engine_version=about["engine_version"],
        usable=about["engine_version"] == engine_version(),
        made_at=about.get(_MADE_AT),
        lists=tuple(
            IndexedList(id, snapshot, listed.get(id, {}).get("entities"), listed.get(id, {}).get("names"))
            for id, snapshot in snapshots.items()
            # A list that is off has no entry in here.
            if not listed or id in listed
        ),
        entities=about["entity_count"],
        names=about["name_count"],
        size=path.stat().st_size,
    )


def listed_since(path: Path, since: datetime) -> frozenset[str]:
    """The ids of what is new or changed on its list since then, as an index file has it.

    Raises MatchingError where the file does not say, as an index of the program's own folder does not.
    """
    _, sections = file.read(path)
    if _SINCE not in sections:
        raise MatchingError(
            f"{path} does not say since when its entries are listed: 'watchlist index build FILE' writes one that does"
        )
    least = since.timestamp()
    dates = zip(CompiledIndex.load(path).entities(), sections[_SINCE], strict=True)
    return frozenset(entity.id for entity, at in dates if at >= least)


def _compiled(store: IndexFileStore, lists: frozenset[str]) -> CompiledIndex:
    from watchlist.matching.index.compile import compile_index

    while True:
        revisions = store.revisions()
        known = {each.id: each for each in store.watched_lists()}
        _require(lists, known, {id for id, _ in revisions})
        states = {id: known[id].snapshot for id in lists}
        snapshots = {id: state.version if state else "" for id, state in states.items()}
        index = compile_index(
            (each for each in store.live_entities() if each.list_id in lists), snapshots, store.groups()
        )
        # As for the index that is kept: a list that changed meanwhile gives one of neither state.
        if store.revisions() == revisions:
            return index


def _require(lists: frozenset[str], known: Iterable[str], switched_on: set[str]) -> None:
    for id in sorted(lists - switched_on):
        if id in known:
            raise UsageError(f"{id} is off: 'watchlist lists enable {id}' switches it on")
        raise NotFoundError("list", id, "'watchlist lists' shows which there are")


def _counted(index: CompiledIndex) -> dict[str, dict[str, int]]:
    entities: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for each in index.entities():
        entities[each.list_id] += 1
        names[each.list_id] += len(each.names)
    return {id: {"entities": count, "names": names[id]} for id, count in sorted(entities.items())}


def _seconds(moment: datetime | None) -> int:
    return 0 if moment is None else max(0, int(moment.timestamp()))


def as_plain(found: IndexFile) -> dict[str, Any]:
    """The same as plain values, for programs."""
    return {
        "path": str(found.path),
        "engine_version": found.engine_version,
        "usable": found.usable,
        "made_at": found.made_at,
        "lists": [
            {"id": each.id, "snapshot": each.snapshot, "entities": each.entities, "names": each.names}
            for each in found.lists
        ],
        "entities": found.entities,
        "names": found.names,
        "size": found.size,
    }
