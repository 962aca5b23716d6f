"""How alerts, and mentions kept for review, are named on the command line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import typer

from watchlist.model import AlertDetail

#: A mention kept for review: the letter, and the beginning of its id.
_KEPT = re.compile(r"m[0-9a-f]{6,24}")
#: Digits of a mention's id that are shown: enough to tell a hundred thousand apart.
_SHOWN = 10


def _number(text: str) -> str:
    if not (text.isdecimal() and text.isascii()) and not _KEPT.fullmatch(text):
        raise typer.BadParameter(f"{text!r} is no alert: give its number, or of what is kept for review the id (m…)")
    return text


AlertIds = Annotated[list[str], typer.Argument(metavar="ID", parser=_number)]
SomeAlertIds = Annotated[list[str] | None, typer.Argument(metavar="ID", parser=_number)]


@dataclass(frozen=True, slots=True)
class Named:
    """What was named: alerts, and mentions kept for review by the beginning of their ids."""

    alerts: tuple[int, ...] = ()
    kept: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.alerts) + len(self.kept)


def named(ids: Sequence[str]) -> Named:
    """Alerts and mentions by what was typed, each once."""
    alerts = tuple(int(each) for each in dict.fromkeys(ids) if not each.startswith("m"))
    return Named(alerts, tuple(each[1:] for each in dict.fromkeys(ids) if each.startswith("m")))


def shown_id(detail: AlertDetail) -> str:
    """By what an alert is named, or a mention kept for review."""
    return str(detail.alert.id) if detail.alert.id else f"m{detail.mention.id[:_SHOWN]}"
