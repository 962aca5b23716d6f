"""``watchlist feeds discover``, ``import`` and ``export``."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchlist.cli.shared.context import PARTLY_FAILED, invocation
from watchlist.cli.shared.output import Column, print_json, print_table, working
from watchlist.cli.shared.text import complain, visible
from watchlist.errors import FeedFetchError, FeedParseError, UsageError
from watchlist.model import Feed, FeedForFetch

if TYPE_CHECKING:
    from watchlist.config import Config
    from watchlist.feeds.poll import PollOptions
    from watchlist.feeds.sources import Discovery
    from watchlist.steps.parts import Parts

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]

_SOURCES = {
    "page": "named by the page",
    "link": "linked from the page",
    "robots": "named by robots.txt",
    "guess": "a guess, not tried",
}


def discover(
    context: typer.Context, url: Annotated[str, typer.Argument(metavar="URL")], as_json: AsJson = False
) -> None:
    """Show which feeds a page or a site has.

    Asks for the page, and for the site's robots.txt, once each. Guesses are shown only where nothing is named.
    """
    config, _ = invocation(context).config()
    with working("looking"):
        found = _discover(url, config, thorough=True)
    if as_json:
        feed = found.feed and {"form": found.feed.form, "title": found.feed.title, "entries": len(found.feed.entries)}
        print_json({"url": found.url, "feed": feed, "candidates": [asdict(each) for each in found.candidates]})
        return
    if found.feed is not None:
        title = f" “{found.feed.title}”" if found.feed.title else ""
        typer.echo(visible(f"{found.url} is a feed itself:{title} ({found.feed.form})"))
        return
    print_table(
        (Column("url", words=True), Column("kind"), Column("title", words=True), Column("found", words=True, spare=1)),
        [(each.url, each.kind, each.title or "", _SOURCES[each.source]) for each in found.candidates],
        none="No feeds.",
    )


def look_at(context: typer.Context, url: str) -> Discovery | None:
    """What is at an address, found out with one GET.

    None, and a complaint, for one that cannot be read: that may be a slip of the pen, or a server that is down today.
    """
    config, _ = invocation(context).config()
    try:
        return _discover(url, config)
    except (FeedFetchError, FeedParseError) as error:
        complain(error)
        return None


def choose(found: Discovery) -> str:
    """The feed that a page means; raises UsageError, with what there is to choose from, where it is not clear."""
    from watchlist.feeds.reading.discover import main_candidate

    if (main := main_candidate(found.candidates)) is not None:
        return main.url
    if not found.candidates:
        raise UsageError(
            f"{found.url} is a page that names no feed: 'watchlist feeds discover {found.url}' looks further"
        )
    listed = ", ".join(each.url + (f" ({each.title})" if each.title else "") for each in found.candidates[:20])
    raise UsageError(f"{found.url} is a page that names several feeds; add one of them by its address: {listed}")


def keep(parts: Parts, feed: Feed, found: Discovery) -> int | None:
    """Keep what a feed held when it was looked at; how many articles are new, or None where it must be polled first."""
    from watchlist.feeds.sources import first_poll
    from watchlist.steps.parts import RunReport
    from watchlist.steps.poll import keep_poll

    intent = first_poll(FeedForFetch.of(feed), found, _options(parts.config), parts.clock())
    if intent is None:
        return None
    report = RunReport()
    keep_poll(parts, feed, intent, report)
    return report.counts["articles_new"]


def _discover(url: str, config: Config, *, thorough: bool = False) -> Discovery:
    from watchlist.app import now
    from watchlist.feeds.sources import discover

    return discover(url, _options(config), now(), thorough=thorough)


def _options(config: Config) -> PollOptions:
    from watchlist.feeds.poll import PollOptions

    return PollOptions(fetch=config.fetch, schedule=config.schedule)


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
