"""``watchlist feeds add``: by the address of a feed or of its site."""

from __future__ import annotations

from typing import Annotated

import typer

from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.terminal import complain, visible


def add(
    context: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL")],
    title: Annotated[str | None, typer.Option(help="What people see; default: the feed's own.", metavar="T")] = None,
) -> None:
    """Add a feed, by its address or that of its site.

    The address is asked once; what the feed holds is kept, and screened at the next run.
    """
    from watchlist.steps.asked.feeds import add_feed

    with invocation(context).app() as parts:
        found = add_feed(parts, parts.store, url, title)
    feed, kept = found.feed, found.articles
    if found.unread is not None:
        complain(found.unread)
    elif feed.url != found.asked:
        typer.echo(visible(f"{found.asked} is a page; its feed is {feed.url}"))
    if kept == 0:
        typer.echo(f"Added feed {feed.id}; what it holds is there already.")
    elif kept is not None:
        articles = "1 article" if kept == 1 else f"{kept} articles"
        typer.echo(f"Added feed {feed.id} with {articles}; 'watchlist run --once' screens what is new.")
    elif found.unread is not None:
        typer.echo(f"Added feed {feed.id} all the same; 'watchlist feeds check {feed.id}' tries it again.")
    else:
        typer.echo(f"Added feed {feed.id}. 'watchlist feeds check {feed.id}' tries it.")
