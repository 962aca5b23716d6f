"""``watchlist index``: what is screened for, as one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.lazy import noun
from watchlist.cli.shared.options import AsJson
from watchlist.cli.shared.output import Column, print_facts, print_json, print_table, working
from watchlist.errors import UsageError

app = noun("What is screened for, compiled into one file: build, info.", no_args_is_help=True)

_FILE = Annotated[Path, typer.Argument(metavar="FILE")]


@app.command()
def build(
    context: typer.Context,
    file: _FILE,
    lists: Annotated[
        str | None, typer.Option(help="These lists only; default: all that are on.", metavar="L,...")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Compile the lists into one file that needs no database.

    'watchlist archive screen --index FILE' screens with it, on this machine or another with the same version of the
    program.
    """
    from watchlist.steps.asked.index_file import as_plain, read_index_file, write_index_file

    chosen = None
    if lists is not None:
        chosen = frozenset(filter(None, (each.strip() for each in lists.split(","))))
        if not chosen:
            raise UsageError("--lists names no list: write ids with commas between them")
    with invocation(context).app() as parts, working("compiling"):
        write_index_file(parts.store, file, parts.index_dir, parts.clock(), chosen)
    found = read_index_file(file)
    if as_json:
        print_json(as_plain(found))
        return
    typer.echo(f"{file}: {found.entities:,} entities with {found.names:,} names, {found.size / 1e6:.1f} MB.")


@app.command()
def info(file: _FILE, as_json: AsJson = False) -> None:
    """Show what an index file holds, and of which engine it is."""
    from watchlist.matching.version import engine_version
    from watchlist.steps.asked.index_file import as_plain, read_index_file

    found = read_index_file(file)
    if as_json:
        print_json(as_plain(found))
        return
    verdict = "" if found.usable else f", and this program's is {engine_version()}: build it again"
    print_facts(
        (
            ("file", str(found.path)),
            ("engine", f"{found.engine_version}{verdict}"),
            ("made", found.made_at or ""),
            ("entities", f"{found.entities:,}"),
            ("names", f"{found.names:,}"),
            ("size", f"{found.size / 1e6:.1f} MB"),
        )
    )
    typer.echo()
    print_table(
        (Column("list"), Column("snapshot"), Column("entities"), Column("names")),
        [(each.id, each.snapshot, _number(each.entities), _number(each.names)) for each in found.lists],
        none="It names no list.",
    )


def _number(count: int | None) -> str:
    return "" if count is None else f"{count}"
