"""Values as JSON for programs outside."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from watchlist.text.masked import without_logins
from watchlist.text.shown import escaped


def json_text(value: Any, *, indent: int | None = None, ascii_only: bool = False) -> str:
    """A value as JSON without log-ins of addresses; what is not to be seen is an escape, which reads back the same."""
    plain = json.dumps(value, ensure_ascii=ascii_only, indent=indent, default=_plain)
    # The line ends that `indent` makes are none of these, so all that is found stands inside a string.
    return escaped(without_logins(plain))


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be shown as JSON")
