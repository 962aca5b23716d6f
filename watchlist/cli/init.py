"""``watchlist init``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.lazy import noun
from watchlist.config import default_config
from watchlist.errors import ConfigError, UsageError

app = noun()


@app.command()
def init(
    context: typer.Context, force: Annotated[bool, typer.Option("--force", help="Overwrite an existing file.")] = False
) -> None:
    """Write a fresh, commented config.yaml, and make the database."""
    path = invocation(context).config_path or Path("config.yaml")
    if path.exists() and not force:
        raise UsageError(f"{path} exists already: 'watchlist init --force' overwrites it")
    try:
        # It may come to hold a password.
        path.touch(mode=0o600)
        path.write_text(default_config().read_text(encoding="utf-8"), encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"cannot be written: {error.strerror}", path=path) from error
    with replace(invocation(context), config_path=path).store(creates=True):
        pass
    typer.echo(f"Wrote {path}. Look it through, then:")
    typer.echo("  watchlist lists sync     fetch the official lists")
    typer.echo("  watchlist run --once     pull the feeds, screen them, send alerts")
    typer.echo("  watchlist status         see how everything stands")
