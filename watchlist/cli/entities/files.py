"""``watchlist entities import`` and ``export``."""

from __future__ import annotations

import io
import sys
from dataclasses import replace as changed
from pathlib import Path
from typing import Annotated

import typer

from watchlist.cli.shared.context import PARTLY_FAILED, invocation
from watchlist.cli.shared.options import ListId
from watchlist.cli.shared.terminal import complain, say
from watchlist.errors import ListParseError, UsageError
from watchlist.model import ListChange, NameOrigin
from watchlist.storage.store import Store


class _DryRun(Exception):  # noqa: N818 - no error: it undoes the transaction
    pass


def import_file(
    context: typer.Context,
    list_id: ListId,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV; - for standard input.", allow_dash=True)],
    replace: Annotated[bool, typer.Option("--replace", help="Also remove the entities that the file has not.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Leave out bad rows, and take the others.")] = False,
) -> None:
    """Add and update entities of a list of your own from CSV.

    All of the file is taken or nothing, unless --skip-bad leaves bad rows out. Columns: id,name and, if you like,
    schema,aliases,programs,countries,birth_dates,identifiers and others; ';' stands between values inside a cell.
    """
    from watchlist.lists.forms.generic.csv import read_generic_csv
    from watchlist.model import IntakeOptions
    from watchlist.steps.groups import regroup
    from watchlist.steps.sync import look_back_of

    outcome: list[ListChange] = []
    bad: list[ListParseError] = []

    def accept(change: ListChange) -> None:
        outcome.append(change)
        if dry_run:
            raise _DryRun

    with invocation(context).app() as parts:
        store = parts.store
        if not store.watched_list(list_id).own:
            raise UsageError(f"{list_id} is its authority's list: 'watchlist lists sync {list_id} --from {file}'")
        before = _as_csv(store, list_id)
        options = IntakeOptions(keep_others=not replace, look_back=look_back_of(parts.config))
        try:
            with sys.stdin.buffer if str(file) == "-" else file.open("rb") as stream:
                entities = read_generic_csv(list_id, stream, bad.append if skip_bad else None)
                store.apply_entities(list_id, entities, parts.clock(), accept, options)
        except _DryRun:
            pass
        except OSError as error:
            raise UsageError(f"{file}: {error.strerror}") from error
        else:
            store.keep_backup(list_id, before, parts.clock())
            regroup(store)
    _say("Would change" if dry_run else "Changed", list_id, outcome[0])
    for bad_row in bad:
        complain(f"left out: {bad_row}")
    if bad:
        raise typer.Exit(PARTLY_FAILED)


def undo(context: typer.Context, list_id: ListId) -> None:
    """Undo the last import into a list of your own."""
    from watchlist.lists.forms.generic.csv import read_generic_csv
    from watchlist.model import IntakeOptions
    from watchlist.steps.groups import regroup
    from watchlist.steps.sync import look_back_of

    outcome: list[ListChange] = []
    bad: list[ListParseError] = []
    with invocation(context).app() as parts:
        store = parts.store
        store.watched_list(list_id)
        content, at = store.backup(list_id)
        before = _as_csv(store, list_id)
        # What an earlier version took in and no list may hold any longer stays away.
        entities = read_generic_csv(list_id, io.BytesIO(content.encode()), bad.append)
        options = IntakeOptions(look_back=look_back_of(parts.config))
        store.apply_entities(list_id, entities, parts.clock(), outcome.append, options)
        store.keep_backup(list_id, before, parts.clock())
        regroup(store)
    _say(f"Undid the import of {at:%Y-%m-%d %H:%M} UTC on", list_id, outcome[0])
    for bad_row in bad:
        complain(f"left out: {bad_row}")


def _as_csv(store: Store, list_id: str) -> str:
    from watchlist.lists.forms.generic.write import write_generic_csv

    stream = io.StringIO()
    # Names given with 'entities alias' are no part of what an import changes, and stay whatever it does.
    entities = (
        changed(entity, names=tuple(name for name in entity.names if name.origin is NameOrigin.AUTHORITY))
        for entity in store.live_entities(list_id)
    )
    write_generic_csv(entities, stream)
    return stream.getvalue()


def _say(what: str, list_id: str, change: ListChange) -> None:
    say(
        f"{what} {list_id}: {change.added:,} added, {change.changed:,} changed,"
        f" {change.removed:,} removed, {change.unchanged:,} as they were."
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
