"""CSV -> OWN LIST: a file taken into a list of the user's, or only compared with it; and the last one undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import BinaryIO

from watchlist.errors import ConflictError, ListParseError
from watchlist.lists.forms.generic.csv import read_generic_csv
from watchlist.lists.forms.generic.held import OwnList, own_names_only
from watchlist.model import Entity, EntityChange, IntakeOptions, ListChange
from watchlist.ports import ImportStore
from watchlist.steps.asked.listed.exports import list_as_csv
from watchlist.steps.sync import regroup
from watchlist.subjects.changes import brought


class _DryRun(Exception):  # noqa: N818 - no error: it undoes the transaction
    pass


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How a file is taken in."""

    #: Whether the entities that the file has not are taken off.
    replace: bool = False
    #: Whether rows that cannot be read are left out; else one of them refuses the file.
    skip_bad: bool = False
    #: Whether it is only said what would come, change and go.
    dry_run: bool = False
    look_back: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a list by a file, or would become of it."""

    change: ListChange
    changes: tuple[EntityChange, ...]
    #: The rows that were left out.
    bad: tuple[ListParseError, ...]


def import_entities(
    store: ImportStore, list_id: str, stream: BinaryIO, options: ImportOptions, now: datetime
) -> Imported:
    """Add and update entities of a list of the user's from CSV: all of the file, or nothing.

    Raises ConflictError for an authority's list, ListParseError for a file with a row that cannot be read.
    """
    require_importable(store, list_id)
    outcome: list[ListChange] = []
    bad: list[ListParseError] = []
    come: list[Entity] = []

    def accept(change: ListChange) -> None:
        outcome.append(change)
        if options.dry_run:
            raise _DryRun

    held = OwnList(store.live_entities(list_id))
    intake = IntakeOptions(keep_others=not options.replace, look_back=options.look_back)
    with suppress(_DryRun):
        entities = read_generic_csv(list_id, stream, bad.append if options.skip_bad else None, held=held)
        store.apply_entities(list_id, _noted(entities, come.append), now, accept, intake)
    changes = tuple(brought(held.entities, come, now, replace=options.replace))
    if not options.dry_run and changes:
        touched = [each.entity_id.removeprefix(f"{list_id}:") for each in changes]
        former = [held.entities[each] for each in touched if each in held.entities]
        added = [each for each in touched if each not in held.entities]
        store.keep_import(list_id, list_as_csv(former), added, now)
        regroup(store)
    return Imported(outcome[0], changes, tuple(bad))


def require_importable(store: ImportStore, list_id: str, file: str = "FILE") -> None:
    """Raise ConflictError for an authority's list, NotFoundError where there is none."""
    if not store.watched_list(list_id).own:
        raise ConflictError(f"{list_id} is its authority's list: 'watchlist lists sync {list_id} --from {file}'")


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of a list when its last import was undone."""

    #: When that import was.
    at: datetime
    change: ListChange
    bad: tuple[ListParseError, ...]


def undo_import(store: ImportStore, list_id: str, now: datetime, look_back: timedelta) -> Undone:
    """Undo the last import into a list of the user's; raises NotFoundError where there is none."""
    outcome: list[ListChange] = []
    bad: list[ListParseError] = []
    store.watched_list(list_id)
    kept = store.last_import(list_id)
    # What an earlier version took in and no list may hold any longer stays away.
    former = {each.source_id: each for each in read_generic_csv(list_id, BytesIO(kept.content.encode()), bad.append)}
    wanted = former
    if kept.added is not None:
        present = {each.source_id: own_names_only(each) for each in store.live_entities(list_id)}
        wanted = {id: each for id, each in present.items() if id not in kept.added} | former
    options = IntakeOptions(look_back=look_back)
    store.apply_entities(list_id, wanted.values(), now, outcome.append, options)
    store.drop_import(kept.number)
    regroup(store)
    return Undone(kept.at, outcome[0], tuple(bad))


def change_words(change: ListChange) -> str:
    """What came, changed and went, in numbers."""
    return (
        f"{change.added:,} added, {change.changed:,} changed,"
        f" {change.removed:,} removed, {change.unchanged:,} as they were"
    )


def _noted(entities: Iterable[Entity], note: Callable[[Entity], None]) -> Iterator[Entity]:
    for entity in entities:
        note(entity)
        yield entity
