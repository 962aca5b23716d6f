"""What was screened, when, against what and with what result; kept of every article, also where nothing was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ScreenedWith:
    """What articles were screened with: the same for all of them until a list, the engine or a setting changes."""

    #: Depends on everything here.
    id: str
    engine_version: str
    #: Each list with its snapshot, which is empty for a list of the user's own, and its revision.
    lists: tuple[tuple[str, str, str], ...]
    #: The settings of the matching, by name.
    settings: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Screening:
    """One screening of one wording of an article."""

    article_id: str
    at: datetime
    #: SHA-256 over the words that were screened.
    text_hash: str
    screened_with: ScreenedWith
    #: How many mentions were found in each band, how many alerts that opened, and how many mentions were held back.
    alert_band: int
    review_band: int
    opened: int
    held: int
    #: Whether it was by a look-back, for some names.
    look_back: bool = False


@dataclass(frozen=True, slots=True)
class AuditedArticle:
    """A stored article with every screening of it."""

    id: str
    url: str | None
    title: str
    feed: str | None
    published_at: datetime | None
    fetched_at: datetime
    #: Of the words as they are now.
    text_hash: str
    #: None while it waits to be screened.
    scanned_at: datetime | None
    #: Why it could not be.
    scan_error: str | None
    screenings: tuple[Screening, ...]
    #: The alerts it opened or joined.
    alert_ids: tuple[int, ...]
    #: Look-backs that went over it since, with the lists or the number of entities they were for.
    look_backs: tuple[tuple[datetime, str], ...] = ()
    #: When retention took its words away; that it was screened is still known.
    removed_at: datetime | None = None
