"""What archives need beside the program itself."""

from __future__ import annotations

from importlib.util import find_spec

from watchlist.errors import UsageError


def require_extra() -> None:
    """Raise UsageError where the extra is not installed."""
    if find_spec("pyarrow") is None:
        raise UsageError("archives need the extra: pip install 'watchlist[archive]'")
