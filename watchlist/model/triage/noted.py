"""What people know of a subject, in their own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SubjectNote:
    """A note on a subject; it stands with the entity, under whichever id that has, and is kept for good."""

    entity_id: str
    at: datetime
    by: str
    text: str
    #: Its number; 0 before it is stored.
    id: int = 0
