"""``watchlist feeds import`` and ``export``: the feeds as OPML."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from watchlist.cli.shared.context import PARTLY_FAILED, invocation
from watchlist.cli.shared.terminal import complain, visible
from watchlist.errors import FeedParseError, UsageError


def import_feeds(
    context: typer.Context,
    path: Annotated[str, typer.Argument(metavar="FILE|-", help="An OPML file; - for standard input.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be added.")] = False,
) -> None:
    """Add the feeds of an OPML file, with their folders.

    Other feed readers export such files. Feeds that are there already stay as they are.
    """
    from watchlist.feeds.reading.opml import OpmlFeed, read_opml
    from watchlist.model import FeedToAdd
    from watchlist.news.identity import canonical_url

    try:
        body = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        found = read_opml(body, path)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from error
    except FeedParseError as error:
        raise UsageError(str(error)) from error
    with invocation(context).store() as store:
        known = {canonical_url(each.url) for each in store.watched_feeds()}
        new: dict[str, OpmlFeed] = {}
        for each in found.feeds:
            if (address := canonical_url(each.url)) not in known:
                new.setdefault(address, each)
        if not dry_run:
            store.add_feeds([FeedToAdd(each.url, each.title, each.folder) for each in new.values()])
    if dry_run:
        for each in new.values():
            typer.echo(visible("\t".join((each.url, each.title or "", each.folder or ""))))
    for problem in found.problems:
        complain(f"{path}: {problem}")
    there = len(found.feeds) - len(new)
    typer.echo(
        f"{'Would add' if dry_run else 'Added'} {len(new)} {'feed' if len(new) == 1 else 'feeds'};"
        f" {there} there already or twice in the file, {len(found.problems)} could not be read."
    )
    if found.problems:
        raise typer.Exit(PARTLY_FAILED)


def export(
    context: typer.Context,
    path: Annotated[str, typer.Argument(metavar="FILE|-", help="Where to; - for standard output.")] = "-",
) -> None:
    """Write the feeds as OPML, with their folders."""
    from watchlist.app import now
    from watchlist.feeds.reading.opml import OpmlFeed, write_opml

    with invocation(context).store() as store:
        folders = store.feed_folders()
        feeds = [
            OpmlFeed(each.url, each.title, folders.get(each.id))
            for each in store.watched_feeds()
            # What is handed over by another program has no address that a reader could ask.
            if each.url.startswith(("http://", "https://"))
        ]
    written = write_opml(feeds, "Feeds of watchlist", now())
    if path == "-":
        typer.echo(written.decode("utf-8"), nl=False)
    else:
        Path(path).write_bytes(written)
        typer.echo(visible(f"Wrote {len(feeds)} {'feed' if len(feeds) == 1 else 'feeds'} to {path}."))
