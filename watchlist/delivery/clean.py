"""Foreign text made fit for a message: without hidden and control characters, on one line, of bounded length. Pure."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

from watchlist.model import Quote
from watchlist.text.shown import without_hidden

#: Columns of the plain text.
WIDTH = 76

#: Marks that turn the reading order round.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Control characters, and all that is a blank or ends a line (categories Cc, Zs, Zl, Zp): line and paragraph separators
# do in some clients.
_BLANKS = re.compile("[\x00-\x20\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
# Surrogates that belong to no pair can't be sent at all.
_LONE = re.compile("[\ud800-\udfff]")
_ELLIPSIS = "…"


def one_line(text: str, limit: int = 300) -> str:
    """The text as one line of at most ``limit`` characters, without control and hidden ones, cut at a word."""
    return shorten(_cleaned(text).strip(), limit)


def shorten(text: str, limit: int) -> str:
    """The beginning of a text, with an ellipsis where it was cut, if it is longer than ``limit`` characters."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    at_word = head.rsplit(" ", 1)[0]
    # A text without spaces, such as Chinese, is cut where it must be.
    return (at_word if len(at_word) > limit // 2 else head).rstrip() + _ELLIPSIS


def quote_parts(quote: Quote, around: int = 240) -> tuple[str, str, str]:
    """What comes before the mention, the mention, and what comes after, each cleaned and bounded."""
    before = _cleaned(quote.text[: quote.start]).lstrip()
    mention = one_line(quote.text[quote.start : quote.end], 200)
    after = _cleaned(quote.text[quote.end :]).rstrip()
    if len(before) > around:
        tail = before[-around:]
        _, _, at_word = tail.partition(" ")
        before = _ELLIPSIS + (at_word if len(at_word) > around // 2 else tail)
    return before, mention, shorten(after, around)


def listing(values: Sequence[str], limit: int = 8, separator: str = ", ") -> str:
    """The values as one line; of a long list the first few and how many more there are."""
    shown = separator.join(one_line(value, 80) for value in values[:limit])
    return f"{shown} and {len(values) - limit} more" if len(values) > limit else shown


def country(value: str) -> str:
    """A country as readers know it: ISO codes in capitals, an authority's words as they are."""
    return value.upper() if len(value) == 2 else value


def web_link(url: str | None) -> str | None:
    """The address if it can stand as a link: http or https, with a host, without blanks and control characters."""
    if url is None or _cleaned(url) != url or " " in url or len(url) > 2000:
        return None
    try:
        parts = urlsplit(url)
        return url if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def moment(time: datetime) -> str:
    """A time in UTC, to the minute."""
    return time.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def fill(text: str, indent: str = "", subsequent: str | None = None) -> str:
    """The text broken into lines of `WIDTH` columns; words, and so addresses, are never broken."""
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent if subsequent is None else subsequent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _cleaned(text: str) -> str:
    return _LONE.sub("\ufffd", _BLANKS.sub(" ", without_hidden(_TURNING.sub("", text))))
