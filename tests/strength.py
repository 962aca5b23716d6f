"""What a name is, in a word or two, for comparing names in tests."""

from __future__ import annotations

from watchlist.model import Name

#: What `strength` says of an alias that its authority calls weak.
WEAK_ALIAS = "weak alias"


def strength(name: Name) -> str:
    """The name's kind, with ``weak`` in front where it is a weak one."""
    return f"weak {name.kind}" if name.weak else str(name.kind)
