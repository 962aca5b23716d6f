"""Whose alerts are not to be told for a while, as somebody names them."""

from __future__ import annotations

from datetime import datetime

from watchlist.errors import UsageError
from watchlist.model import Silence
from watchlist.ports import SilencingStore
from watchlist.steps.asked.times import parse_until


def silence_of(store: SilencingStore, subject: str, until: str, now: datetime) -> Silence:
    """The silence of an entity, by ``LIST:ID`` as it is or was listed, or of a list; who and why are still to be said.

    Raises NotFoundError, and UsageError for a time that is none or past.
    """
    ends = parse_until(until, now)
    if ends is None:
        raise UsageError("a silence needs a time to end")
    if ":" in subject:
        entity = store.entity(store.standing(subject).succeeded_by or subject)
        return Silence(entity.id, None, now, ends, "", "")
    return Silence(None, store.watched_list(subject).id, now, ends, "", "")
