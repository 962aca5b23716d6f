"""``watchlist feeds set``, ``remove``, ``enable`` and ``disable``."""

from __future__ import annotations

from typing import Annotated

import typer

from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.options import FeedKey
from watchlist.cli.shared.terminal import say
from watchlist.model import FullText


def set_feed(
    context: typer.Context,
    feed: FeedKey,
    title: Annotated[str | None, typer.Option(help="What people see.", metavar="T")] = None,
    every: Annotated[
        str | None, typer.Option(help="The shortest time between two polls, such as 30m; 'default' unsets it.")
    ] = None,
    full_text: Annotated[FullText | None, typer.Option(help="Whether the pages of its articles are fetched.")] = None,
    folder: Annotated[str | None, typer.Option(help="Its folder, with / between the levels; '' for none.")] = None,
) -> None:
    """Change a feed of yours: title, interval, full text, folder.

    What the configuration file declares is changed there.
    """
    from watchlist.steps.asked.feeds import set_feed as set_values

    given = {"title": title, "every": every, "full_text": full_text, "folder": folder}
    with invocation(context).store() as store:
        changed = set_values(store, feed, given)
    say(f"Feed {changed.id} is changed. 'watchlist feeds show {changed.id}' shows it.")


def remove(context: typer.Context, feed: FeedKey) -> None:
    """Take a feed away; its articles and their alerts stay."""
    with invocation(context).store() as store:
        gone = store.remove_feed(feed)
    say(f"Removed feed {gone.id}, {gone.url}.")


def enable(context: typer.Context, feed: FeedKey) -> None:
    """Switch a feed on."""
    with invocation(context).store() as store:
        say(f"Feed {store.switch_feed(feed, on=True).id} is on.")


def disable(context: typer.Context, feed: FeedKey) -> None:
    """Switch a feed off: it is not polled."""
    with invocation(context).store() as store:
        say(f"Feed {store.switch_feed(feed, on=False).id} is off.")
