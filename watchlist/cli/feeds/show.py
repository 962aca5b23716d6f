"""``watchlist feeds``, ``feeds list`` and ``feeds show``: how the feeds stand."""

from __future__ import annotations

from typing import Annotated

import typer

from watchlist.answers.watched import feed_in_full, feed_json
from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.options import AsJson, FeedKey
from watchlist.cli.shared.output import Column, print_facts, print_json, print_table, shows_tables, when
from watchlist.cli.shared.terminal import visible
from watchlist.health.states import feed_state
from watchlist.model import Feed, FeedPoll

#: Polls shown of the fifty that are kept.
_SHOWN = 10


def list_feeds(context: typer.Context, as_json: AsJson = False) -> None:
    """Show the feeds and how their last poll went."""
    with invocation(context).store() as store:
        found = store.watched_feeds()
    if as_json:
        print_json(list(map(feed_json, found)))
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
                feed_state(each),
            )
            for each in found
        ],
        none="No feeds. 'watchlist feeds add URL' adds one.",
    )


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
        print_json(feed_in_full(found, polls))
        return
    if shows_tables():
        print_facts(_lines(found))
    else:
        for label, value in _lines(found):
            typer.echo(visible(f"{label:12} {value}"))
    if polls:
        typer.echo()
        _print_polls(polls[:_SHOWN])


def _lines(feed: Feed) -> list[tuple[str, str]]:
    from watchlist.feeds.schedule import duration_words

    lines = [
        ("feed", str(feed.id)),
        ("title", feed.title or ""),
        ("address", feed.url),
        ("folder", feed.folder or ""),
        ("state", feed_state(feed)),
        ("articles", str(feed.article_count)),
        ("full text", feed.full_text),
    ]
    if feed.every is not None:
        lines.append(("every", duration_words(feed.every)))
    if feed.moved_to is not None:
        since = f"since {when(feed.moved_since)}, {feed.moved_polls} polls"
        how = "fetched from there" if feed.adopted else "fetched from there once that has held for a week"
        lines.append(("moved to", f"{feed.moved_to} ({since}; {how})"))
    if feed.habit.gap is not None:
        usual = f"something new about every {duration_words(feed.habit.gap)}, last {when(feed.habit.changed_at)}"
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
