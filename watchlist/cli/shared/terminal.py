"""What goes to a terminal or a pipe: text from outside made harmless, JSON, and complaints on standard error."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

import typer

#: Control characters but tab and newline, marks that turn the direction of what follows, and halves of characters:
#: in a title or a name they could steer the terminal, or make a line read as another.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """The text with whatever could steer a terminal replaced, one character for one: offsets stay good."""
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", text)


def to_json(value: Any, *, indent: int | None = None) -> str:
    """A value as JSON; what could steer a terminal is written as its escape, which reads back the same."""
    written = json.dumps(value, ensure_ascii=False, indent=indent, default=_plain)
    # The line ends that `indent` makes are none of these, so all that is found stands inside a string.
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def complain(text: object) -> None:
    """Say on standard error what went wrong, in one line."""
    typer.secho(f"watchlist: {' '.join(visible(str(text)).split())}", err=True, fg=typer.colors.RED)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be shown as JSON")
