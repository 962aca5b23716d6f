"""``watchlist feeds``."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated
from urllib.parse import urlsplit

import typer

from watchlist.cli.feeds import details as feed_details
from watchlist.cli.feeds import sources as feeds_sources
from watchlist.cli.shared.context import PARTLY_FAILED, invocation
from watchlist.cli.shared.lazy import noun
from watchlist.cli.shared.output import Column, print_json, print_table, when, working
from watchlist.cli.shared.text import visible
from watchlist.errors import UsageError
from watchlist.model import Feed

app = noun("News feeds: show, add, set, discover, check, import, export.")

app.command("show")(feed_details.show)
app.command("set")(feed_details.set_feed)
app.command("discover")(feeds_sources.discover)
app.command("import")(feeds_sources.import_feeds)
app.command("export")(feeds_sources.export)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
FeedKey = Annotated[str, typer.Argument(metavar="FEED", help="Its number, address or title.")]


@app.callback(invoke_without_command=True)
def feeds(context: typer.Context, as_json: AsJson = False) -> None:
    """News feeds: show, add, set, discover, check, import, export."""
    if context.invoked_subcommand is None:
        list_feeds(context, as_json)


@app.command("list")
def list_feeds(context: typer.Context, as_json: AsJson = False) -> None:
    """Show the feeds and how their last poll went."""
    with invocation(context).store() as store:
        found = store.watched_feeds()
    if as_json:
        print_json([asdict(each) for each in found])
        return
    print_table(
        (
            Column("id"),
            Column("title", words=True),
            Column("url", words=True, spare=3),
            Column("articles", spare=1),
            Column("last good"),
            Column("next", spare=2),
            Column("state", words=True),
        ),
        [
            (
                str(each.id),
                each.title or each.url,
                each.url,
                str(each.article_count),
                when(each.last_success_at),
                when(each.next_check_at, never="now") if each.enabled else "",
                state_of(each),
            )
            for each in found
        ],
        none="No feeds. 'watchlist feeds add URL' adds one.",
    )


def state_of(feed: Feed) -> str:
    """A feed's state in a few words."""
    if not feed.enabled:
        return "gone for good (410), off" if feed.gone_at is not None else "off"
    if feed.last_error is not None:
        return feed.last_error if feed.failures < 2 else f"{feed.last_error} ({feed.failures} times in a row)"
    return "ok" if feed.last_checked_at else "not polled yet"


@app.command()
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
    found = feeds_sources.look_at(context, url)
    address = url if found is None or found.feed is not None else feeds_sources.choose(found)
    if address != url:
        typer.echo(visible(f"{url} is a page; its feed is {address}"))
    with invocation(context).app() as parts:
        feed = parts.store.add_feed(address, title)
        kept = feeds_sources.keep(parts, feed, found) if found is not None else None
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


@app.command()
def remove(context: typer.Context, feed: FeedKey) -> None:
    """Take a feed away; its articles and their alerts stay."""
    with invocation(context).store() as store:
        gone = store.remove_feed(feed)
    typer.echo(f"Removed feed {gone.id}, {gone.url}.")


@app.command()
def enable(context: typer.Context, feed: FeedKey) -> None:
    """Switch a feed on."""
    with invocation(context).store() as store:
        typer.echo(f"Feed {store.switch_feed(feed, on=True).id} is on.")


@app.command()
def disable(context: typer.Context, feed: FeedKey) -> None:
    """Switch a feed off: it is not polled."""
    with invocation(context).store() as store:
        typer.echo(f"Feed {store.switch_feed(feed, on=False).id} is off.")


@app.command()
def check(
    context: typer.Context,
    feed_keys: Annotated[
        list[str] | None, typer.Argument(metavar="FEED", help="Numbers, addresses or titles; default: all.")
    ] = None,
) -> None:
    """Poll feeds now and say how it went.

    What they hold is kept; new articles are screened at the next run.
    """
    from watchlist.steps.parts import RunReport
    from watchlist.steps.poll import poll_feeds

    with invocation(context).app() as parts:
        named = [parts.store.feed(key) for key in feed_keys or ()]
        for feed in named:
            if not feed.enabled:
                raise UsageError(f"feed {feed.id} is off: 'watchlist feeds enable {feed.id}' switches it on")
        chosen = {feed.id for feed in named}
        report = RunReport()
        with working("polling"):
            poll_feeds(parts, report, lambda feed, _now: not chosen or feed.id in chosen)
        for feed in parts.store.watched_feeds():
            if feed.enabled and (not chosen or feed.id in chosen):
                line = f"{feed.id}  {feed.title or feed.url}: {state_of(feed)}, {feed.article_count} articles"
                typer.echo(visible(line))
                if feed.next_reason:
                    typer.echo(visible(f"   next {when(feed.next_check_at)}: {feed.next_reason}"))
    if report.errors:
        raise typer.Exit(PARTLY_FAILED)
