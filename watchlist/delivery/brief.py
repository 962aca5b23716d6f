"""A message in a few lines, for chats and pushes. Pure."""

from __future__ import annotations

from watchlist.delivery.bulletin import caption_of
from watchlist.delivery.clean import one_line, shorten, web_link
from watchlist.delivery.render import render
from watchlist.ports import Message

#: Alerts and notices that get a line.
_MOST_LINES = 15


def brief(message: Message, limit: int) -> str:
    """The subject, and a line for each alert or notice with its address; at most ``limit`` characters."""
    subject = render(message).subject.removeprefix("[watchlist] ")
    lines = [
        f"{caption_of(each, 60)} ({each.entity.list_id}): {one_line(each.article_title, 120)}"
        f" {web_link(each.article_url) or ''}".rstrip()
        for each in message.alerts[:_MOST_LINES]
    ]
    lines += [one_line(each.text, 300) for each in message.notices[:_MOST_LINES]]
    more = len(message.alerts) + len(message.notices) - len(lines)
    if more:
        lines.append(f"and {more} more: watchlist alerts list")
    if message.missed is not None:
        lines.append(f"{message.missed.count} earlier alerts could not be told: watchlist deliveries list --failed")
    return shorten("\n".join([subject, *lines]), limit)
