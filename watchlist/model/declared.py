"""Lists and feeds as they are wanted: by the configuration, the command line or another program's list."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from watchlist.model.paged import FullText

#: How the address of a feed begins whose articles are handed over (`watchlist ingest`) and never fetched.
INGEST = "ingest:"


class Declared(StrEnum):
    """Where a list or a feed was declared: it can be taken away only there."""

    CONFIG = "config"
    USER = "user"


@dataclass(frozen=True, slots=True)
class ListDeclaration:
    """A list as the configuration or the command line wants it."""

    id: str
    title: str
    url: str | None
    enabled: bool = True
    refresh: bool = True
    own: bool = False
    #: Seconds between two checks; None for as often as lists are checked otherwise.
    every: float | None = None


@dataclass(frozen=True, slots=True)
class FeedDeclaration:
    """A feed as the configuration or the command line wants it."""

    url: str
    title: str | None
    enabled: bool = True
    full_text: FullText = FullText.AUTO
    #: Seconds between two polls; None leaves it to the general setting.
    every: float | None = None


@dataclass(frozen=True, slots=True)
class FeedToAdd:
    """A feed from another program's list."""

    url: str
    title: str | None
    folder: str | None
