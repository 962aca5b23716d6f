"""What goes to a terminal or a pipe: text from outside made harmless, JSON, and complaints on standard error."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import typer

from watchlist.cli.shared.encoding import lacks_characters
from watchlist.text.masked import without_logins
from watchlist.text.shown import escaped, harmless


def visible(text: str) -> str:
    """The text without what could steer a terminal, or hide between letters, and without the log-ins of addresses."""
    return harmless(without_logins(text))


def say(text: str, *, err: bool = False) -> None:
    """A line to whoever typed the command, with names in it that may come from anywhere."""
    typer.echo(visible(text), err=err)


def to_json(value: Any, *, indent: int | None = None) -> str:
    """A value as JSON; what could steer a terminal or is not to be seen is an escape, which reads back the same."""
    # Where signs are written in a plain form, JSON is not: it is to read back the same.
    plain = json.dumps(value, ensure_ascii=lacks_characters(), indent=indent, default=_plain)
    # The line ends that `indent` makes are none of these, so all that is found stands inside a string.
    return escaped(without_logins(plain))


def complain(text: object) -> None:
    """Say on standard error what went wrong, in one line."""
    typer.secho(f"watchlist: {' '.join(visible(str(text)).split())}", err=True, fg=typer.colors.RED)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be shown as JSON")
