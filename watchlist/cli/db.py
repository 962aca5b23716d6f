"""``watchlist db``."""

from __future__ import annotations

import typer

from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.lazy import noun

app = noun("The database: upgrade its tables.", no_args_is_help=True)


@app.callback()
def db() -> None:
    """The database: upgrade its tables."""


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
