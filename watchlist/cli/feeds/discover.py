"""``watchlist feeds discover``."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.options import AsJson
from watchlist.cli.shared.output import Column, print_json, print_table, working
from watchlist.cli.shared.terminal import visible
from watchlist.health.states import FOUND_IN


def discover(
    context: typer.Context, url: Annotated[str, typer.Argument(metavar="URL")], as_json: AsJson = False
) -> None:
    """Show which feeds a page or a site has.

    Asks for the page, and for the site's robots.txt, once each. Guesses are shown only where nothing is named.
    """
    from watchlist.app import now
    from watchlist.steps.asked.feeds import look_at

    config, _ = invocation(context).config()
    with working("looking"):
        found = look_at(url, config, now(), thorough=True)
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
        [(each.url, each.kind, each.title or "", FOUND_IN[each.source]) for each in found.candidates],
        none="No feeds.",
    )
