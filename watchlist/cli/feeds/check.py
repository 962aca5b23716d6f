"""``watchlist feeds check``."""

from __future__ import annotations

from typing import Annotated

import typer

from watchlist.cli.shared.context import PARTLY_FAILED, invocation
from watchlist.cli.shared.output import when, working
from watchlist.cli.shared.terminal import visible
from watchlist.errors import UsageError
from watchlist.health.states import feed_state


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
            if feed.undeclared_at is not None:
                raise UsageError(f"feed {feed.id} is {feed_state(feed)}")
            if not feed.enabled:
                raise UsageError(f"feed {feed.id} is off: 'watchlist feeds enable {feed.id}' switches it on")
        chosen = {feed.id for feed in named}
        report = RunReport()
        with working("polling"):
            poll_feeds(parts, report, lambda feed, _now: not chosen or feed.id in chosen)
        for feed in parts.store.watched_feeds():
            if feed.enabled and (not chosen or feed.id in chosen):
                line = f"{feed.id}  {feed.title or feed.url}: {feed_state(feed)}, {feed.article_count} articles"
                typer.echo(visible(line))
                if feed.next_reason:
                    typer.echo(visible(f"   next {when(feed.next_check_at)}: {feed.next_reason}"))
    if report.errors:
        raise typer.Exit(PARTLY_FAILED)
