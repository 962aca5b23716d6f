"""``watchlist feeds discover``, and the looking that ``add`` shares with it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.options import AsJson
from watchlist.cli.shared.output import Column, print_json, print_table, working
from watchlist.cli.shared.terminal import visible

if TYPE_CHECKING:
    from watchlist.config import Config
    from watchlist.feeds.poll import PollOptions
    from watchlist.feeds.sources import Discovery

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
        found = discovery(url, config, thorough=True)
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


def discovery(url: str, config: Config, *, thorough: bool = False) -> Discovery:
    """What is at an address; raises FeedFetchError and FeedParseError."""
    from watchlist.app import now
    from watchlist.feeds.sources import discover

    return discover(url, poll_options(config), now(), thorough=thorough)


def poll_options(config: Config) -> PollOptions:
    """How feeds are asked, as configured."""
    from watchlist.feeds.poll import PollOptions

    return PollOptions(fetch=config.fetch, schedule=config.schedule, keep=config.keeps_evidence)
