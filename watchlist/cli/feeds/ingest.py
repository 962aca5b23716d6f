"""``watchlist ingest``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from watchlist.cli.shared.context import PARTLY_FAILED, invocation
from watchlist.cli.shared.lazy import noun
from watchlist.cli.shared.terminal import complain
from watchlist.errors import UsageError

if TYPE_CHECKING:
    from io import BufferedReader

    from watchlist.feeds.files import Problem, Reading
    from watchlist.news.entry import ParsedEntry

app = noun()

#: Articles to a transaction: what is stored when a pipe breaks.
_CHUNK = 100
#: Complaints that are shown one by one.
_SHOWN = 20


@app.command()
def ingest(
    context: typer.Context,
    path: Annotated[
        str, typer.Argument(metavar="PATH|-", help="A folder, a file, or - for JSON lines on standard input.")
    ] = "-",
    feed: Annotated[
        str | None, typer.Option(help="The feed they belong to: one that is there, or a name.", metavar="NAME")
    ] = None,
) -> None:
    """Take in articles from files, folders or a pipe.

    Whatever program fetched them; the next run screens them. A line of JSON is an article:
    {"title", "text", "url", "id", "published_at", "lang"}, where a title or a text is enough. Files may also be texts,
    HTML pages, feeds and JSON, in folders within folders, each compressed with gzip or not. The same articles again
    change nothing.
    """
    from watchlist.app import now
    from watchlist.feeds.files import Problem, Reading
    from watchlist.feeds.sandbox.sandbox import Sandbox
    from watchlist.steps.asked.ingest import keep_entries, scope_of

    if path != "-" and not Path(path).exists():
        raise UsageError(f"{path}: no such file or folder")
    count = waiting = problems = 0
    keep = invocation(context).config()[0].keeps_evidence
    with ExitStack() as stack:
        store = stack.enter_context(invocation(context).store())
        reading = Reading(stack.enter_context(Sandbox(1)), now(), keep=keep)
        scope = scope_of(store, feed)
        for part in _chunks(_read(path, reading)):
            bad = [each for each in part if isinstance(each, Problem)]
            good = [each for each in part if not isinstance(each, Problem)]
            for each in bad[: max(0, _SHOWN - problems)]:
                complain(f"{each.place}: {each.reason}")
            problems += len(bad)
            count += len(good)
            waiting += keep_entries(store, good, reading, scope)
    if problems > _SHOWN:
        complain(f"... and {problems - _SHOWN} more that could not be read")
    what = f"{count} {'article' if count == 1 else 'articles'} read, {waiting} new or changed"
    typer.echo(f"{what}, {problems} could not be read." if problems else f"{what}.")
    if waiting:
        typer.echo("'watchlist run --once' screens them.")
    if problems:
        raise typer.Exit(PARTLY_FAILED)


def _read(path: str, reading: Reading) -> Iterator[ParsedEntry | Problem]:
    from watchlist.feeds.files import read_path, read_stream

    if path == "-":
        return read_stream(cast("BufferedReader", sys.stdin.buffer), "standard input", reading)
    return read_path(Path(path), reading)


def _chunks(found: Iterator[ParsedEntry | Problem]) -> Iterator[list[ParsedEntry | Problem]]:
    while part := list(islice(found, _CHUNK)):
        yield part
