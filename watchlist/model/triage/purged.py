"""What is taken away when its time is over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Purgeable(StrEnum):
    """What can be taken away, in the order in which that is done: what stood on the first may go with the next."""

    ALERTS = "alerts"
    ARTICLES = "articles"
    SCREENINGS = "screenings"
    EVIDENCE = "evidence"
    NOTICES = "notices"
    DELIVERIES = "deliveries"
    POLLS = "polls"
    FEEDS = "feeds"
    CHANGES = "changes"
    LOOK_BACKS = "look_backs"
    SITES = "sites"
    ACCESS_LOG = "access_log"


#: What is older than this may go, by kind; what is not in it stays for good.
Cutoffs = Mapping[Purgeable, datetime]


@dataclass(frozen=True, slots=True)
class Purge:
    """One time that old things were taken away; ``finished_at`` is None while there is more to do."""

    id: int
    started_at: datetime
    finished_at: datetime | None
    removed: tuple[tuple[str, int], ...]
