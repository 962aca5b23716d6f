"""Asks before something is done that cannot be taken back with one word."""

from __future__ import annotations

import sys

import typer

from watchlist.errors import UsageError


def confirm(question: str) -> None:
    """Ask, and end the command unless the answer is yes.

    Raises UsageError where there is nobody to answer.
    """
    try:
        agreed = typer.confirm(question)
    except typer.Abort as end:
        if sys.stdin.isatty():
            raise
        raise UsageError("there is nobody here to ask: --yes goes on without") from end
    if not agreed:
        raise typer.Abort
