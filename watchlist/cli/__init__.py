"""The command line: one room for each noun, imported when its command is used.

A command reads its arguments, asks a step or the store, and shows the answer. What it shows is found and decided
elsewhere.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from shutil import get_terminal_size
from typing import Annotated

import typer

from watchlist import __version__
from watchlist.cli.shared.context import Invocation, exit_code
from watchlist.cli.shared.lazy import LazyGroup
from watchlist.cli.shared.terminal import complain, write_anything
from watchlist.errors import WatchlistError

#: Command to the module that holds it, and the line that help shows; a test holds the lines to the modules' own.
COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("watchlist.cli.init", "Write a fresh, commented config.yaml, and make the database."),
    "demo": ("watchlist.cli.demo", "Show the whole job on bundled input, in its own database."),
    "run": ("watchlist.cli.run", "Do everything that is due: as a daemon, or once for cron."),
    "serve": ("watchlist.cli.serve", "Serve a page to judge alerts on, and an API for programs."),
    "users": ("watchlist.cli.users.commands", "Who may use the page and the API: accounts, roles, tokens."),
    "status": ("watchlist.cli.health.status", "Show on one screen how everything stands."),
    "workers": ("watchlist.cli.health.workers", "Show who is at work on the database, and what each does."),
    "faults": ("watchlist.cli.health.faults", "What does not work: list it, acknowledge it."),
    "doctor": ("watchlist.cli.health.doctor", "Look at all that has to work, and how to mend it."),
    "lists": ("watchlist.cli.lists.commands", "Watch lists: show, sync, create, remove, switch on and off."),
    "entities": ("watchlist.cli.entities.commands", "Listed names: search, show, add, edit, import and export."),
    "feeds": ("watchlist.cli.feeds.commands", "News feeds: show, add, set, discover, check, import, export."),
    "ingest": ("watchlist.cli.feeds.ingest", "Take in articles from files, folders or a pipe."),
    "screen": ("watchlist.cli.screening.screen", "Find listed names in a text, a page or a file of articles."),
    "rescreen": ("watchlist.cli.alerts.rescreen", "Screen stored articles again with the lists as they are now."),
    "replay": ("watchlist.cli.alerts.replay", "Show what another threshold would raise or drop."),
    "match": ("watchlist.cli.screening.match", "Compare two names, or a file of pairs."),
    "languages": ("watchlist.cli.screening.languages", "The languages that texts are read in, and their packs."),
    "index": ("watchlist.cli.archive.index", "What is screened for, compiled into one file: build, info."),
    "archive": ("watchlist.cli.archive.commands", "Archives of any size: screen them, report, load alerts."),
    "alerts": ("watchlist.cli.alerts.commands", "Alerts: list them, show their evidence, judge them."),
    "suppressions": (
        "watchlist.cli.triage.suppressions",
        "What opens no alerts, since somebody dismissed its like.",
    ),
    "silences": ("watchlist.cli.triage.silences", "Whose alerts are listed and not told for a while."),
    "audit": ("watchlist.cli.triage.audit", "What led to an alert, and that an article was screened."),
    "channels": (
        "watchlist.cli.channels.commands",
        "Channels: how they stand, try one out, see what goes there.",
    ),
    "routes": ("watchlist.cli.routes.commands", "Routes: which alerts go where and when, and why."),
    "deliveries": ("watchlist.cli.deliveries.commands", "Messages about alerts: waiting, sent and failed."),
    "db": ("watchlist.cli.db", "The database: upgrade, back up, restore, check, copy, purge."),
}


class _Root(LazyGroup):
    modules = COMMANDS


app = typer.Typer(
    cls=_Root,
    help="Watch news feeds for mentions of sanctioned people, companies, vessels and organisations.",
    no_args_is_help=True,
    rich_markup_mode=None,
    # The library's own least is 50 columns.
    context_settings={"terminal_width": max(min(get_terminal_size().columns, 80) - 2, 38)},
    # A traceback with local variables could show a password.
    pretty_exceptions_enable=False,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"watchlist {__version__}")
        raise typer.Exit


@app.callback()
def root(
    context: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(help="Configuration file; default: config.yaml here, if any.", metavar="PATH"),
    ] = None,
    database: Annotated[
        str | None, typer.Option(help="Database, in place of the configured one.", metavar="URL")
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Options of every command."""
    context.obj = Invocation(config, database)


def _start_quickly() -> None:
    """Spare a short command a third of its time, in things that no command gains from."""
    # Importing makes many objects and no garbage.
    gc.set_threshold(200_000, 20, 20)
    # A process that ends gives its memory back by ending, without looking through it for cycles.
    atexit.register(gc.freeze)
    # Looking for plugins reads the metadata of every installed package.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with the code of `exit_code`."""
    _start_quickly()
    write_anything()
    try:
        app(list(arguments) if arguments is not None else None, prog_name="watchlist")
    except WatchlistError as error:
        complain(error)
        sys.exit(exit_code(error))
    except OSError as error:
        # A full disk, a folder that may not be written: nothing that a traceback would explain better.
        complain(f"{error.filename}: {error.strerror}" if error.filename else error)
        sys.exit(1)
