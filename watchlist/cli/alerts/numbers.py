"""How alerts, and mentions kept for review, are named on the command line."""

from __future__ import annotations

from typing import Annotated

import typer

from watchlist.steps.asked.named import is_name


def _number(text: str) -> str:
    if not is_name(text):
        raise typer.BadParameter(f"{text!r} is no alert: give its number, or of what is kept for review the id (m…)")
    return text


AlertIds = Annotated[list[str], typer.Argument(metavar="ID", parser=_number)]
SomeAlertIds = Annotated[list[str] | None, typer.Argument(metavar="ID", parser=_number)]
