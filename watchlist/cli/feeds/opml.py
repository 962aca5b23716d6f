"""``watchlist feeds import`` and ``export``: the feeds as OPML."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from watchlist.cli.shared.context import PARTLY_FAILED, invocation
from watchlist.cli.shared.terminal import complain, visible
from watchlist.errors import UsageError


def import_feeds(
    context: typer.Context,
    path: Annotated[str, typer.Argument(metavar="FILE|-", help="An OPML file; - for standard input.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be added.")] = False,
) -> None:
    """Add the feeds of an OPML file, with their folders.

    Other feed readers export such files. Feeds that are there already stay as they are.
    """
    from watchlist.steps.asked.feeds import import_opml

    try:
        body = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from error
    with invocation(context).store() as store:
        found = import_opml(store, body, path, dry_run=dry_run)
    if dry_run:
        for each in found.new:
            typer.echo(visible("\t".join((each.url, each.title or "", each.folder or ""))))
    for problem in found.problems:
        complain(f"{path}: {problem}")
    typer.echo(found.in_words(dry_run=dry_run))
    if found.problems:
        raise typer.Exit(PARTLY_FAILED)


def export(
    context: typer.Context,
    path: Annotated[str, typer.Argument(metavar="FILE|-", help="Where to; - for standard output.")] = "-",
) -> None:
    """Write the feeds as OPML, with their folders."""
    from watchlist.app import now
    from watchlist.steps.asked.feeds import export_opml

    with invocation(context).store() as store:
        written, count = export_opml(store, now())
    if path == "-":
        typer.echo(written.decode("utf-8"), nl=False)
    else:
        Path(path).write_bytes(written)
        typer.echo(visible(f"Wrote {count} {'feed' if count == 1 else 'feeds'} to {path}."))
