"""``watchlist ingest``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from watchlist.cli.shared.context import PARTLY_FAILED, invocation
from watchlist.cli.shared.lazy import noun
from watchlist.cli.shared.terminal import complain
from watchlist.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from io import BufferedReader

    from watchlist.feeds.files import Problem, Reading
    from watchlist.news.entry import ParsedEntry
    from watchlist.storage.store import Store

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
    from watchlist.storage.database.rows import chunks

    if path != "-" and not Path(path).exists():
        raise UsageError(f"{path}: no such file or folder")
    count = waiting = problems = 0
    with ExitStack() as stack:
        store = stack.enter_context(invocation(context).store())
        reading = Reading(stack.enter_context(Sandbox(1)), now())
        scope, feed_id = _feed(store, feed)
        for part in chunks(_read(path, reading), _CHUNK):
            bad = [each for each in part if isinstance(each, Problem)]
            good = [each for each in part if not isinstance(each, Problem)]
            for each in bad[: max(0, _SHOWN - problems)]:
                complain(f"{each.place}: {each.reason}")
            problems += len(bad)
            count += len(good)
            waiting += _keep(store, good, reading, scope, feed_id)
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


def _feed(store: Store, name: str | None) -> tuple[str, int | None]:
    """What guids are unique within, and the feed's number; articles without a feed have one scope together."""
    from watchlist.storage.news.sources import INGEST

    if name is None:
        return INGEST, None
    if not name.strip() or not name.isprintable():
        raise UsageError("--feed wants the number, address or title of a feed, or a name for a new one")
    try:
        found = store.feed(name)
    except NotFoundError:
        return f"{INGEST}{name}", store.ingest_feed(name)
    return found.url, found.id


def _keep(store: Store, entries: list[ParsedEntry], reading: Reading, scope: str, feed_id: int | None) -> int:
    from watchlist.feeds.intents import make_articles
    from watchlist.feeds.reading.document import ParsedFeed
    from watchlist.feeds.sandbox.sandbox import Failed
    from watchlist.model import FeedForFetch

    if not entries:
        return 0
    texts = json.dumps([(each.lang, each.title, each.text) for each in entries]).encode("ascii")
    langs = reading.sandbox.run("langs", {}, texts, reading.deadline)
    if not isinstance(langs, Failed):
        entries = [replace(each, lang=lang) for each, lang in zip(entries, langs, strict=True)]
    found = ParsedFeed(None, "files", None, tuple(entries))
    made = make_articles(found, FeedForFetch(feed_id or 0, scope), reading.now)
    return store.keep_articles([replace(each, feed_id=feed_id) for each in made])
