"""How a run begins: what is read, what is looked for, and with which index."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from watchlist.archive.finishing.summary import IndexAbout
from watchlist.archive.folder import ArchiveRun, RunFolder, same_inputs
from watchlist.archive.reading.inputs import InputFile
from watchlist.archive.reading.pieces import piece_bytes_for
from watchlist.archive.screener import ScreeningPlan
from watchlist.errors import MatchingError, UsageError
from watchlist.matching.index.compiled import CompiledIndex
from watchlist.steps.asked.index_file import as_plain, listed_since, read_index_file


@dataclass(frozen=True, slots=True)
class ArchiveOrder:
    """What a run was asked to do."""

    engine: str
    #: The settings under ``matching``, as JSON.
    matching: str
    #: Only what is new or changed on its list since then, or these entries; both None for all.
    since: datetime | None = None
    entities: Path | None = None
    #: The same as the user put it.
    asked: str = ""
    #: None as the size of the archive suggests.
    piece_bytes: int | None = None


def begin_run(
    folder: RunFolder,
    order: ArchiveOrder,
    inputs: tuple[InputFile, ...],
    make_index: Callable[[Path], None],
    now: datetime,
) -> ArchiveRun:
    """Begin a run in a folder that is held: its index, then what it does. ``make_index`` writes the index to a path."""
    folder.require_fresh()
    make_index(folder.index)
    sought, words = sought_of(folder.index, order)
    run = ArchiveRun(
        engine=order.engine,
        inputs=inputs,
        plan=ScreeningPlan(order.matching, sought),
        piece_bytes=order.piece_bytes or piece_bytes_for(inputs),
        sought=words,
        asked=order.asked,
        started_at=now.isoformat(timespec="seconds"),
    )
    folder.begin(run)
    return run


def take_up(folder: RunFolder, order: ArchiveOrder, inputs: tuple[InputFile, ...]) -> ArchiveRun | None:
    """The run that was begun in a folder, None where none was; raises UsageError where another one is wanted now."""
    run = folder.begun()
    if run is None:
        return None
    if run.engine != order.engine:
        raise UsageError(f"{folder.path}: was begun with --engine {run.engine}")
    if differs := same_inputs(run.inputs, inputs):
        raise UsageError(f"{folder.path}: was begun with other files: {differs}; begin in another folder")
    if order.asked != run.asked:
        raise UsageError(f"{folder.path}: was begun looking for {run.sought or 'everything'}, as --resume must again")
    return run


def copied_index(source: Path) -> Callable[[Path], None]:
    """Takes the index of a run from a file."""

    def copy(target: Path) -> None:
        read_index_file(source)
        temporary = target.with_name(f".{target.name}")
        shutil.copyfile(source, temporary)
        temporary.replace(target)

    return copy


def index_about(path: Path) -> IndexAbout:
    """What a run's index is; raises MatchingError where this program's engine cannot use it."""
    found = read_index_file(path)
    if not found.usable:
        # Says which version it is of, and which this is.
        CompiledIndex.load(path)
    return IndexAbout(found.engine_version, tuple(as_plain(found)["lists"]))


def sought_of(index: Path, order: ArchiveOrder) -> tuple[frozenset[str] | None, str]:
    """The ids of what is looked for, None for all, and the same in words.

    Raises UsageError where that is nothing, and for an id that the index does not have.
    """
    if order.since is not None:
        found = listed_since(index, order.since)
        if not found:
            raise UsageError(f"nothing on the lists is new or changed since {order.since:%Y-%m-%d %H:%M}")
        return found, _in_words(order)
    if order.entities is not None:
        return _named(index, order.entities), _in_words(order)
    return None, ""


def _in_words(order: ArchiveOrder) -> str:
    if order.since is not None:
        return f"new or changed since {order.since.isoformat(timespec='seconds')}"
    return "" if order.entities is None else f"the entities in {order.entities}"


def _named(index: Path, path: Path) -> frozenset[str]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: {getattr(error, 'strerror', None) or 'is no text in UTF-8'}") from error
    ids = {line.strip() for line in lines if line.strip() and not line.startswith("#")}
    if not ids:
        raise UsageError(f"{path}: names no entity: write LIST:ID in each line")
    compiled = CompiledIndex.load(index)
    for id in sorted(ids):
        try:
            compiled.listing(id)
        except KeyError as error:
            raise MatchingError(f"{path}: the index has no entity {id!r}") from error
    return frozenset(ids)
