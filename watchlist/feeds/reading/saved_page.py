"""PAGE -> TEXT: an HTML page that somebody saved, read as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from watchlist.feeds.reading.charset import decode
from watchlist.feeds.reading.extract import page_to_text


def page_in_sandbox(arguments: Mapping[str, Any], body: bytes) -> list[str]:
    """The sandbox's side of reading a page: its title and its text."""
    return list(page_to_text(decode(body, None)))
