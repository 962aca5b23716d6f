"""A silence as somebody asks for it: of an entity by its id, or of a list."""

from __future__ import annotations

from datetime import datetime

from watchlist.model import Silence
from watchlist.ports import SilencingStore


def silence_of(store: SilencingStore, subject: str, at: datetime, until: datetime, why: str, by: str) -> Silence:
    """The silence to keep; of an entity under the id that it has now. Raises NotFoundError."""
    if ":" in subject:
        entity_id, list_id = store.entity(store.standing(subject).succeeded_by or subject).id, None
    else:
        entity_id, list_id = None, store.watched_list(subject).id
    return Silence(entity_id, list_id, at, until, why, by)
