"""``watchlist feeds show`` and ``watchlist feeds set``."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.output import Column, print_json, print_table, when
from watchlist.cli.shared.text import visible
from watchlist.errors import UsageError
from watchlist.model import Feed, FeedPoll, FullText

FeedKey = Annotated[str, typer.Argument(metavar="FEED", help="Its number, address or title.")]

#: Polls shown of the fifty that are kept.
_SHOWN = 10


def show(
    context: typer.Context,
    feed: FeedKey,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, with every poll that is kept.")] = False,
) -> None:
    """Show a feed, its last polls, and why the next comes when."""
    with invocation(context).store() as store:
        found = store.feed(feed)
        polls = store.feed_polls(found.id)
    if as_json:
        print_json({**asdict(found), "polls": [asdict(poll) for poll in polls]})
        return
    for label, value in _lines(found):
        typer.echo(visible(f"{label:12} {value}"))
    if polls:
        typer.echo()
        _print_polls(polls[:_SHOWN])


def _lines(feed: Feed) -> list[tuple[str, str]]:
    from watchlist.cli.feeds.commands import state_of
    from watchlist.feeds.schedule import told

    lines = [
        ("feed", str(feed.id)),
        ("title", feed.title or ""),
        ("address", feed.url),
        ("folder", feed.folder or ""),
        ("state", state_of(feed)),
        ("articles", str(feed.article_count)),
        ("full text", feed.full_text),
    ]
    if feed.every is not None:
        lines.append(("every", told(feed.every)))
    if feed.moved_to is not None:
        since = f"since {when(feed.moved_since)}, {feed.moved_polls} polls"
        how = "fetched from there" if feed.adopted else "fetched from there once that has held for a week"
        lines.append(("moved to", f"{feed.moved_to} ({since}; {how})"))
    if feed.habit.gap is not None:
        usual = f"something new about every {told(feed.habit.gap)}, last {when(feed.habit.changed_at)}"
        lines.append(("habit", usual))
    lines.append(("last good", when(feed.last_success_at)))
    if feed.enabled:
        reason = f": {feed.next_reason}" if feed.next_reason else ""
        lines.append(("next poll", f"{when(feed.next_check_at, never='now')}{reason}"))
    return [(label, value) for label, value in lines if value]


def _print_polls(polls: tuple[FeedPoll, ...]) -> None:
    print_table(
        (Column("poll"), Column("status"), Column("new"), Column("took"), Column("error", words=True)),
        [
            (when(poll.at), str(poll.status or ""), str(poll.new), f"{poll.seconds:.1f} s", poll.error or "")
            for poll in polls
        ],
        none="",
    )


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
    values: dict[str, Any] = {}
    if title is not None:
        values["title"] = title
    if every is not None:
        values["every"] = None if every == "default" else _duration(every)
    if full_text is not None:
        values["full_text"] = full_text
    if folder is not None:
        values["folder"] = folder or None
    if not values:
        raise UsageError("nothing to change: give --title, --every, --full-text or --folder")
    with invocation(context).store() as store:
        changed = store.set_feed(feed, values)
    typer.echo(f"Feed {changed.id} is changed. 'watchlist feeds show {changed.id}' shows it.")


def _duration(text: str) -> float:
    from pydantic import TypeAdapter, ValidationError

    from watchlist.config.values import Seconds

    try:
        return float(TypeAdapter(Seconds).validate_python(text))
    except ValidationError as error:
        raise UsageError(f"{text!r} is no duration: write a number with s, m, h or d, such as 30m") from error
