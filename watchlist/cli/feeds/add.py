"""``watchlist feeds add``: by the address of a feed or of its site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from watchlist.cli.feeds.discover import discovery, poll_options
from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.terminal import complain, visible
from watchlist.errors import FeedFetchError, FeedParseError, UsageError
from watchlist.model import Feed, FeedForFetch

if TYPE_CHECKING:
    from watchlist.feeds.sources import Discovery
    from watchlist.steps.parts import Parts


def add(
    context: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL")],
    title: Annotated[str | None, typer.Option(help="What people see; default: the feed's own.", metavar="T")] = None,
) -> None:
    """Add a feed, by its address or that of its site.

    The address is asked once; what the feed holds is kept, and screened at the next run.
    """
    if not _is_http(url):
        raise UsageError(f"{url!r} is no address of a feed: it should begin with https:// or http://")
    found = _look_at(context, url)
    address = url if found is None or found.feed is not None else _choose(found)
    if address != url:
        typer.echo(visible(f"{url} is a page; its feed is {address}"))
    with invocation(context).app() as parts:
        feed = parts.store.add_feed(address, title)
        kept = _keep(parts, feed, found) if found is not None else None
    if kept == 0:
        typer.echo(f"Added feed {feed.id}; what it holds is there already.")
    elif kept is not None:
        articles = "1 article" if kept == 1 else f"{kept} articles"
        typer.echo(f"Added feed {feed.id} with {articles}; 'watchlist run --once' screens what is new.")
    elif found is None:
        typer.echo(f"Added feed {feed.id} all the same; 'watchlist feeds check {feed.id}' tries it again.")
    else:
        typer.echo(f"Added feed {feed.id}. 'watchlist feeds check {feed.id}' tries it.")


def _is_http(url: str) -> bool:
    try:
        parts = urlsplit(url)
        # Reading the port is what refuses one that is no number.
        complete = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        return complete and url.isprintable() and " " not in url
    except ValueError:
        return False


def _look_at(context: typer.Context, url: str) -> Discovery | None:
    """What is at an address, found out with one GET.

    None, and a complaint, for one that cannot be read: that may be a slip of the pen, or a server that is down today.
    """
    config, _ = invocation(context).config()
    try:
        return discovery(url, config)
    except (FeedFetchError, FeedParseError) as error:
        complain(error)
        return None


def _choose(found: Discovery) -> str:
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


def _keep(parts: Parts, feed: Feed, found: Discovery) -> int | None:
    """Keep what a feed held when it was looked at; how many articles are new, or None where it must be polled first."""
    from watchlist.feeds.sources import first_poll
    from watchlist.steps.parts import RunReport
    from watchlist.steps.poll import keep_poll

    intent = first_poll(FeedForFetch.of(feed), found, poll_options(parts.config), parts.clock())
    if intent is None:
        return None
    report = RunReport()
    keep_poll(parts, feed, intent, report)
    return report.counts["articles_new"]
