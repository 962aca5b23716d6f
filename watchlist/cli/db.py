"""``watchlist db``: the tables' version, copies, soundness, and what is old."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from watchlist.cli.shared.confirm import confirm
from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.lazy import noun
from watchlist.cli.shared.output import Column, print_table, when, working
from watchlist.cli.shared.terminal import complain, say
from watchlist.errors import NoDatabaseError, UsageError
from watchlist.model import Cutoffs, Purgeable

app = noun("The database: upgrade, back up, restore, check, copy, purge.", no_args_is_help=True)


@app.callback()
def db() -> None:
    """The database: upgrade, back up, restore, check, copy, purge."""


@app.command()
def upgrade(context: typer.Context) -> None:
    """Take the tables to this program's version.

    In an empty database they are made; no file is.
    """
    from watchlist.storage.store import open_store

    config, _ = invocation(context).config()
    store = open_store(config.database.url, config.database.busy_timeout, any_version=True, creates=False)
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
def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    force: Annotated[bool, typer.Option("--force", help="Overwrite an existing file.")] = False,
) -> None:
    """Copy the database to a file while others work with it.

    The copy is of one moment, and is opened to see that it is whole before it gets its name. One of PostgreSQL is made
    with pg_dump.
    """
    from watchlist.storage.care.backup import back_up

    if file.exists() and not force:
        raise UsageError(f"{file} exists already: name another, or overwrite it with --force")
    url = _url(context)
    with working(f"copying to {file}"):
        size = back_up(url, file)
    say(f"Copied to {file}, {size:,} bytes; it was opened, and is whole.")


@app.command()
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Make the database what a copy of 'db backup' holds.

    No run may be at work meanwhile. What an SQLite file held before is kept beside it.
    """
    from watchlist.app import now
    from watchlist.storage.care.backup import restore as take_back
    from watchlist.storage.database.connect import make_folder, open_engine
    from watchlist.storage.database.lock import run_lock

    config, _ = invocation(context).config()
    if not yes:
        confirm(f"Replace everything in the database by what {file} holds?")
    engine = open_engine(config.database.url, config.database.busy_timeout)
    try:
        make_folder(engine)
        with run_lock(engine), working(f"restoring {file}"):
            engine.dispose()
            kept = take_back(config.database.url, file, now())
    finally:
        engine.dispose()
    say(f"Restored {file}." + (f" What was there before is in {kept}." if kept else ""))
    say("'watchlist status' shows how it stands; 'watchlist db upgrade' takes an older copy to this version.")


@app.command()
def check(context: typer.Context) -> None:
    """Look whether the database is sound.

    Its pages, references, tables and indexes. Reads all of it; others may work meanwhile.
    """
    with invocation(context).store() as store, working("reading the whole database"):
        damage = store.damage()
    for each in damage:
        complain(each)
    if damage:
        say("The last good copy is taken back with 'watchlist db restore FILE'.", err=True)
        raise typer.Exit(1)
    say("The database is sound.")


@app.command()
def vacuum(context: typer.Context) -> None:
    """Give the room back that removed rows took.

    Texts of articles that an earlier version stored as they were are packed first. An SQLite file is written anew,
    which wants as much room again while it lasts, and others wait meanwhile.
    """
    from watchlist.storage.care.backup import vacuum as give_back

    config, _ = invocation(context).config()
    with invocation(context).store() as store:
        before = store.size()
        with working("packing texts"):
            store.pack_texts()
    with working("giving room back"):
        give_back(config.database.url, config.database.busy_timeout)
    with invocation(context).store() as store:
        after = store.size()
    say(f"{before:,} bytes before, {after:,} now.")


@app.command()
def copy(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="FROM")],
    target: Annotated[str, typer.Argument(metavar="TO")],
) -> None:
    """Copy everything to an empty database.

    From SQLite or PostgreSQL to either; both are addresses such as sqlite:///watchlist.db. Each table is read back and
    compared, by the number of its rows and a digest of them, before anything is kept. No run may be at work on the
    first meanwhile.
    """
    from watchlist.storage.care.copying import copy_database
    from watchlist.storage.database.connect import open_engine
    from watchlist.storage.database.lock import run_lock
    from watchlist.storage.database.migrate import is_there

    config, _ = invocation(context).config()
    engine = open_engine(source, config.database.busy_timeout)
    try:
        if not is_there(engine):
            raise NoDatabaseError(source)
        with run_lock(engine), working(f"copying to {target}"):
            copied = list(copy_database(source, target, config.database.busy_timeout))
    finally:
        engine.dispose()
    print_table(
        (Column("table"), Column("rows"), Column("digest")),
        [(each.table, f"{each.rows:,}", each.digest[:16]) for each in copied],
        none="",
    )
    say(f"{sum(each.rows for each in copied):,} rows copied, read back, and the same.", err=True)


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


def _url(context: typer.Context) -> str:
    """The address of the configured database, which is there and of this version."""
    with invocation(context).store():
        return invocation(context).config()[0].database.url


def _print_purged(counts: dict[Purgeable, int], cutoffs: Cutoffs, title: str) -> None:
    def older_than(kind: Purgeable) -> str:
        before: datetime | None = cutoffs.get(kind)
        return when(before, never="never")

    print_table(
        (Column("kind"), Column("older than"), Column(title)),
        [(kind.value, older_than(kind), f"{counts.get(kind, 0):,}") for kind in Purgeable],
        none="",
    )
