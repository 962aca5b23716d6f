"""``watchlist db``: the tables' version, and what is old."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Annotated

import typer

from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.lazy import noun
from watchlist.cli.shared.output import Column, print_table, when, working
from watchlist.model import Cutoffs, Purgeable

app = noun("The database: upgrade its tables, remove what is old.", no_args_is_help=True)


@app.callback()
def db() -> None:
    """The database: upgrade its tables, remove what is old."""


@app.command()
def upgrade(context: typer.Context) -> None:
    """Take the tables to this program's version.

    In an empty database they are made.
    """
    from watchlist.storage.store import open_store

    config, _ = invocation(context).config()
    store = open_store(config.database.url, config.database.busy_timeout, any_version=True)
    try:
        before, after = store.upgrade()
    finally:
        store.close()
    if before == after:
        typer.echo(f"The database is at version {after} already.")
    elif before is None:
        typer.echo(f"Made the tables, at version {after}.")
    else:
        typer.echo(f"Upgraded the database from version {before} to {after}.")


@app.command()
def purge(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be removed.")] = False,
) -> None:
    """Remove what is older than the configuration keeps it.

    What an alert rests on stays, and that an article was screened is known longer than its words. A run does the same
    once a day; this may be done beside it.
    """
    from watchlist.app import now
    from watchlist.steps.purge import cutoffs_of, purge

    retention = invocation(context).config()[0].retention
    at = now()
    cutoffs = cutoffs_of(retention, at)
    with invocation(context).store() as store:
        if dry_run:
            _print_purged(store.purgeable(cutoffs, at), cutoffs, "to remove")
            return
        removed: Counter[Purgeable] = Counter()
        with working("removing what is old"):
            for part in purge(store, retention, now):
                removed += part
    _print_purged(removed, cutoffs, "removed")


def _print_purged(counts: dict[Purgeable, int], cutoffs: Cutoffs, title: str) -> None:
    def older_than(kind: Purgeable) -> str:
        before: datetime | None = cutoffs.get(kind)
        return when(before, never="never")

    print_table(
        (Column("kind"), Column("older than"), Column(title)),
        [(kind.value, older_than(kind), f"{counts.get(kind, 0):,}") for kind in Purgeable],
        none="",
    )
