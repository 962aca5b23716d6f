"""``watchlist entities import`` and ``undo``, and ``export``."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from watchlist.cli.shared.changes import what_changed
from watchlist.cli.shared.context import PARTLY_FAILED, invocation
from watchlist.cli.shared.options import AsJson, ListId
from watchlist.cli.shared.output import Column, print_json, print_table
from watchlist.cli.shared.terminal import complain, say
from watchlist.errors import ListParseError, UsageError
from watchlist.model import Entity, EntityChange, ListChange


class _DryRun(Exception):  # noqa: N818 - no error: it undoes the transaction
    pass


def import_file(
    context: typer.Context,
    list_id: ListId,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV; - for standard input.", allow_dash=True)],
    replace: Annotated[bool, typer.Option("--replace", help="Also remove the entities that the file has not.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would come, change and go.")] = False,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Leave out bad rows, and take the others.")] = False,
    as_json: AsJson = False,
) -> None:
    """Add and update entities of a list of your own from CSV.

    All of the file is taken or nothing, unless --skip-bad leaves bad rows out. Columns: name and, if you like, id,
    schema,aliases,programs,countries,birth_dates,identifiers and others; ';' stands between values inside a cell. What
    the file has no column for stays as it is; an empty cell clears.
    """
    from watchlist.lists.forms.generic.csv import read_generic_csv
    from watchlist.lists.forms.generic.held import OwnList
    from watchlist.model import IntakeOptions
    from watchlist.steps.sync import look_back_of, regroup
    from watchlist.subjects.changes import brought

    outcome: list[ListChange] = []
    bad: list[ListParseError] = []
    come: list[Entity] = []

    def accept(change: ListChange) -> None:
        outcome.append(change)
        if dry_run:
            raise _DryRun

    with invocation(context).app() as parts:
        store = parts.store
        if not store.watched_list(list_id).own:
            raise UsageError(f"{list_id} is its authority's list: 'watchlist lists sync {list_id} --from {file}'")
        held = OwnList(store.live_entities(list_id))
        options = IntakeOptions(keep_others=not replace, look_back=look_back_of(parts.config))
        try:
            with sys.stdin.buffer if str(file) == "-" else file.open("rb") as stream:
                entities = read_generic_csv(list_id, stream, bad.append if skip_bad else None, held=held)
                store.apply_entities(list_id, _noted(entities, come.append), parts.clock(), accept, options)
        except _DryRun:
            pass
        except OSError as error:
            raise UsageError(f"{file}: {error.strerror}") from error
        changes = brought(held.entities, come, parts.clock(), replace=replace)
        if not dry_run and changes:
            touched = [each.entity_id.removeprefix(f"{list_id}:") for each in changes]
            former = [held.entities[each] for each in touched if each in held.entities]
            added = [each for each in touched if each not in held.entities]
            store.keep_import(list_id, _as_csv(former), added, parts.clock())
            regroup(store)
    if as_json:
        print_json([asdict(each) for each in changes])
    else:
        _say("Would change" if dry_run else "Changed", list_id, outcome[0])
        if dry_run and changes:
            _show(changes)
    for bad_row in bad:
        complain(f"left out: {bad_row}")
    if bad:
        raise typer.Exit(PARTLY_FAILED)


def undo(context: typer.Context, list_id: ListId) -> None:
    """Undo the last import into a list of your own.

    Asked again, it undoes the one before it.
    """
    from watchlist.lists.forms.generic.csv import read_generic_csv
    from watchlist.lists.forms.generic.held import own_names_only
    from watchlist.model import IntakeOptions
    from watchlist.steps.sync import look_back_of, regroup

    outcome: list[ListChange] = []
    bad: list[ListParseError] = []
    with invocation(context).app() as parts:
        store = parts.store
        store.watched_list(list_id)
        kept = store.last_import(list_id)
        # What an earlier version took in and no list may hold any longer stays away.
        former = {
            each.source_id: each for each in read_generic_csv(list_id, io.BytesIO(kept.content.encode()), bad.append)
        }
        wanted = former
        if kept.added is not None:
            present = {each.source_id: own_names_only(each) for each in store.live_entities(list_id)}
            wanted = {id: each for id, each in present.items() if id not in kept.added} | former
        options = IntakeOptions(look_back=look_back_of(parts.config))
        store.apply_entities(list_id, wanted.values(), parts.clock(), outcome.append, options)
        store.drop_import(kept.number)
        regroup(store)
    _say(f"Undid the import of {kept.at:%Y-%m-%d %H:%M} UTC on", list_id, outcome[0])
    for bad_row in bad:
        complain(f"left out: {bad_row}")


def _noted(entities: Iterable[Entity], note: Callable[[Entity], None]) -> Iterator[Entity]:
    for entity in entities:
        note(entity)
        yield entity


def _as_csv(entities: Iterable[Entity]) -> str:
    from watchlist.lists.forms.generic.write import write_generic_csv

    stream = io.StringIO()
    write_generic_csv(entities, stream)
    return stream.getvalue()


def _say(what: str, list_id: str, change: ListChange) -> None:
    say(
        f"{what} {list_id}: {change.added:,} added, {change.changed:,} changed,"
        f" {change.removed:,} removed, {change.unchanged:,} as they were."
    )


def _show(changes: Iterable[EntityChange]) -> None:
    print_table(
        (Column("change"), Column("entity"), Column("name", words=True), Column("what", words=True)),
        [(each.kind, each.entity_id, each.caption, what_changed(each)) for each in changes],
        none="",
    )


def export_file(
    context: typer.Context,
    list_id: ListId,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="Default: standard output.", allow_dash=True)
    ] = None,
) -> None:
    """Write a list as CSV, in the form that import reads."""
    from watchlist.lists.forms.generic.write import write_generic_csv

    with invocation(context).store() as store:
        store.watched_list(list_id)
        entities = store.live_entities(list_id)
        if file is None or str(file) == "-":
            write_generic_csv(entities, sys.stdout)
            return
        try:
            with file.open("w", encoding="utf-8", newline="") as stream:
                count = write_generic_csv(entities, stream)
        except OSError as error:
            raise UsageError(f"{file}: {error.strerror}") from error
    say(f"Wrote {count:,} entities to {file}.")
