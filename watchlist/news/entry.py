"""One entry of a feed as it was read: what an article is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from watchlist.model import Capture


@dataclass(frozen=True, slots=True)
class ParsedEntry:
    """One entry of a feed, in plain text; what it lacks is None or empty."""

    guid: str | None
    #: Absolute, http or https.
    url: str | None
    title: str
    text: str
    lang: str | None
    published_at: datetime | None
    #: The bytes that it was read from, where they are to be kept.
    capture: Capture | None = None
