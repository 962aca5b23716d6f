"""How alerts, and mentions kept for review, are named: by number, and by the beginning of their ids."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from watchlist.model import AlertDetail

#: A mention kept for review: the letter, and the beginning of its id.
_KEPT = re.compile(r"m[0-9a-f]{6,24}")
#: Digits of a mention's id that are shown: enough to tell a hundred thousand apart.
_SHOWN = 10


def is_name(text: str) -> bool:
    """Whether a text can name an alert or a mention kept for review."""
    return (text.isdecimal() and text.isascii()) or _KEPT.fullmatch(text) is not None


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
