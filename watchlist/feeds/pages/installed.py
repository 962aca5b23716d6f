"""Whether what takes articles out of pages is installed; an extra brings it."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

#: How to get it.
HOW = "pip install 'watchlist[pages]'"


@cache
def can_read_pages() -> bool:
    """Whether pages of articles can be read."""
    return find_spec("trafilatura") is not None
