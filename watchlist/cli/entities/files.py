"""``watchlist entities import`` and ``undo``, and ``export``."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from watchlist.cli.shared.context import PARTLY_FAILED, invocation
from watchlist.cli.shared.options import AsJson, ListId
from watchlist.cli.shared.output import Column, print_json, print_table
from watchlist.cli.shared.terminal import complain, say
from watchlist.errors import ListParseError, UsageError
from watchlist.model import EntityChange
from watchlist.subjects.in_words import what_changed


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
    from watchlist.steps.asked.listed.imports import ImportOptions, change_words, import_entities, require_importable
    from watchlist.steps.sync import look_back_of

    with invocation(context).app() as parts:
        require_importable(parts.store, list_id, str(file))
        options = ImportOptions(replace, skip_bad, dry_run, look_back_of(parts.config))
        try:
            with sys.stdin.buffer if str(file) == "-" else file.open("rb") as stream:
                done = import_entities(parts.store, list_id, stream, options, parts.clock())
        except OSError as error:
            raise UsageError(f"{file}: {error.strerror}") from error
    if as_json:
        print_json([asdict(each) for each in done.changes])
    else:
        say(f"{'Would change' if dry_run else 'Changed'} {list_id}: {change_words(done.change)}.")
        if dry_run and done.changes:
            _show(done.changes)
    _complain_of(done.bad)
    if done.bad:
        raise typer.Exit(PARTLY_FAILED)


def undo(context: typer.Context, list_id: ListId) -> None:
    """Undo the last import into a list of your own.

    Asked again, it undoes the one before it.
    """
    from watchlist.steps.asked.listed.imports import change_words, undo_import
    from watchlist.steps.sync import look_back_of

    with invocation(context).app() as parts:
        done = undo_import(parts.store, list_id, parts.clock(), look_back_of(parts.config))
    say(f"Undid the import of {done.at:%Y-%m-%d %H:%M} UTC on {list_id}: {change_words(done.change)}.")
    _complain_of(done.bad)


def _complain_of(bad: Iterable[ListParseError]) -> None:
    for bad_row in bad:
        complain(f"left out: {bad_row}")


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
